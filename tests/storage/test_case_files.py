"""A case for a court: all of it, what was said opens its commitment, and the chain stands alone."""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

import json
from pathlib import Path

import pytest

from staydown.audit.duties import CaseFileMade
from staydown.audit.entries import NoticeReceived
from staydown.audit.verify import Auditor, verify_export
from staydown.casework.people import COMMAND_LINE, Notifier
from staydown.cli.court import tell_case_file, tell_chain
from staydown.digests import commit
from staydown.errors import BadRequest, NotFound
from staydown.evidence.bundles import Item
from staydown.ids import CaseId
from tests.casework.making import AGREED
from tests.stories import PLACE, STATEMENT, file_notice

SIGNATURE = "A Cat Lover"


@pytest.fixture
def case(house: House) -> Notifier:
    """A notice that was looked at; something was taken down, and the poster appealed."""
    receipt, kim = file_notice(house, originals=()), new_reviewer(house)
    house.reviewing.look_at_places(
        receipt.case, reason="It is there.", by=kim, take_down=["post/3"], findings=AGREED
    )
    [command] = house.case_files.shelf.of_case(receipt.case)
    link = house.explaining.link_of(command.id)
    house.appealing.appeal_as_poster(command.id, link, "It is mine.")
    return Notifier(case=receipt.case, secret=receipt.secret)


def make(house: House, case: Notifier, *, names_notifier: bool = False) -> dict[str, str]:
    made = house.case_files.make(
        case.case, reason="order 7", by=COMMAND_LINE, names_notifier=names_notifier
    )
    return {item.name.partition("/")[2]: item.data.decode() for item in tell_case_file(made)}


def test_all_of_the_case_is_in_it_and_that_it_was_made_in_the_chain(
    house: House, case: Notifier
) -> None:
    told = make(house, case)

    assert {name for name in told if "/" not in name} == {
        "READ-ME.txt",
        "appeals.json",
        "case.json",
        "commands.json",
        "copies.json",
        "decisions.json",
        "notice.json",
        "notice-opened.json",
    }
    assert json.loads(told["notice.json"])["locations"] == [PLACE]
    [decision] = json.loads(told["decisions.json"])
    assert (decision["reason"], decision["findings"]["is_intimate"]) == ("It is there.", "unsure")
    [appeal] = json.loads(told["appeals.json"])
    assert appeal["words"] == "It is mine."
    [statement] = [text for name, text in told.items() if name.startswith("statements/")]
    assert "“post/3”" in statement
    assert sum(isinstance(one.fact, CaseFileMade) for one in house.journal.entries()) == 1


def test_who_filed_it_is_in_it_only_if_that_is_asked_for(house: House, case: Notifier) -> None:
    assert SIGNATURE not in str(make(house, case))
    assert SIGNATURE in make(house, case, names_notifier=True)["notice.json"]
    assert case.secret not in str(make(house, case, names_notifier=True))


def test_what_was_told_opens_the_commitment_in_the_chain(house: House, case: Notifier) -> None:
    opened = json.loads(make(house, case)["notice-opened.json"])

    [received] = [e.fact for e in house.journal.entries() if isinstance(e.fact, NoticeReceived)]
    assert commit(opened["content"].encode(), bytes.fromhex(opened["salt"])) == received.content
    assert STATEMENT in opened["content"]


def test_the_chain_beside_it_is_checked_without_us(
    house: House, case: Notifier, tmp_path: Path
) -> None:
    make(house, case)
    write(tmp_path, list(tell_chain(house)))

    [folder] = tmp_path.glob("audit-*")
    key = house.checkpoints.key.public
    assert verify_export(folder, Auditor(keys=frozenset({key}))).length > 3


def write(folder: Path, items: list[Item]) -> None:
    for item in items:
        path = folder / item.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(item.data)


def test_of_a_notice_that_was_taken_back_no_word_is_in_it(house: House, case: Notifier) -> None:
    house.reviewing.withdraw(case.case, by=case)

    told = make(house, case)

    assert "notice.json" not in told
    assert "notice-opened.json" not in told
    for word in (STATEMENT, PLACE, "It is there.", "It is mine."):
        assert word not in str(told)


def test_it_takes_a_case_and_a_reason(house: House, case: Notifier) -> None:
    with pytest.raises(BadRequest, match="please say why"):
        house.case_files.make(case.case, reason=" ", by=COMMAND_LINE)
    with pytest.raises(NotFound):
        house.case_files.make(CaseId("case_none"), reason="order 7", by=COMMAND_LINE)
