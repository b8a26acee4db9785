"""Several laws at once: the strictest governs, each question by itself."""

from datetime import UTC, datetime, timedelta

from staydown.policy.library import Law, shipped
from staydown.policy.packs import (
    ByItself,
    CopyScope,
    Element,
    Likeness,
    Output,
    Pack,
    RegimeId,
    Side,
    Start,
)
from staydown.policy.strictness import (
    allowed_by_itself,
    appeal_ends,
    governing,
    owe_output,
    owed_by,
    required_by,
    widest_scope,
)
from tests.policy.making import library, pack

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
US, EU, UK, IN = map(RegimeId, ("us-take-it-down", "eu-dsa", "uk-osa", "in-it-rules"))
AU = RegimeId("au-osa")


def packs(*regimes: RegimeId) -> tuple[Pack, ...]:
    return shipped().applying(regimes, NOON)


def test_the_earliest_deadline_governs_and_what_has_no_number_comes_last() -> None:
    owed = owed_by(packs(EU, US, IN), Start.NOTICE, NOON)

    assert [one.regime for one in owed] == [IN, US, EU]
    first = governing(owed)
    assert first is not None
    assert (first.regime, first.due_at) == (IN, NOON + timedelta(hours=2))


def test_where_no_law_gives_a_number_none_governs() -> None:
    assert governing(owed_by(packs(EU), Start.NOTICE, NOON)) is None
    assert governing([]) is None


def test_the_widest_scope_of_copies_governs() -> None:
    assert widest_scope(packs(US)) is CopyScope.IDENTICAL
    assert widest_scope(packs(US, UK)) is CopyScope.SUBSTANTIALLY_SAME
    assert widest_scope(packs(IN, US, UK)) is CopyScope.SAME_OR_SIMILAR
    assert widest_scope(packs(EU)) is None


def test_what_one_law_asks_for_is_asked_with_its_name() -> None:
    required = required_by(packs(EU, US))

    assert required[Element.SIGNATURE] == (US,)
    assert required[Element.LOCATION] == (EU, US)
    assert Element.KIND not in required


def test_a_machine_may_do_what_the_most_cautious_law_allows() -> None:
    cautious = pack(
        ('near_copy = { value = "block"', 'near_copy = { value = "hold"'), file="cautious.toml"
    )

    assert allowed_by_itself(packs(US), Likeness.NEAR_COPY) is ByItself.BLOCK
    assert allowed_by_itself([*packs(US), cautious], Likeness.NEAR_COPY) is ByItself.HOLD
    assert allowed_by_itself([*packs(US), cautious], Likeness.IDENTICAL) is ByItself.BLOCK
    assert allowed_by_itself([], Likeness.NEAR_COPY) is ByItself.BLOCK


def test_the_longest_window_stays_open_and_where_no_law_gives_one_there_is_none() -> None:
    assert appeal_ends(packs(US, EU), Side.POSTER, NOON) == datetime(2027, 5, 25, 22, tzinfo=UTC)
    assert appeal_ends(packs(US), Side.POSTER, NOON) is None


def test_which_laws_ask_for_an_output() -> None:
    assert owe_output(packs(US, EU), Output.DATABASE_RECORD) == (EU,)


UNDATED = (
    '[applies_from]\nabsent = "the commencement of s.10(3A) is not confirmed: it applies here '
    'from the day on which an operator chooses it"\n'
)


def from_day(day: str) -> str:
    return f'[applies_from]\nvalue = {day}\nmark = "V"\nsource = "memo"\n'


def test_an_old_case_keeps_the_rule_of_its_day() -> None:
    before = pack((UNDATED, from_day("2026-12-01")), file="before.toml")
    after = pack(
        (UNDATED, from_day("2027-06-01")),
        ("version = 2026-11-01", "version = 2027-06-01"),
        ("hours = 48", "hours = 24"),
    )
    law = Law(regimes=(UK,), library=library(after, before))

    def version_on(moment: str) -> list[str]:
        return [one.version for one in law.applying(datetime.fromisoformat(moment))]

    assert version_on("2026-11-30T23:59+00:00") == []
    assert version_on("2026-12-01T00:00+00:00") == ["2026-11-01"]
    assert version_on("2027-05-31T23:59+01:00") == ["2026-11-01"]
    assert version_on("2027-06-01T00:00+01:00") == ["2027-06-01"], "summer, and so 23:00 in UTC"
    assert law.library.pack(before.ref) == before
