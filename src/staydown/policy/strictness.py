"""Several laws at once: the strictest governs, each question by itself.

The earliest deadline, the widest scope of copies, every element that one of them asks for, the
longest window for an appeal, and the least that a machine may do by itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from staydown.policy.clocks import Owed, owe, window_ends
from staydown.policy.marks import Known
from staydown.policy.packs import (
    ByItself,
    CopyScope,
    Element,
    Likeness,
    Output,
    Pack,
    RegimeId,
    Side,
    Start,
)

_SCOPES, _ALLOWED = list(CopyScope), list(ByItself)


def owed_by(packs: Iterable[Pack], start: Start, at: datetime) -> tuple[Owed, ...]:
    """All duties that begin at that moment, the earliest due first; those without a number last."""
    found = [owed for pack in packs for owed in owe(pack, start, at)]
    return tuple(sorted(found, key=lambda one: (one.due_at is None, one.due_at or at)))


def governing(owed: Sequence[Owed]) -> Owed | None:
    """The one that is due first, or None where no law gives a number."""
    dated = [one for one in owed if one.due_at is not None]
    return min(dated, key=lambda one: one.due_at or one.began_at, default=None)


def required_by(packs: Iterable[Pack]) -> dict[Element, tuple[RegimeId, ...]]:
    """Every element that is required, and by which of them."""
    found: dict[Element, tuple[RegimeId, ...]] = {}
    for pack in packs:
        for element in Element:
            if element in pack.required:
                found[element] = (*found.get(element, ()), pack.regime)
    return found


def widest_scope(packs: Iterable[Pack]) -> CopyScope | None:
    """Which copies have to go, or None where none of them says."""
    scopes = [pack.copies.value for pack in packs if isinstance(pack.copies, Known)]
    return max(scopes, key=_SCOPES.index, default=None)


def allowed_by_itself(packs: Iterable[Pack], likeness: Likeness) -> ByItself:
    """The most a machine may do: what the most cautious of them allows; all, where none binds."""
    allowed = [pack.by_itself[likeness].value for pack in packs]
    return min(allowed, key=_ALLOWED.index, default=ByItself.BLOCK)


def appeal_ends(packs: Iterable[Pack], side: Side, decided_at: datetime) -> datetime | None:
    """When an appeal of that side is too late, by the law that leaves most time; None: no right."""
    ends = [
        window_ends(decided_at, pack.appeal.value.months, pack.zone)
        for pack in packs
        if isinstance(pack.appeal, Known) and side in pack.appeal.value.open_to
    ]
    return max(ends, default=None)


def owe_output(packs: Iterable[Pack], output: Output) -> tuple[RegimeId, ...]:
    """Which of them ask for that output."""
    return tuple(pack.regime for pack in packs if pack.owes(output))
