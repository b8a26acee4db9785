"""Every life is a table: no state is out of reach, and the documents tell the same tables.

That every move is walked from every state is tested beside the tables, in tests/casework.
"""

from collections.abc import Mapping
from enum import StrEnum

from staydown.casework.appeals import APPEAL_MOVES, AppealState
from staydown.casework.case_files import FILE_MOVES, FileState
from staydown.casework.cases import MOVES, State
from staydown.casework.copies import COPY_MOVES, CopyState
from tests.house.sources import texts


def reachable[S: StrEnum, M: StrEnum](table: Mapping[tuple[S, M], S], first: set[S]) -> set[S]:
    found = set(first)
    while more := {after for (before, _), after in table.items() if before in found} - found:
        found |= more
    return found


def test_no_state_is_out_of_reach() -> None:
    assert reachable(MOVES, {State.RECEIVED}) == set(State)
    found = {CopyState.HELD, CopyState.BLOCKED, CopyState.UNHELD}
    assert reachable(COPY_MOVES, found) == set(CopyState)
    assert reachable(APPEAL_MOVES, {AppealState.OPEN}) == set(AppealState)
    assert reachable(FILE_MOVES, {FileState.ASKED}) == set(FileState)


def told(title: str) -> dict[tuple[str, str], str]:
    """The table of moves in the documents whose first column has this title."""
    lines = texts()["docs/life-of-a-case.md"].splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(f"| {title} |"))
    table = lines[start : lines.index("", start)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    moves = cells[0][2:]
    return {
        (row[0], move): after
        for row in cells[2:]
        for move, after in zip(moves, row[2:], strict=True)
        if after != "–"
    }


def test_the_documents_tell_the_same_tables() -> None:
    assert told("a case that is") == MOVES
    assert told("a found copy that is") == COPY_MOVES
    assert told("an appeal that is") == APPEAL_MOVES
    assert told("a case file that is") == FILE_MOVES
