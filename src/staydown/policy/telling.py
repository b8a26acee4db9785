"""The packs in words: docs/law.md is written from here, and a test holds it to that."""

from collections.abc import Iterable, Iterator
from importlib.resources import files

from staydown.policy.clocks import ESCALATIONS
from staydown.policy.library import Library
from staydown.policy.marks import Absent, Mark, Maybe
from staydown.policy.packs import Appeal, Duty, Hours, Need, Pack

OPENING = (files("staydown.policy") / "opening.txt").read_text(encoding="utf-8")


def tell_law(library: Library) -> str:
    """The whole page, in Markdown."""
    packs = library.all()
    steps = ", ".join(f"{step} %" for step in ESCALATIONS)
    parts = [OPENING.format(steps=steps), *_overview(packs)]
    for pack in packs:
        parts += _tell_pack(pack)
    parts += _unverified(packs)
    return "\n".join(parts).rstrip() + "\n"


def _overview(packs: Iterable[Pack]) -> Iterator[str]:
    yield "## At a glance\n"
    yield "| law | starts on | time | copies | appeal |"
    yield "|---|---|---|---|---|"
    for pack in packs:
        for duty in pack.duties:
            starts, time = _value(duty.starts_on), _value(duty.within)
            copies, appeal = _value(pack.copies), _value(pack.appeal)
            yield f"| `{pack.regime}` | {starts} | {time} | {copies} | {appeal} |"
    yield ""


def _tell_pack(pack: Pack) -> Iterator[str]:
    yield f"## {pack.name}\n"
    yield f"`{pack.regime}`, version {pack.version}, days by {pack.zone.key}.\n"
    yield f"- Binds: {_whole(pack.binds)}."
    yield f"- Applies from: {_whole(pack.applies_from)}."
    for duty in pack.duties:
        yield from _tell_duty(duty)
    yield f"- Copies: {_whole(pack.copies)}."
    yield f"- Appeal: {_whole(pack.appeal)}."
    for owed in pack.outputs:
        yield f"- Owes: {_whole(owed)}."
    for likeness, allowed in pack.by_itself.items():
        yield f"- By itself, `{likeness}` to a removed picture: at most {_whole(allowed)}."
    yield ""
    yield from _tell_elements(pack)
    for term, text in pack.definitions.items():
        yield f"*{term.capitalize()}*: {_quoted(text)}\n"
    yield "Sources: " + "; ".join(_sources(pack)) + ".\n"


def _tell_duty(duty: Duty) -> Iterator[str]:
    name = duty.name.replace("_", " ")
    yield f"- To {name}: {_whole(duty.within)}, from {_whole(duty.starts_on)}."
    yield f"- To {name}, pauses: {_whole(duty.pauses)}."


def _tell_elements(pack: Pack) -> Iterator[str]:
    yield "| a notice says | asked for | the law's words, or ours |"
    yield "|---|---|---|"
    for element, need in pack.elements.items():
        said = f"“{need.words}”" if need.words else ""
        both = "; ".join(part for part in (said, need.note) if part)
        yield f"| {element} | {_value(need)} | {both or '–'} |"
    yield ""


def _sources(pack: Pack) -> Iterator[str]:
    for source in pack.sources:
        title = f"[{source.title}]({source.url})" if source.url else source.title
        yield f"{title}, looked at {source.read_on.isoformat()}"


def _unverified(packs: Iterable[Pack]) -> Iterator[str]:
    yield "## What is not verified\n"
    yield "| law | [S] a secondary source only | [K] general knowledge, or our own reading |"
    yield "|---|---|---|"
    for pack in packs:
        secondary, unverified = (
            ", ".join(f"`{name}`" for name in pack.marked(mark)) or "–"
            for mark in (Mark.SECONDARY, Mark.UNVERIFIED)
        )
        yield f"| `{pack.regime}` | {secondary} | {unverified} |"


def _whole(one: Maybe[object]) -> str:
    """The value, what was quoted, and what to know about it."""
    if isinstance(one, Absent):
        return f"absent: {one.why}"
    said = f", “{one.words}”" if one.words else ""
    note = f" ({one.note})" if one.note else ""
    return f"{_value(one)}{said}{note}"


def _value(one: Maybe[object]) -> str:
    return "–" if isinstance(one, Absent) else f"{_plain(one.value)} [{one.mark}]"


def _quoted(one: Maybe[str]) -> str:
    if isinstance(one, Absent):
        return f"absent: {one.why}."
    note = f" {one.note.capitalize()}." if one.note else ""
    return f"“{one.value}” [{one.mark}].{note}"


def _plain(value: object) -> str:
    match value:
        case Hours(hours=hours):
            return f"{hours} hours"
        case Appeal(open_to=sides, months=months):
            return f"{months} months for the {' and the '.join(sorted(sides))}"
        case frozenset():
            return ", ".join(sorted(str(one).replace("_", " ") for one in value)) or "none"
        case Need():
            return value.replace("_", " ")
    return str(getattr(value, "words", value)).replace("_", " ")
