"""Narrowing the queue: by what makes a case wait, by how late it is, by who works on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from staydown.casework.claiming import Claim
from staydown.casework.views import QueueLine
from staydown.ids import ActorId, CaseId
from staydown.policy.clocks import ESCALATIONS, step_of

SOON: Final = timedelta(hours=24)
EVERYTHING: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks at the queue, when, and who works on what."""

    viewer: ActorId
    now: datetime
    held: Mapping[CaseId, Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to narrow the queue, and how many cases it leaves."""

    name: str
    label: str
    count: int
    is_chosen: bool


type Test = Callable[[QueueLine, Look], bool]


def _is_due_soon(line: QueueLine, look: Look) -> bool:
    ends = [line.first_hold_ends, line.due.due_at if line.due else None]
    return any(end is not None and end - look.now <= SOON for end in ends)


def _is_nearly_late(line: QueueLine, look: Look) -> bool:
    return step_of(line.due, look.now) >= ESCALATIONS[-1]


def _is_mine(line: QueueLine, look: Look) -> bool:
    claim = look.held.get(line.case)
    return claim is not None and claim.by == look.viewer


CHOICES: Final[Mapping[str, tuple[str, Test]]] = MappingProxyType(
    {
        EVERYTHING: ("All", lambda line, look: True),
        "mine": ("Mine", _is_mine),
        "visible": ("Visible now", lambda line, look: line.visible > 0),
        "late": ("Late or nearly", _is_nearly_late),
        "soon": ("Within a day", _is_due_soon),
        "copies": ("With copies", lambda line, look: line.undecided > 0),
        "notices": ("Notices to answer", lambda line, look: line.awaits_a_look),
        "quarantine": ("In quarantine", lambda line, look: line.is_quarantined),
        "first": ("Orders and flaggers", lambda line, look: line.goes_first),
    }
)
"""Name in the address → what it is called, and which cases it leaves."""


def narrow(
    lines: Sequence[QueueLine], chosen: str, look: Look
) -> tuple[list[QueueLine], list[Choice]]:
    """The cases that are left, in their order, and every choice with its count.

    A choice that there is not is taken for all. What would leave nothing is not offered, unless it
    is the one that was chosen.
    """
    name = chosen if chosen in CHOICES else EVERYTHING
    left = {each: [one for one in lines if test(one, look)] for each, (_, test) in CHOICES.items()}
    offered = [
        Choice(name=each, label=label, count=len(left[each]), is_chosen=each == name)
        for each, (label, _) in CHOICES.items()
        if left[each] or each == name
    ]
    return left[name], offered
