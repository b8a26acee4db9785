"""Says in plain sentences what was measured, what waits and what follows; adds nothing to it.

A sentence about a resemblance speaks of photographs only: who is on one, and who agreed to it, is
for the reviewer.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from staydown.casework.case_files import FileMove
from staydown.casework.cases import Case, Move, State
from staydown.casework.copies import CopyMove, CopyState, Resemblance
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.misuse import MeasureMove
from staydown.casework.notices import Capacity, ContactWish, Kind
from staydown.casework.records import PastDecision
from staydown.casework.revealing import Why
from staydown.casework.views import DeadlineLine
from staydown.engine.verdict import Verdict
from staydown.policy.clocks import Owed

MEANING: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.IDENTICAL: "This is the same picture as the registered one",
        Verdict.NEAR_COPY: "This is a copy of the whole registered picture",
        Verdict.PARTIAL_COPY: "This is a copy of part of the registered picture",
        Verdict.DERIVED: "Part of this picture is the registered photo, and part of it was changed",
        Verdict.HASH_MATCH: "Its fingerprint is close to a registered one; no more can be said",
        Verdict.SAME_SESSION: "This is a frame taken almost at the same moment",
        Verdict.SAME_PLACE: "This shows the same background, on another photograph",
        Verdict.NONE: "Nothing registered was found in this picture",
        Verdict.CANNOT_TELL: "This picture could not be compared",
        Verdict.NEEDS_FULL: "This picture was only compared in haste",
    }
)
STANDING: Mapping[CopyState, str] = MappingProxyType(
    {
        CopyState.HELD: "Held back: the platform hides it until you decide.",
        CopyState.BLOCKED: "Blocked by itself: it resembles one that was removed before.",
        CopyState.REMOVED: "Removed: the platform was asked to take it down. Copies stay down.",
        CopyState.RELEASED: "Released: the platform was asked to show it again.",
        CopyState.EXPIRED: "Nobody decided in time, so it is visible again. It still needs you.",
        CopyState.UNHELD: "Visible: so many were held before it that it was let by. It needs you.",
    }
)
SPEAKER: Mapping[Capacity, str] = MappingProxyType(
    {
        Capacity.SELF: "the person shown",
        Capacity.AUTHORISED: "somebody the person shown asked",
        Capacity.GUARDIAN: "the legal guardian of the person shown",
        Capacity.TRUSTED_FLAGGER: "a trusted flagger",
        Capacity.AUTHORITY: "an authority, with an order",
    }
)
COMPLAINT: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.FORGERY: "a picture made or changed with software",
        Kind.AUTHENTIC: "a real picture, shared without consent",
        Kind.UNSURE: "a picture; they are not sure whether it is real",
    }
)
PROGRESS: Mapping[State, str] = MappingProxyType(
    {
        State.RECEIVED: "We watch for copies; none has been held yet.",
        State.TO_REVIEW: "It waits for you.",
        State.SETTLED: "Every copy found so far is decided. We go on watching.",
        State.REOPENED: "Its notifier appealed, and was right: it waits for you.",
        State.DECLINED: "It was declined. Nothing is watched for.",
        State.SENT_ELSEWHERE: "Somebody under 18 may be shown: it is handed on, not looked at.",
        State.WITHDRAWN: "It was taken back. What was kept for it is destroyed.",
    }
)


DONE: Mapping[CopyMove, str] = MappingProxyType(
    {
        CopyMove.REMOVE: "Removed",
        CopyMove.RELEASE: "Released",
        CopyMove.EXPIRE: "Shown again",
        CopyMove.HIDE: "Hidden again",
    }
)


def facts(measured: Resemblance) -> str:
    """The verdict, whether mirrored, the altered share, and how often such a verdict is wrong."""
    mirrored = ". It was mirrored" if measured.is_mirrored else ""
    return f"{MEANING[measured.verdict]}{mirrored}.{_altered(measured)}{_error_rate(measured)}"


def _altered(measured: Resemblance) -> str:
    if measured.altered_fraction is None:
        return ""
    return f" About {measured.altered_fraction:.0%} of what both share was changed."


def _error_rate(measured: Resemblance) -> str:
    rate = measured.false_positive_rate
    if rate is None:
        return ""
    if rate <= 0:
        return " In our measurements no two unrelated pictures got this finding."
    return f" By mistake, at most 1 in {int(1 / rate):,} unrelated pairs gets this finding."


def number_of(count: int, one: str, many: str) -> str:
    """A number with its noun: "1 copy", "3 copies"."""
    return f"{count} {one if count == 1 else many}"


RESTRAINTS = (
    (MeasureMove.WARN, "Warn them"),
    (MeasureMove.SUSPEND, "Suspend them for 30 days"),
    (MeasureMove.LIFT, "Lift it"),
)


FILE_MOVES = (
    (FileMove.AGREE, "Agree to it"),
    (FileMove.REFUSE, "Refuse it"),
)


def visible(states: Sequence[CopyState], *, is_overrun: bool) -> str:
    """What is visible although nobody decided, why, and what hides it; empty if nothing is."""
    expired, unheld = states.count(CopyState.EXPIRED), states.count(CopyState.UNHELD)
    if not expired and not unheld:
        return ""
    parts = [f"{number_of(expired + unheld, 'copy is', 'copies are')} visible now."]
    if unheld:
        parts.append(f"{unheld} came when this notice had held as many as it may unconfirmed.")
    if is_overrun:
        parts.append("More came than are listed here: look for them on the platform.")
    parts.append("Once you remove one, others of the same photo are hidden until you decide.")
    return " ".join(parts)


def span(of: timedelta) -> str:
    """A length of time as people say it: "4 days", "47 hours", "1 minute", "less than a minute"."""
    seconds = max(0, int(of.total_seconds()))
    for unit, length, fewest in (("day", 86_400, 3), ("hour", 3_600, 1), ("minute", 60, 1)):
        if seconds >= length * fewest:
            return number_of(seconds // length, unit, f"{unit}s")
    return "less than a minute"


def deadline(held_until: datetime | None, now: datetime) -> str:
    """When a hold ends by itself; empty if it waits until decided."""
    if held_until is None or held_until <= now:
        return ""
    return f"The hold ends by itself in {span(held_until - now)}."


def missing(case: Case) -> str:
    """What the notice lacks by law, and what that means; empty if nothing."""
    if not case.lacks:
        return ""
    named = " and ".join(case.lacks)
    asked = "was added to" if case.completed_at else "was asked for"
    statutory = "" if case.is_claimed_as_statutory else " It is not claimed as a statutory notice."
    return f"Missing by law: {named}, which {asked} once. The clock runs all the same.{statutory}"


GROUNDS = ((Ground.ILLEGAL, "it is against the law"), (Ground.TERMS, "it is against our terms"))
TOLD_REFUSALS = (
    (Refusal.NO_GROUND, "nothing is against a law or our terms"),
    (Refusal.NOT_THERE, "it is not there any more"),
    (Refusal.TOO_LITTLE, "too little was said to find it"),
    (Refusal.ANOTHER_PERSON, "it shows somebody else"),
    (Refusal.CONSENT, "it is there with consent"),
)
WISH: Mapping[ContactWish, str] = MappingProxyType(
    {
        ContactWish.ANYTIME: "they may be written to",
        ContactWish.IF_NEEDED: "write only if you have to",
        ContactWish.NEVER: "never write to them: it is not safe",
    }
)


WHY = (
    (Why.FINDINGS, "One of the three questions cannot be answered with the cover on"),
    (Why.COVER, "The cover seems to lie in the wrong place"),
    (Why.SECOND, "I vouch for it as the second person"),
    (Why.APPEAL, "Somebody appealed, and says what is under it"),
)
PHRASES = (
    "It is the photo of the notice with a part replaced, and the notice says that nobody agreed.",
    "It is a copy of a picture that was removed before.",
    "It is the photo of the notice, and nothing of it was altered.",
    "It shows somebody else than the notice says.",
)
"""Reasons to begin with: a key or a press writes one, and it can be changed before it is sent."""


def law_deadline(line: DeadlineLine, now: datetime) -> str:
    """What one law asks for, and by when."""
    owed = line.owed
    if owed.due_at is None:
        return f"{line.law}: {owed.words}."
    return f"{line.law}: by {owed.due_at:%d.%m.%Y %H:%M} UTC, {_away(owed.due_at, now)}."


def due(owed: Owed | None, now: datetime) -> str:
    """When the strictest law wants it done; empty where no law gives a number."""
    if owed is None or owed.due_at is None:
        return ""
    if now > owed.due_at:
        return f"Late by law ({owed.regime}): it was due {_away(owed.due_at, now)}."
    return f"Due by law ({owed.regime}) {_away(owed.due_at, now)}."


def _away(at: datetime, now: datetime) -> str:
    return f"in {span(at - now)}" if at >= now else f"{span(now - at)} ago"


def clock_stands(case: Case) -> str:
    """Whether the clock still runs, and what stopped it; empty where no law set one going."""
    if not case.deadlines:
        return ""
    if case.clock_stopped_at is None:
        return "The clock runs."
    late = ", too late" if case.was_missed else ""
    return f"The clock stopped on {case.clock_stopped_at:%d.%m.%Y %H:%M} UTC{late}."


def decided(past: PastDecision, *, by_viewer: bool) -> str:
    """What was decided before, by whom, and why as far as that is still kept."""
    what = _what(past)
    who = "you" if by_viewer else "another reviewer"
    when = f"{past.at:%d.%m.%Y %H:%M} UTC"
    why = f": “{past.reason}”" if past.reason else ""
    return f"{what} by {who}, {when}{why}"


def _what(past: PastDecision) -> str:
    if past.move:
        return DONE[past.move]
    if past.case_move is Move.SEND_ELSEWHERE:
        return "Closed, since somebody under 18 may be shown,"
    if past.case_move is not Move.LOOK:
        return "Declined"
    taken = f", {number_of(len(past.take_down), 'post', 'posts')} to be taken down"
    return f"Looked at{taken if past.take_down else ', nothing taken down'}"
