"""What is registered and looked up: nothing that was learned from, and all edits equally often."""

from collections import Counter

import pytest

from staydown.cli.bench.catalogue import CATALOGUE, Group
from staydown.cli.bench.photographs import Photograph
from staydown.cli.bench.planning import PER_PHOTOGRAPH, Plan, Wish, make_plan
from staydown.cli.bench.sources import Source, SourceId
from staydown.cli.bench.split import Part, Row
from staydown.digests import Digest, sha256
from staydown.errors import BadRequest
from tests.conftest import ROOT


def sources(count: int, name: str) -> list[Source]:
    """So many sources of one file each."""
    return [
        Source(
            id=SourceId(f"{name}{number:04}"),
            photographs=(
                Photograph(
                    path=ROOT / f"{name}{number}.jpg",
                    digest=sha256(f"{name}{number}".encode()),
                    width=640,
                    height=480,
                    hashes=None,
                ),
            ),
        )
        for number in range(count)
    ]


def rows(some: list[Source], part: Part) -> dict[Digest, Row]:
    """A split in which they all have that part."""
    digests = [one.digest for source in some for one in source.photographs]
    return {one: Row(digest=one, source=SourceId("x"), part=part) for one in digests}


LEARNED, CALIBRATED, REPORTED = sources(50, "l"), sources(80, "c"), sources(120, "r")
SPLIT = rows(LEARNED, Part.LEARNED) | rows(CALIBRATED, Part.CALIBRATION)
EVERY = [*LEARNED, *CALIBRATED, *REPORTED]


def plan(**wish: object) -> Plan:
    """A plan on 50 sources that were learned from, 80 for calibration and 120 for reporting."""
    asked = Wish(**{"registered": 60, "seed": 1} | wish)  # type: ignore[arg-type]
    return make_plan(EVERY, SPLIT, asked)


def test_what_was_learned_from_or_calibrated_on_is_neither_registered_nor_looked_up() -> None:
    made = plan()

    assert {source.id[0] for source in made.sources} == {"r"}
    assert {query.source[0] for query in made.queries} == {"r"}
    assert (len(made.registered), made.scored_entries, len(made.unseen)) == (60, 60, 20)


def test_calibration_fills_up_what_is_registered_and_is_never_looked_up() -> None:
    made = plan(registered=150)

    kinds = Counter(source.id[0] for source in made.registered)
    assert kinds == {"r": 100, "c": 50}
    assert {source.id[0] for source in made.registered[: made.scored_entries]} == {"r"}
    assert {query.source[0] for query in made.queries} == {"r"}
    assert len(made.unseen) == 20


def test_calibration_is_scored_if_that_is_asked_for() -> None:
    made = plan(registered=150, includes_calibration=True)

    assert {query.source[0] for query in made.queries} == {"r", "c"}


def test_no_photograph_is_both_registered_and_unseen() -> None:
    made = plan()

    assert {one.id for one in made.registered} & {one.id for one in made.unseen} == set()
    unseen = {source.id for source in made.unseen}
    assert {query.source for query in made.queries if query.entry is None} == unseen
    entries = {query.source: query.entry for query in made.queries if query.entry is not None}
    assert all(made.registered[entry].id == source for source, entry in entries.items())


@pytest.mark.parametrize("group", Group)
def test_edits_of_a_group_are_made_equally_often(group: Group) -> None:
    counts = Counter(query.edit for query in plan().queries)
    of_group = [counts[name] for name, edit in CATALOGUE.items() if edit.group is group]

    assert sum(of_group) == PER_PHOTOGRAPH[group] * 80
    assert max(of_group) - min(of_group) <= 1


def test_the_long_run_makes_every_edit_of_every_photograph() -> None:
    made = plan(is_long=True)

    assert len(made.queries) == 80 * len(CATALOGUE)
    assert len({(query.source, query.edit) for query in made.queries}) == len(made.queries)


def test_another_seed_chooses_others_and_the_same_seed_the_same() -> None:
    assert plan() == plan()
    assert plan().registered != plan(seed=2).registered


@pytest.mark.parametrize("registered", [0, 181])
def test_a_number_that_cannot_be_registered_is_refused_with_what_can(registered: int) -> None:
    with pytest.raises(BadRequest, match=f"--registered {registered}: .* 1 to 180 can be"):
        plan(registered=registered)


def test_too_few_photographs_are_refused() -> None:
    with pytest.raises(BadRequest, match="too few photographs: 3 sources"):
        make_plan([*LEARNED, *REPORTED[:3]], SPLIT, Wish(registered=2, seed=1))
