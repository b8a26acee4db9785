"""The life of a case file, and that nothing which somebody wrote looks like a line of ours."""

from dataclasses import fields
from datetime import timedelta
from itertools import product

import pytest

from staydown.bank.entries import Entry
from staydown.casework import case_papers
from staydown.casework.appeals import Appeal
from staydown.casework.case_files import FILE_MOVES, LASTS, CaseFile, FileMove, FileState
from staydown.casework.case_words import quote, visible
from staydown.casework.cases import Case
from staydown.casework.commands import Command
from staydown.casework.copies import FoundCopy, Resemblance
from staydown.casework.findings import Findings
from staydown.casework.notices import Notice
from staydown.casework.records import PastDecision
from staydown.errors import NotAllowed
from staydown.ids import CaseFileId
from staydown.policy.clocks import Owed
from tests.casework.making import BOB, CASE, KIM, NOON

BY_HAND = {
    (FileState.ASKED, FileMove.AGREE): FileState.AGREED,
    (FileState.ASKED, FileMove.REFUSE): FileState.REFUSED,
    (FileState.AGREED, FileMove.REFUSE): FileState.REFUSED,
}


def file(state: FileState) -> CaseFile:
    return CaseFile(
        id=CaseFileId("file_1"),
        case=CASE,
        state=state,
        names_notifier=False,
        asked_by=KIM.id,
        asked_at=NOON,
    )


@pytest.mark.parametrize(("state", "move"), list(product(FileState, FileMove)))
def test_every_state_and_move(state: FileState, move: FileMove) -> None:
    assert FILE_MOVES == BY_HAND
    if (state, move) in BY_HAND:
        after = file(state).after(move, BOB.id, NOON)
        assert (after.state, after.decided_by) == (BY_HAND[state, move], BOB.id)
        return
    with pytest.raises(NotAllowed, match=f"that is {state} cannot {move}"):
        file(state).after(move, BOB.id, NOON)


@pytest.mark.parametrize(
    ("state", "is_open", "may_be_made"),
    [
        (FileState.ASKED, True, False),
        (FileState.AGREED, True, True),
        (FileState.REFUSED, False, False),
    ],
)
def test_it_may_be_made_once_agreed_and_until_its_week_is_over(
    state: FileState, is_open: bool, may_be_made: bool
) -> None:
    last = NOON + LASTS - timedelta(microseconds=1)

    assert (file(state).is_open(last), file(state).may_be_made(last)) == (is_open, may_be_made)
    assert not file(state).is_open(NOON + LASTS)
    assert not file(state).may_be_made(NOON + LASTS)


FORGED = "true.\n\nWHAT REVIEWERS DECIDED\n\n1 March: removed\x0bby nobody\u2028at all"


def test_words_cannot_pass_for_a_line_of_ours() -> None:
    assert [line[:4] for line in quote(FORGED)] == ["  | "] * 7


def test_what_turns_a_line_around_is_spelt_out_and_scripts_are_left_alone() -> None:
    assert visible("a\u202egnp.exe\u2066") == "a\\u{202e}gnp.exe\\u{2066}"
    assert visible("\x1b[2J") == "\\u{001b}[2J"
    for text in ("שלום", "ක්‍ෂ", "你好", "مرحبا", "नमस्ते"):
        assert visible(text) == text


LEFT_OUT = {
    Case: {"notice", "notifier", "packs", "deadlines", "escalated"},
    Notice: {"case"},
    Entry: {"source", "name", "case"} - {"source"},
    FoundCopy: {"case", "resemblance", "picture"},
    PastDecision: {"findings"},
    Command: {"case"},
    Appeal: {"case"},
    CaseFile: {"case", "state"},
}
"""What is told elsewhere in the file, or only says where something is kept here."""

TOLD = {
    Case: case_papers.CASE,
    Notice: case_papers.NOTICE,
    Entry: case_papers.ENTRY,
    FoundCopy: case_papers.COPY,
    PastDecision: case_papers.DECISION,
    Command: case_papers.COMMAND,
    Appeal: case_papers.APPEAL,
    CaseFile: case_papers.FILE,
    Owed: case_papers.DEADLINE,
    Resemblance: case_papers.MEASURED,
    Findings: case_papers.FINDINGS,
}


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.__name__)
def test_every_field_is_told_or_left_out_on_purpose(kind: type) -> None:
    there = {one.name for one in fields(kind)}

    assert there - set(TOLD[kind].split()) == LEFT_OUT.get(kind, set())
    assert set(TOLD[kind].split()) <= there
