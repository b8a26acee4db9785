"""Situations: what a lawyer worked out by hand, against what the packs say. Data, not code.

A situation says what happened when, and when by hand each law's time was over. Times are written
with their offset, as a clock on the wall showed them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from staydown.policy.clocks import Owed
from staydown.policy.library import SHIPPED, Library, texts_in
from staydown.policy.packs import RegimeId, Side, Start
from staydown.policy.strictness import appeal_ends, governing, owed_by
from staydown.policy.tables import Table, parse_toml

NO_NUMBER = "no number"
NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What happened, and what was worked out by hand.

    `expected` holds a time, NO_NUMBER where the law gives none, or NOTHING where it asks for
    nothing on that day; `appeals_end` is None where no decision was made.
    """

    name: str
    file: str
    regimes: tuple[RegimeId, ...]
    start: Start
    began_at: datetime
    expected: tuple[tuple[RegimeId, datetime | str], ...]
    governing: datetime | str
    decided_at: datetime | None = None
    appeals_end: datetime | str = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the packs and the hand disagree."""

    about: str
    by_hand: datetime | str
    by_packs: datetime | str


def read_situations(text: str, file: str) -> tuple[Situation, ...]:
    """The situations in one file. Raises BadPack."""
    table = parse_toml(text, file)
    table.allow("situation")
    return tuple(_situation(one) for one in table.tables("situation"))


def _situation(table: Table) -> Situation:
    table.allow("name", "start", "began_at", "due", "governing", "decided_at", "appeals_end")
    due = table.table("due")
    expected = tuple((RegimeId(name), _answer(due, name)) for name in due.content)
    decided = "decided_at" in table.content
    return Situation(
        name=table.text("name"),
        file=table.file,
        regimes=tuple(name for name, _ in expected),
        start=table.choice("start", Start),
        began_at=table.moment("began_at"),
        expected=expected,
        governing=_answer(table, "governing"),
        decided_at=table.moment("decided_at") if decided else None,
        appeals_end=_answer(table, "appeals_end") if decided else NOTHING,
    )


def _answer(table: Table, key: str) -> datetime | str:
    given = table.take(key)
    return str(given) if given in {NO_NUMBER, NOTHING} else table.moment(key)


def shipped_situations() -> tuple[Situation, ...]:
    """Those that come with this program."""
    return read_all(files(SHIPPED) / "situations")


def read_all(folder: Traversable | Path) -> tuple[Situation, ...]:
    """All situations of a folder. Raises BadPack."""
    return tuple(one for name, text in texts_in(folder) for one in read_situations(text, name))


def differ(situation: Situation, library: Library) -> tuple[Difference, ...]:
    """Every answer that the packs give otherwise; none where hand and packs agree."""
    packs = library.applying(situation.regimes, situation.began_at)
    owed = owed_by(packs, situation.start, situation.began_at)
    answers: list[tuple[str, datetime | str, datetime | str]] = [
        (regime, by_hand, _due(owed, regime)) for regime, by_hand in situation.expected
    ]
    answers.append(("governing", situation.governing, _due(owed)))
    if situation.decided_at:
        ends = _last_appeal(situation, library, situation.decided_at)
        answers.append(("appeals end", situation.appeals_end, ends))
    return tuple(
        Difference(about=about, by_hand=by_hand, by_packs=by_packs)
        for about, by_hand, by_packs in answers
        if by_hand != by_packs
    )


def _due(owed: Iterable[Owed], regime: RegimeId | None = None) -> datetime | str:
    mine = [one for one in owed if regime in {None, one.regime}]
    first = governing(mine)
    if first and first.due_at:
        return first.due_at.astimezone(UTC)
    return NO_NUMBER if mine else NOTHING


def _last_appeal(situation: Situation, library: Library, decided_at: datetime) -> datetime | str:
    """The latest end for either side, by the packs of the day on which it began."""
    packs = library.applying(situation.regimes, situation.began_at)
    ends = [end for side in Side if (end := appeal_ends(packs, side, decided_at))]
    return max(ends, default=NOTHING)
