"""Decides, before anything is measured, what is registered and what is looked up.

Scored are sources that nothing was learned or calibrated on. Most of them are registered, and
copies of them are looked up; the others are never registered: every match with them is false. Where
they are too few for the number of registered photographs that is wanted, sources of the calibration
part fill up: they are there to be mistaken for something, and are never looked up.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from staydown.cli.bench.catalogue import CATALOGUE, EditName, Group
from staydown.cli.bench.photographs import Photograph
from staydown.cli.bench.sources import Source, SourceId
from staydown.cli.bench.split import Part, Row, part_of
from staydown.digests import Digest
from staydown.errors import BadRequest

PER_PHOTOGRAPH: Mapping[Group, int] = MappingProxyType(
    {Group.A: 2, Group.B: 4, Group.C: 3, Group.D: 4}
)
"""How many edits of each group the preset makes of each photograph, in turn."""
LEAST_UNSEEN = 20
ENTRIES_PER_UNSEEN = 5
"""One photograph that is not registered for so many that are; LEAST_UNSEEN at least."""
UNSEEN_SHARE = 1 / 6
MIN_SCORED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for on the command line."""

    registered: int
    seed: int
    is_long: bool = False
    each: int | None = None
    """How many edits of each group are made of each photograph; None: as the preset has it."""
    includes_calibration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One picture to make and look up. `entry` is the number under which its photograph is
    registered; None if it is not.
    """

    number: int
    source: SourceId
    photograph: Photograph
    edit: EditName
    entry: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`registered` are in order of their entry numbers, those that are scored first."""

    seed: int
    registered: tuple[Source, ...]
    scored_entries: int
    unseen: tuple[Source, ...]
    queries: tuple[Query, ...]
    left_out: int

    @property
    def sources(self) -> tuple[Source, ...]:
        """All of them: a source's place here is the number of its entry, if it has one."""
        return (*self.registered, *self.unseen)

    def is_scored(self, place: int) -> bool:
        """Whether pictures of the source at that place are looked up."""
        return place < self.scored_entries or place >= len(self.registered)


def make_plan(sources: Sequence[Source], rows: Mapping[Digest, Row], wish: Wish) -> Plan:
    """Raises BadRequest if there are too few sources."""
    parts = {source.id: part_of(source, rows) for source in sources}
    shuffled = sorted(sources, key=lambda one: draw(one.id, wish.seed))
    is_scored = {Part.REPORT, *((Part.CALIBRATION,) if wish.includes_calibration else ())}
    scored = [one for one in shuffled if parts[one.id] in is_scored]
    fillers = [
        one
        for one in shuffled
        if parts[one.id] is Part.CALIBRATION and not wish.includes_calibration
    ]
    check_enough(len(scored), len(fillers), wish)
    first = min(wish.registered, len(scored) - max(1, round(len(scored) * UNSEEN_SHARE)))
    registered = (*scored[:first], *fillers[: wish.registered - first])
    unseen = tuple(scored[first:][: max(LEAST_UNSEEN, wish.registered // ENTRIES_PER_UNSEEN)])
    return Plan(
        seed=wish.seed,
        registered=registered,
        scored_entries=first,
        unseen=unseen,
        queries=tuple(list_queries(scored[:first], unseen, edits_wanted(wish))),
        left_out=len(sources) - len(registered) - len(unseen),
    )


def check_enough(scored: int, fillers: int, wish: Wish) -> None:
    """Raises BadRequest, saying how many there are."""
    if scored < MIN_SCORED:
        raise BadRequest(
            f"too few photographs: {scored} sources may be scored, at least {MIN_SCORED} are needed"
        )
    most = scored - max(1, round(scored * UNSEEN_SHARE)) + fillers
    if not 1 <= wish.registered <= most:
        raise BadRequest(
            f"--registered {wish.registered}: with these folders, 1 to {most} can be registered"
        )


def list_queries(
    registered: Sequence[Source], unseen: Sequence[Source], wanted: Mapping[Group, int]
) -> Iterator[Query]:
    """The edits of each photograph: as many of each group as are wanted, each edit as often as any
    other of its group.
    """
    number = 0
    for place, source in enumerate((*registered, *unseen)):
        for edit in choose_edits(place, wanted):
            yield Query(
                number=number,
                source=source.id,
                photograph=source.best,
                edit=edit,
                entry=place if place < len(registered) else None,
            )
            number += 1


def edits_wanted(wish: Wish) -> Mapping[Group, int]:
    """How many edits of each group are made of each photograph."""
    if wish.is_long:
        return {group: len(CATALOGUE) for group in Group}
    return PER_PHOTOGRAPH if wish.each is None else {group: wish.each for group in Group}


def choose_edits(place: int, wanted: Mapping[Group, int]) -> list[EditName]:
    """The edits of the photograph that stands at this place, in turn."""
    chosen = []
    for group, count in wanted.items():
        names = [one.name for one in CATALOGUE.values() if one.group is group]
        first = place * count
        chosen += [names[(first + step) % len(names)] for step in range(min(count, len(names)))]
    return chosen


def draw(name: str, seed: int) -> str:
    """What a name is sorted by: chance that does not depend on which other names there are."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()
