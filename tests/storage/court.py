"""A case with all that may be in one, beside another; a lead, and a reviewer who may agree."""

from tests.timed import House, new_reviewer, reopen  # isort: skip -- sets Django up

from dataclasses import replace
from pathlib import Path

import pytest

from staydown.audit.duties import CaseFileMade
from staydown.casework.appeals import AppealMove
from staydown.casework.case_files import FileMove
from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Person, Role
from staydown.cli.court import tell_case_file
from staydown.clock import SetClock
from staydown.ids import CaseId
from staydown.policy.packs import RegimeId
from staydown.settings import Settings
from tests.casework.making import AGREED
from tests.shortcuts import FORM, file_quickly, screen_quickly
from tests.stories import PLATFORM

ADDRESS, SIGNATURE = "cat@mail.example", "A Cat Lover"
OTHER = "This is somebody else's case."
WHY = "District Court, order 12 C 34/26."
REASON, APPEAL, ANSWER = "The middle is bricks.", "I made it myself.", "It is as was decided."


@pytest.fixture
def law(house: House, settings: Settings, clock: SetClock) -> House:
    return reopen(replace(settings, regimes=(RegimeId("eu-dsa"),)), clock)


@pytest.fixture
def lead(law: House) -> Person:
    return law.people.add("lee", Role.LEAD)


@pytest.fixture
def kim(law: House) -> Person:
    return new_reviewer(law)


def live(law: House, kim: Person, bob: Person) -> Receipt:
    """A case with all that may be in one: a removal, an appeal of its poster, an answer."""
    receipt = file_quickly(law, replace(FORM, contact=ADDRESS))
    held = screen_quickly(law)
    assert held.copy
    law.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason=REASON, by=kim
    )
    for command in law.commands.open(PLATFORM):
        law.commands.acknowledge(command.id, PLATFORM)
    [removal] = [one for one in law.explaining.shelf.removals()]
    link = law.explaining.link_of(removal.id)
    appeal = law.appealing.appeal_as_poster(removal.id, link, APPEAL)
    law.appealing.decide(appeal.id, AppealMove.UPHOLD, reason=ANSWER, by=bob)
    law.reviewing.look_at_places(receipt.case, reason="Nothing there.", by=kim)
    return receipt


@pytest.fixture
def case(law: House, kim: Person, lead: Person) -> CaseId:
    """That case, beside another one."""
    other = replace(FORM, statement=OTHER, locations=("https://other.example/1",))
    law.filing.file(other, [])
    return live(law, kim, lead).case


def agreed(law: House, case: CaseId, lead: Person, kim: Person, *, names: bool = False) -> None:
    law.handing_over.ask(case, reason=WHY, names_notifier=names, by=lead)
    law.handing_over.decide(case, FileMove.AGREE, by=kim)


def write(law: House, case: CaseId, folder: Path) -> Path:
    """The file of a case, as it would lie in a bundle; where it lies."""
    items = [*tell_case_file(law, case, law.handing_over.make(case))]
    for item in items:
        path = folder / item.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(item.data)
    return folder / items[0].name.partition("/")[0]


def made(law: House) -> list[str]:
    """The digests of the files that were made."""
    facts = (one.fact for one in law.journal.entries())
    return [fact.digest for fact in facts if isinstance(fact, CaseFileMade)]
