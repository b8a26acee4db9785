"""What the views of one upload ask for, brought together.

An animation in which one frame is an altered copy is an altered copy, whatever its other frames
show: each view is judged alone, and of what they ask for in one case the strictest counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from staydown.casework.actions import severity
from staydown.casework.outcomes import Outcome, Why
from staydown.casework.uploads import Sighting
from staydown.engine.verdict import Verdict
from staydown.ids import CaseId

_WEAKNESS = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one view of an upload asks for."""

    sighting: Sighting
    outcome: Outcome


def strictest(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """Of each case the strictest, the strictest of all first; of those alike, what says most.

    A view that cannot be compared says nothing as long as another one can: many animations begin
    with an empty frame.
    """
    telling = [one for one in asked if one.outcome.why is not Why.NOT_COMPARABLE] or asked[:1]
    first: dict[CaseId | None, Asked] = {}
    for one in sorted(telling, key=_strictness, reverse=True):
        first.setdefault(one.outcome.case, one)
    return tuple(first.values())


def _strictness(one: Asked) -> tuple[int, bool, bool, int]:
    return *severity(one.outcome), -_WEAKNESS[one.outcome.verdict]
