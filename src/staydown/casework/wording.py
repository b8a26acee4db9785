"""A statement of reasons and an answer in plain language: headings and sentences, for page or text.

Short words, no blame, nothing promised. What differs by law is named; what no law asks for is said
all the same, since everybody should know why and what they can do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from staydown.casework.findings import Finding
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.notices import Sender
from staydown.casework.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading and what stands below it."""

    heading: str
    sentences: tuple[str, ...]


def told_time(at: datetime) -> str:
    """A time as people read it, with its zone."""
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """How sentences of ours are said in one language, and moments told: a door knows."""

    say: Callable[[str], str]
    tell_time: Callable[[datetime], str]


PLAIN = Tongue(say=str, tell_time=told_time)
"""English, as it is written here."""

NUMBER = "Case number"
DECIDED = "What was decided"
REDRESS = "What you can do"
APPEAL = (
    "You can say, until {moment}, why you think this is wrong: where you look up your case. "
    "It costs nothing. Somebody who did not decide before looks at it."
)
COURT = "You can also go to a court, or to the authority that the law of your country names."
REFUSALS: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.ANOTHER_PERSON: "The person who decided found that it shows somebody else.",
        Refusal.CONSENT: "The person who decided found that it is there with consent.",
        Refusal.NOT_THERE: "At the places that were named, nothing was found any more.",
        Refusal.TOO_LITTLE: "What we were told was too little to find it, or to decide about it.",
        Refusal.NO_GROUND: "The person who decided found nothing against a law or our rules.",
    }
)
SENDERS: Mapping[Sender, str] = MappingProxyType(
    {
        Sender.PERSON: "We decided because of a notice that we were sent.",
        Sender.TRUSTED_FLAGGER: "We decided because of a notice of a trusted flagger.",
        Sender.AUTHORITY: "We decided because of an order of an authority.",
    }
)
INTIMATE: Mapping[Finding, str] = MappingProxyType(
    {
        Finding.YES: "They found it intimate.",
        Finding.NO: "They did not find it intimate.",
        Finding.UNSURE: "They were not sure whether it is intimate.",
    }
)


def word_statement(statement: Statement, appeal_until: datetime) -> tuple[Passage, ...]:
    """All that DSA Art. 17(3) asks for, (a) to (f), in that order."""
    return (
        Passage(heading="What was done", sentences=_what(statement)),
        Passage(heading="What we know", sentences=_facts(statement)),
        Passage(heading="Why", sentences=_why(statement)),
        Passage(heading="What you can do", sentences=_redress(appeal_until)),
    )


def _what(statement: Statement) -> tuple[str, ...]:
    done = (
        f"The site did so by {told_time(statement.applied_at)}."
        if statement.applied_at
        else "The site was asked to; it has not said yet that it did."
    )
    said = (
        f"On {told_time(statement.decided_at)} it was decided to take down what this site calls "
        f"“{statement.content_ref}”.",
        done,
        "It is down everywhere on this site, and for good, unless this decision is changed.",
    )
    if statement.restored_at is None:
        return said
    restored = f"It was decided to show it again on {told_time(statement.restored_at)}."
    return (*said[:2], restored)


def _facts(statement: Statement) -> tuple[str, ...]:
    detected = (
        "The picture was found by a program that compares pictures, when it was posted."
        if statement.is_detected_automatically
        else "A person found it; no program did."
    )
    altered = ("It is a copy of a photograph of which a part was changed.",)
    return (
        SENDERS[statement.sender],
        detected,
        "A person looked at it and decided. No machine decided.",
        "They found that it shows somebody who did not agree to it.",
        INTIMATE[statement.is_intimate],
        *(altered if statement.is_altered else ()),
    )


def _why(statement: Statement) -> tuple[str, ...]:
    if statement.ground is Ground.TERMS:
        clause = statement.terms or "pictures of people who did not agree to them are not allowed"
        return (f"It is against the rules of this site: {clause}.",)
    laws = f" ({'; '.join(statement.laws)})" if statement.laws else ""
    return (
        "It is against the law to share such a picture of somebody who did not agree"
        f"{laws}. That is why it counts as illegal content.",
    )


def _redress(until: datetime) -> tuple[str, ...]:
    return (
        f"You can say on this page, until {told_time(until)}, why you think this is wrong. It "
        "costs nothing. Somebody who did not decide before looks at it and answers.",
        "You can also go to a court. In the European Union a body for settling disputes out of "
        "court may help too.",
    )


def word_answer(refusals: Iterable[Refusal], *, was_removed: bool) -> tuple[str, ...]:
    """What a notifier is told of the decision: never where something was found, or how much."""
    if was_removed:
        return (
            "A person looked at it and decided.",
            "What should not be there was taken down on this site.",
        )
    why = tuple(dict.fromkeys(REFUSALS[one] for one in refusals))
    return ("A person looked at it and decided. Nothing was taken down.", *why)


def word_letter(
    sentences: tuple[str, ...], *, case: str, appeal_until: datetime | None, tongue: Tongue = PLAIN
) -> tuple[Passage, ...]:
    """The answer as a letter to keep; until when an appeal is taken, if one may still be made."""
    say = tongue.say
    number = f"{say(NUMBER)}: {case}"
    decided = Passage(heading=say(DECIDED), sentences=(*map(say, sentences), number))
    if appeal_until is None:
        return (decided,)
    appeal = say(APPEAL).format(moment=tongue.tell_time(appeal_until))
    return (decided, Passage(heading=say(REDRESS), sentences=(appeal, say(COURT))))


def as_text(title: str, passages: Iterable[Passage]) -> str:
    """The same as plain text, UTF-8, lines ended by LF."""
    parts = [title, *(f"{one.heading}\n{'\n'.join(one.sentences)}" for one in passages)]
    return "\n\n".join(parts) + "\n"
