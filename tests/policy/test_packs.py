"""The packs that come with the program: how sure each value is, and what was worked out by hand."""

import pytest

from staydown.bank.entries import EntryRole
from staydown.casework.actions import TABLE
from staydown.casework.rules import Action
from staydown.engine.verdict import Verdict
from staydown.policy.library import shipped
from staydown.policy.marks import Absent, Known, Mark
from staydown.policy.packs import ByItself, Element, Likeness, Need, Pack, Start, Term
from staydown.policy.situations import Situation, differ, read_situations, shipped_situations

PACKS = shipped().all()
SITUATIONS = shipped_situations()


def by_name(one: Pack | Situation) -> str:
    return one.regime if isinstance(one, Pack) else f"{one.file}: {one.name}"


@pytest.mark.parametrize("situation", SITUATIONS, ids=by_name)
def test_the_packs_say_what_was_worked_out_by_hand(situation: Situation) -> None:
    assert differ(situation, shipped()) == ()


def test_every_law_of_the_shop_is_there() -> None:
    assert shipped().regimes == (
        "au-osa",
        "eu-2024-1385",
        "eu-dsa",
        "in-it-rules",
        "kr-tba",
        "sg-osraa",
        "uk-osa",
        "us-take-it-down",
    )


def test_every_law_has_situations_and_those_with_hours_have_the_days_on_which_clocks_change() -> (
    None
):
    told = {regime for one in SITUATIONS for regime in one.regimes}
    changing = {one.file for one in SITUATIONS if "clocks go" in one.name}

    assert told == set(shipped().regimes)
    assert changing == {"us-take-it-down.toml", "uk-osa.toml", "au-osa.toml"}


@pytest.mark.parametrize("pack", PACKS, ids=by_name)
def test_every_value_has_a_source_with_a_day(pack: Pack) -> None:
    sources = {source.key: source for source in pack.sources}

    assert len(pack.values()) >= 15
    for name, one in pack.values():
        assert (name, sources.get(one.source.key)) == (name, one.source)
        assert one.mark in Mark


@pytest.mark.parametrize("pack", PACKS, ids=by_name)
def test_our_own_reading_is_never_called_verified(pack: Pack) -> None:
    assert {one.mark for _, one in pack.values() if one.source.key == "own"} == {Mark.UNVERIFIED}


@pytest.mark.parametrize("pack", PACKS, ids=by_name)
def test_a_file_is_named_after_its_law_and_its_day(pack: Pack) -> None:
    assert pack.file == f"{pack.regime}-{pack.version}.toml"


@pytest.mark.parametrize("pack", PACKS, ids=by_name)
def test_age_is_asked_everywhere(pack: Pack) -> None:
    assert pack.elements[Element.AGE].value is Need.REQUIRED


def test_no_pack_stops_a_clock_for_a_missing_element() -> None:
    assert {duty.pauses.value for pack in PACKS for duty in pack.duties} == {frozenset()}


def test_the_marks_of_the_numbers_are_those_of_the_facts() -> None:
    marks = {
        (pack.regime, duty.starts_on.value): duty.within.mark
        for pack in PACKS
        for duty in pack.duties
    }

    assert marks == {
        ("au-osa", Start.ORDER): Mark.VERIFIED,
        ("eu-2024-1385", Start.ORDER): Mark.UNVERIFIED,
        ("eu-dsa", Start.NOTICE): Mark.UNVERIFIED,
        ("in-it-rules", Start.NOTICE): Mark.SECONDARY,
        ("kr-tba", Start.NOTICE): Mark.UNVERIFIED,
        ("sg-osraa", Start.NOTICE): Mark.VERIFIED,
        ("sg-osraa", Start.ORDER): Mark.VERIFIED,
        ("uk-osa", Start.NOTICE): Mark.VERIFIED,
        ("us-take-it-down", Start.NOTICE): Mark.VERIFIED,
    }


def test_definitions_are_word_for_word_or_absent() -> None:
    given = {
        (str(pack.regime), term): text.value
        for pack in PACKS
        for term, text in pack.definitions.items()
        if isinstance(text, Known)
    }

    assert set(given) == {
        ("us-take-it-down", Term.ALTERED_PICTURE),
        ("us-take-it-down", Term.CONSENT),
        ("sg-osraa", Term.EXCLUSION),
    }
    assert given["us-take-it-down", Term.ALTERED_PICTURE].endswith(
        "is indistinguishable from an authentic visual depiction"
    )
    assert len(given["us-take-it-down", Term.ALTERED_PICTURE].split()) == 53


def test_a_law_that_is_not_confirmed_says_so_where_its_first_day_would_be() -> None:
    absent = [pack.regime for pack in PACKS if isinstance(pack.applies_from, Absent)]

    assert absent == ["kr-tba", "uk-osa"]


def test_what_packs_call_a_likeness_is_what_the_engine_calls_it() -> None:
    assert {Verdict(likeness) for likeness in Likeness} == {verdict for verdict, _ in TABLE}


@pytest.mark.parametrize("pack", PACKS, ids=by_name)
def test_no_pack_lets_a_machine_do_more_than_the_design(pack: Pack) -> None:
    order = list(ByItself)
    for likeness, allowed in pack.by_itself.items():
        designed = ByItself(TABLE[Verdict(likeness), EntryRole.REMOVED])
        assert order.index(allowed.value) <= order.index(designed)


def test_every_law_gets_at_least_what_its_scope_of_copies_asks_for() -> None:
    """Identical, substantially the same, similar: all of it is stopped for everybody."""
    assert {TABLE[Verdict(likeness), EntryRole.REMOVED] for likeness in Likeness} <= {
        Action.BLOCK,
        Action.HOLD,
    }


WRONG_BY_HAND = """
[[situation]]
name = "an hour too late"
start = "notice"
began_at = 2026-11-25T12:00:00+00:00
due = { uk-osa = 2026-11-27T13:00:00+00:00, eu-dsa = "nothing" }
governing = 2026-11-27T12:00:00+00:00
decided_at = 2026-11-26T12:00:00+00:00
appeals_end = "nothing"
"""


def test_a_situation_that_is_wrong_is_seen_with_both_answers() -> None:
    [situation] = read_situations(WRONG_BY_HAND, "x.toml")

    told = [(one.about, str(one.by_packs)) for one in differ(situation, shipped())]

    assert told == [
        ("uk-osa", "2026-11-27 12:00:00+00:00"),
        ("eu-dsa", "no number"),
        ("appeals end", "2027-05-26 22:00:00+00:00"),
    ]
