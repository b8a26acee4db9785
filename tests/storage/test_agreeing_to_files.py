"""A case file takes two: a lead who asks, and another person who agrees; both may refuse."""

from tests.timed import House, wait  # isort: skip -- sets Django up


import pytest

from staydown.casework.case_files import FileMove
from staydown.casework.people import Person, Role
from staydown.clock import SetClock
from staydown.errors import BadRequest, NotAllowed, NotFound
from staydown.ids import CaseId
from tests.storage.court import WHY, agreed, made
from tests.storage.court import case as case
from tests.storage.court import kim as kim
from tests.storage.court import law as law
from tests.storage.court import lead as lead


def test_nobody_writes_what_nobody_agreed_to(
    law: House, case: CaseId, lead: Person, kim: Person, clock: SetClock
) -> None:
    with pytest.raises(NotAllowed, match="nobody agreed"):
        law.handing_over.make(case)
    law.handing_over.ask(case, reason=WHY, names_notifier=False, by=lead)
    with pytest.raises(NotAllowed, match="nobody agreed"):
        law.handing_over.make(case)
    law.handing_over.decide(case, FileMove.AGREE, by=kim)
    wait(clock, days=7)
    with pytest.raises(NotAllowed, match="nobody agreed"):
        law.handing_over.make(case)
    with pytest.raises(NotFound, match="^no such case$"):
        law.handing_over.make(CaseId("case_nowhere"))
    assert made(law) == []


def test_whoever_asked_does_not_agree_and_may_refuse(
    law: House, case: CaseId, lead: Person, kim: Person
) -> None:
    law.handing_over.ask(case, reason=WHY, names_notifier=False, by=lead)

    with pytest.raises(NotAllowed, match="another person has to agree"):
        law.handing_over.decide(case, FileMove.AGREE, by=lead)
    with pytest.raises(NotAllowed, match="is asked already"):
        law.handing_over.ask(case, reason=WHY, names_notifier=True, by=lead)
    law.handing_over.decide(case, FileMove.REFUSE, by=lead)

    with pytest.raises(NotAllowed, match="waits for anybody"):
        law.handing_over.decide(case, FileMove.AGREE, by=kim)
    assert law.handing_over.look(case, lead).may_ask


def test_only_a_lead_asks_and_an_operator_does_not_agree(
    law: House, case: CaseId, lead: Person, kim: Person
) -> None:
    with pytest.raises(NotFound, match="^no such case$"):
        law.handing_over.ask(case, reason=WHY, names_notifier=False, by=kim)
    with pytest.raises(BadRequest, match="please say why"):
        law.handing_over.ask(case, reason=" ", names_notifier=False, by=lead)
    law.handing_over.ask(case, reason=WHY, names_notifier=False, by=lead)
    with pytest.raises(NotFound, match="^no such case$"):
        law.handing_over.decide(case, FileMove.AGREE, by=law.people.add("op", Role.OPERATOR))


def test_an_agreement_that_was_taken_back_or_a_notice_writes_nothing(
    law: House, case: CaseId, lead: Person, kim: Person
) -> None:
    agreed(law, case, lead, kim)
    law.handing_over.decide(case, FileMove.REFUSE, by=kim)
    with pytest.raises(NotAllowed, match="nobody agreed"):
        law.handing_over.make(case)
    agreed(law, case, lead, kim)

    law.reviewing.withdraw(case, by=kim)

    with pytest.raises(NotAllowed, match="nobody agreed"):
        law.handing_over.make(case)
    assert law.handing_over.look(case, lead).may_ask
    assert law.handing_over.waiting(kim) == ()
