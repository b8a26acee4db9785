"""From answers to rates: thresholds by strangers, and places apart from strangers."""

import numpy as np

from staydown.cli.bench.catalogue import EditName
from staydown.cli.bench.edited import Edited
from staydown.cli.bench.facts import EntryAnswer, Fact, Relations, fact_of
from staydown.cli.bench.mapping import figures_of
from staydown.cli.bench.negatives import Kind
from staydown.cli.bench.photographs import Photograph
from staydown.cli.bench.planning import Query
from staydown.cli.bench.scoring import rate_method
from staydown.cli.bench.sources import SourceId
from staydown.digests import sha256
from staydown.engine.verdict import AREA_VALUES, Area
from tests.conftest import ROOT

PHOTOGRAPH = Photograph(
    path=ROOT / "one.jpg", digest=sha256(b"one"), width=640, height=480, hashes=None
)
FAR, NEAR = Kind.UNRELATED, Kind.SAME_PLACE
RELATIONS = Relations(
    places={SourceId("one"): 0, SourceId("two"): 1, SourceId("unseen"): 2},
    kinds=((None, FAR, NEAR), (FAR, None, FAR), (FAR, FAR, NEAR)),
)
"""Three entries, of which the first two are looked up; the third is of one place with others."""


def query(number: int, source: str, edit: str = "a_grey") -> Query:
    """One query; `one` and `two` are registered under their numbers."""
    return Query(
        number=number,
        source=SourceId(source),
        photograph=PHOTOGRAPH,
        edit=EditName(edit),
        entry={"one": 0, "two": 1}.get(source),
    )


def fact(asked: Query, *scores: float | None, match_at: float = 10) -> Fact:
    """What a method said that scored the entries so."""
    answers = [
        EntryAnswer(entry=entry, score=score, is_match=score >= match_at)
        for entry, score in enumerate(scores)
        if score is not None
    ]
    return fact_of(asked, answers, RELATIONS)


def test_an_answer_is_judged_by_what_the_entry_is_to_the_query() -> None:
    judged = fact(query(0, "one"), 30, 12, 15)

    assert (judged.own, judged.is_found) == (30, True)
    assert (judged.strangers, judged.false_matches) == ((12,), (1,))
    assert judged.place_matches == (2,)


def test_recall_counts_copies_that_score_above_every_stranger() -> None:
    facts = [
        fact(query(0, "one"), 30, 12, 99),  # 99: of one place, and no stranger
        fact(query(1, "two"), 3, 11, None),
        fact(query(2, "two", "d_70"), None, None, None),
        fact(query(3, "unseen"), 8, None, None),
    ]

    rates = rate_method(facts, RELATIONS, seed=1)

    found = {
        row.name: row.at_wanted_rate.value for row in rates.recall if row.at_wanted_rate.trials
    }
    shipped = {row.name: row.as_shipped.value for row in rates.recall if row.as_shipped.trials}
    assert rates.thresholds.wanted == 12
    assert found == {"a": 0.5, "a_grey": 0.5, "d": 0.0, "d_70": 0.0}
    assert shipped == {"a": 1.0, "a_grey": 1.0, "d": 0.0, "d_70": 0.0}


def test_two_sources_count_once_however_many_edits_of_them_met() -> None:
    facts = [fact(query(number, "one"), None, 50, None) for number in range(5)]

    false = rate_method(facts, RELATIONS, seed=1).false

    assert (false.pairs, false.effective_pairs, false.false_pairs) == (5, 1, 5)
    assert false.per_pair_at_most == 1.0


def test_false_matches_of_an_upload_are_those_of_unseen_photographs() -> None:
    facts = [
        fact(query(0, "unseen"), 50, None, None),
        fact(query(1, "unseen"), None, None, 50),
        fact(query(2, "one"), None, 50, None),
    ]

    false = rate_method(facts, RELATIONS, seed=1).false

    assert (false.per_upload.hits, false.per_upload.trials) == (1, 2)
    assert (false.same_place.hits, false.same_place.trials) == (1, 3)


def test_the_overlap_of_a_map_is_of_the_mask_and_of_what_changed() -> None:
    areas = np.zeros((10, 10), np.uint8)
    areas[:, :6] = AREA_VALUES[Area.ALTERED]
    mask, changed = np.zeros((2, 10, 10), np.float32)
    mask[:, :8] = 1
    changed[:, :3] = 1
    truth = Edited(
        pixels=np.zeros((10, 10, 3), np.uint8), to_edited=np.eye(3), altered=mask, changed=changed
    )

    figures = figures_of(areas, truth)

    assert figures.overlap_mask == 0.75
    assert figures.overlap_changed == 0.5
    assert figures.altered_share == 0.6
