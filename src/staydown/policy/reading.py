"""From the text of a pack to the pack: every value with its mark and source, or it is refused."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from staydown.policy.marks import Absent, Known, Mark, Maybe, Source
from staydown.policy.packs import (
    Appeal,
    ByItself,
    CopyScope,
    Duty,
    Element,
    Hours,
    InWords,
    Likeness,
    Need,
    Output,
    Pack,
    PackVersion,
    Pause,
    RegimeId,
    Side,
    Start,
    Term,
    Within,
)
from staydown.policy.tables import Table, parse_toml

KEYS = (
    "regime",
    "version",
    "name",
    "zone",
    "sources",
    "applies_from",
    "binds",
    "notice",
    "duty",
    "copies",
    "by_itself",
    "output",
    "appeal",
    "definition",
)
ABOUT = ("mark", "source", "words", "note")
MOST_HOURS = 8_760
MOST_MONTHS = 120

type Sources = Mapping[str, Source]


def read_pack(text: str, file: str) -> Pack:
    """The pack in `text`. Raises BadPack, naming the file, the key, and how to mend it."""
    table = parse_toml(text, file)
    table.allow(*KEYS)
    sources = table.named("sources", _source)
    return Pack(
        regime=RegimeId(table.text("regime")),
        version=PackVersion(table.day("version").isoformat()),
        name=table.text("name"),
        zone=_zone(table),
        sources=tuple(sources.values()),
        applies_from=_maybe(table.table("applies_from"), sources, _day),
        binds=_known(table.table("binds"), sources, _text),
        elements=_each(table.table("notice"), sources, Element, _need),
        duties=tuple(_duty(one, sources) for one in table.tables("duty")),
        copies=_maybe(table.table("copies"), sources, _scope),
        by_itself=_each(table.table("by_itself"), sources, Likeness, _by_itself),
        outputs=tuple(_known(one, sources, _output) for one in table.tables("output")),
        appeal=_maybe(table.table("appeal"), sources, _appeal, "open_to", "months"),
        definitions=_definitions(table.table("definition"), sources),
        file=file,
    )


def _zone(table: Table) -> ZoneInfo:
    try:
        return ZoneInfo(table.text("zone"))
    except (ZoneInfoNotFoundError, ValueError):
        raise table.refuse("zone", "must be a zone such as Europe/Brussels") from None


def _source(table: Table) -> Source:
    table.allow("title", "url", "read_on")
    url = table.text("url", default="")
    if url and not url.startswith("https://"):
        raise table.refuse("url", "must begin with https://")
    return Source(
        key=table.path.rpartition(".")[2],
        title=table.text("title"),
        url=url,
        read_on=table.day("read_on"),
    )


def _known[T](table: Table, sources: Sources, read: Callable[[Table], T], *keys: str) -> Known[T]:
    table.allow(*(keys or ("value",)), *ABOUT)
    named = table.text("source")
    if named not in sources:
        raise table.refuse("source", f"must be one of the sources: {', '.join(sources)}")
    return Known(
        value=read(table),
        mark=table.choice("mark", Mark),
        source=sources[named],
        words=table.text("words", default=""),
        note=table.text("note", default=""),
    )


def _maybe[T](table: Table, sources: Sources, read: Callable[[Table], T], *keys: str) -> Maybe[T]:
    if "absent" not in table.content:
        return _known(table, sources, read, *keys)
    table.allow("absent")
    return Absent(why=table.text("absent"))


def _each[E: (Element, Likeness), T](
    table: Table, sources: Sources, names: type[E], read: Callable[[Table], T]
) -> Mapping[E, Known[T]]:
    """One value for each name: none may be left out, so that nobody takes silence for an answer."""
    table.allow(*names)
    found = {name: _known(table.table(name), sources, read) for name in names}
    return MappingProxyType(found)


def _duty(table: Table, sources: Sources) -> Duty:
    table.allow("name", "starts_on", "within", "pauses")
    return Duty(
        name=table.text("name"),
        starts_on=_known(table.table("starts_on"), sources, _start),
        within=_known(table.table("within"), sources, _within, "hours", "in_words"),
        pauses=_known(table.table("pauses"), sources, _pauses),
    )


def _definitions(table: Table, sources: Sources) -> Mapping[Term, Maybe[str]]:
    table.allow(*(term.replace(" ", "_") for term in Term))
    found = {term: _maybe(table.table(term.replace(" ", "_")), sources, _text) for term in Term}
    return MappingProxyType(found)


def _within(table: Table) -> Within:
    if ("hours" in table.content) == ("in_words" in table.content):
        raise table.refuse("hours", "give either hours, or in_words where there is no number")
    if "hours" in table.content:
        return Hours(hours=table.number("hours", least=1, most=MOST_HOURS))
    return InWords(words=table.text("in_words"))


def _appeal(table: Table) -> Appeal:
    open_to = table.choices("open_to", Side)
    if not open_to:
        raise table.refuse("open_to", 'name at least one side, or write absent = "why"')
    return Appeal(open_to=open_to, months=table.number("months", least=1, most=MOST_MONTHS))


def _text(table: Table) -> str:
    return table.text("value")


def _day(table: Table) -> date:
    return table.day("value")


def _need(table: Table) -> Need:
    return table.choice("value", Need)


def _start(table: Table) -> Start:
    return table.choice("value", Start)


def _pauses(table: Table) -> frozenset[Pause]:
    return table.choices("value", Pause)


def _scope(table: Table) -> CopyScope:
    return table.choice("value", CopyScope)


def _by_itself(table: Table) -> ByItself:
    return table.choice("value", ByItself)


def _output(table: Table) -> Output:
    return table.choice("value", Output)
