"""Figures are counted from the chain, and say nothing of anybody."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from numpy.random import Generator, default_rng

from staydown.audit import duties
from staydown.audit.chain import Entry, Head, append
from staydown.audit.duties import AppealDecided, AppealFiled, ClockStarted, ClockStopped
from staydown.audit.entries import (
    FACTS,
    CaseDeclined,
    CaseWithdrawn,
    CommandAcknowledged,
    CommandIssued,
    CopyBlocked,
    CopyDecided,
    CopyHeld,
    Fact,
    HoldExpired,
    NoticeReceived,
)
from staydown.audit.figures import Period, as_csv, as_json, inert
from staydown.audit.transparency import COUNTED, count
from staydown.digests import Digest, canonical
from staydown.errors import BadRequest
from staydown.ids import ActorId, AppealId, CaseId, CommandId, CopyId, EntryId, HandOffId, NoticeId

KIM, MARCH = ActorId("reviewer_kim"), datetime(2026, 3, 1, tzinfo=UTC)
PERIOD = Period(since=MARCH, until=MARCH + timedelta(days=31))
ENTRY, DIGEST = EntryId("entry_1"), Digest("f" * 64)


def notice(name: str) -> NoticeReceived:
    return NoticeReceived(case=CaseId(name), notice=NoticeId(f"notice_{name}"), content=DIGEST)


def held(case: str, copy: str) -> CopyHeld:
    return CopyHeld(case=CaseId(case), copy=CopyId(copy), entry=ENTRY)


def decided(case: str, copy: str, move: str) -> CopyDecided:
    return CopyDecided(case=CaseId(case), copy=CopyId(copy), move=move, reason=DIGEST)


def issued(name: str) -> CommandIssued:
    return CommandIssued(command=CommandId(name), kind="remove", case=CaseId("case_1"))


STORY: list[tuple[float, Fact]] = [
    (-24, notice("case_0")),  # before the period, decided in it
    (-23, held("case_0", "copy_0")),
    (0, notice("case_1")),
    (1, held("case_1", "copy_1")),
    (2, decided("case_0", "copy_0", "release")),
    (4, decided("case_1", "copy_1", "remove")),
    (4, issued("command_1")),
    (5, CommandAcknowledged(command=CommandId("command_1"))),
    (6, issued("command_2")),  # never acknowledged
    (7, CopyBlocked(case=CaseId("case_1"), copy=CopyId("copy_2"), entry=ENTRY)),
    (8, decided("case_1", "copy_2", "remove")),
    (9, notice("case_2")),
    (19, CaseDeclined(case=CaseId("case_2"), reason=DIGEST)),
    (19, duties.CaseSentElsewhere(case=CaseId("case_2"), hand_off=HandOffId("h"), reason=DIGEST)),
    (19, duties.NotifierRestrained(case=CaseId("case_2"), move="warn", reason=DIGEST)),
    (20, HoldExpired(case=CaseId("case_1"), copy=CopyId("copy_1"))),
    (21, CaseWithdrawn(case=CaseId("case_1"))),
    (31 * 24, notice("case_3")),  # after the period
]
"""Hours from its beginning on, and what happened."""


def chain() -> list[Entry]:
    return chain_of(STORY)


def chain_of(story: list[tuple[float, Fact]]) -> list[Entry]:
    entries: list[Entry] = []
    head = Head()
    for hours, fact in story:
        entries.append(append(head, fact, by=KIM, at=MARCH + timedelta(hours=hours)))
        head = Head(length=len(entries), digest=entries[-1].digest)
    return entries


def figures() -> dict[str, int | None]:
    return {one.name: one.value for one in count(chain(), PERIOD)}


COUNTED_IN_STORY: dict[str, int | None] = {
    "notices_received": 2,
    "notices_sent_elsewhere": 0,
    "cases_sent_elsewhere": 1,
    "notices_withdrawn": 1,
    "notices_declined": 1,
    "notices_looked_at": 0,
    "copies_held": 1,
    "copies_blocked": 1,
    "copies_past_the_cap": 0,
    "holds_expired": 1,
    "entries_quarantined": 0,
    "commands_issued": 2,
    "commands_acknowledged": 1,
    "entries_forgotten": 0,
    "notifiers_warned": 1,
    "notifiers_suspended": 0,
    "copies_removed": 2,
    "copies_released": 1,
    "machine_reversed": 333,
    "found_by_machine": 1000,
    "commands_open": 1,
    "clocks_in_time": 0,
    "clocks_late": 0,
    "clocks_in_time_share": None,
    "clocks_overdue": 0,
    "appeals_of_notifiers": 0,
    "appeals_of_posters": 0,
    "appeals_reversed": 0,
    "appeals_upheld": 0,
    "appeals_reversed_share": None,
    "median_time_to_first_decision": 10 * 3600,
    "nine_in_ten_time_to_first_decision": 26 * 3600,
    "longest_time_to_first_decision": 26 * 3600,
    "median_time_to_acknowledgement": 3600,
    "nine_in_ten_time_to_acknowledgement": 3600,
    "longest_time_to_acknowledgement": 3600,
    "median_time_to_decision_of_an_appeal": None,
    "nine_in_ten_time_to_decision_of_an_appeal": None,
    "longest_time_to_decision_of_an_appeal": None,
}


def test_what_happened_in_the_period_is_counted_and_nothing_else() -> None:
    assert figures() == COUNTED_IN_STORY


def test_where_nothing_happened_there_is_no_time_and_not_a_time_of_nothing() -> None:
    quiet = {one.name: one.value for one in count([], PERIOD)}

    assert {value for name, value in quiet.items() if "_time_to_" in name} == {None}
    assert quiet["machine_reversed"] is None
    assert quiet["notices_received"] == 0


def test_no_id_or_digest_is_in_a_report() -> None:
    report = (
        as_csv(PERIOD, count(chain(), PERIOD))
        + canonical(as_json(PERIOD, count(chain(), PERIOD))).decode()
    )

    ids = ("case_", "copy_1", "entry_1", "command_1", "notice_case", "reviewer_kim", DIGEST)
    assert [one for one in ids if one in report] == []


def test_a_spreadsheet_and_a_machine_read_the_same() -> None:
    counted = count(chain(), PERIOD)

    rows = list(csv.DictReader(io.StringIO(as_csv(PERIOD, counted))))

    assert [(row["name"], row["value"] or None) for row in rows] == [
        (one.name, None if one.value is None else str(one.value)) for one in counted
    ]
    assert {row["since"] for row in rows} == {"2026-03-01T00:00:00+00:00"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert inert(cell) == f"'{cell}"
    assert inert("1") == "1"


def test_a_period_ends_after_it_begins() -> None:
    with pytest.raises(BadRequest, match="a period ends after it begins"):
        Period(since=MARCH, until=MARCH)


def test_every_fact_that_is_counted_exists() -> None:
    assert COUNTED.keys() <= {kind.__name__ for kind in FACTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One generated case: when it came, under which laws, and what became of it, in hours."""

    name: str
    came: float
    laws: frozenset[str]
    decided: float | None
    is_removed: bool
    is_late: bool
    appeal: str | None


LAWS = ("eu-dsa", "uk-osa", "us-take-it-down")
TIME = {"uk-osa": 48, "us-take-it-down": 48, "eu-dsa": None}
LAST = 31 * 24


def make(number: int, draws: Generator) -> Made:
    came = float(draws.uniform(-200, LAST + 50))
    takes = float(draws.choice([2.0, 30.0, 47.9, 49.0, 200.0]))
    return Made(
        name=f"case_{number}",
        came=came,
        laws=frozenset(draws.choice(LAWS, size=int(draws.integers(0, 4)), replace=False).tolist()),
        decided=None if draws.random() < 0.1 else came + takes,
        is_removed=bool(draws.random() < 0.6),
        is_late=takes > 48,
        appeal=str(draws.choice(["reverse", "uphold"])) if draws.random() < 0.2 else None,
    )


def tell(case: Made) -> list[tuple[float, Fact]]:
    """What the chain says of it."""
    id, copy = CaseId(case.name), CopyId(f"copy_{case.name}")
    due = {law: MARCH + timedelta(hours=case.came + hours) for law, hours in TIME.items() if hours}
    story: list[tuple[float, Fact]] = [(case.came, notice(case.name))]
    for law in sorted(case.laws):
        until = due[law].isoformat() if law in due else None
        story.append((case.came, ClockStarted(case=id, regime=law, due=until)))
    story.append((case.came, held(case.name, copy)))
    if case.decided is None:
        return story
    move = "remove" if case.is_removed else "release"
    story.append((case.decided, decided(case.name, copy, move)))
    if case.laws:
        story.append((case.decided, ClockStopped(case=id)))
    if case.appeal:
        appeal = AppealId(f"appeal_{case.name}")
        filed = AppealFiled(appeal=appeal, case=id, side="poster")
        answered = AppealDecided(appeal=appeal, case=id, move=case.appeal, reason=DIGEST)
        story += [(case.decided + 1, filed), (case.decided + 5, answered)]
    return story


def in_period(hours: float | None) -> bool:
    return hours is not None and 0 <= hours < LAST


@pytest.fixture(scope="module")
def thousand() -> tuple[list[Made], dict[tuple[str, str], int | None]]:
    """A thousand cases, and the figures of their chain by law and name."""
    draws = default_rng(7)
    cases = [make(number, draws) for number in range(1000)]
    story = sorted((one for case in cases for one in tell(case)), key=lambda each: each[0])
    told = count(chain_of(story), PERIOD)
    return cases, {(one.regime, one.name): one.value for one in told}


@pytest.mark.parametrize("law", ["", *LAWS])
def test_of_a_thousand_cases_each_law_has_its_own_figures(
    thousand: tuple[list[Made], dict[tuple[str, str], int | None]], law: str
) -> None:
    cases, told = thousand
    mine = [case for case in cases if not law or law in case.laws]
    done = [case for case in mine if in_period(case.decided)]
    clocked = [case for case in done if case.laws]
    has_number = [bool(TIME.get(law)) if law else bool(case.laws & {*LAWS[1:]}) for case in clocked]
    late = sum(case.is_late and number for case, number in zip(clocked, has_number, strict=True))
    appealed = [case for case in mine if case.appeal and case.decided is not None]
    answered = [case for case in appealed if in_period((case.decided or 0) + 5)]
    waits = sorted(round(((case.decided or 0) - case.came) * 3600) for case in done)
    by_hand: dict[str, int | None] = {
        "notices_received": sum(in_period(case.came) for case in mine),
        "copies_removed": sum(case.is_removed for case in done),
        "copies_released": sum(not case.is_removed for case in done),
        "machine_reversed": round(1000 * sum(not one.is_removed for one in done) / len(done)),
        "clocks_late": late,
        "clocks_in_time": len(clocked) - late,
        "clocks_in_time_share": (
            round(1000 * (sum(has_number) - late) / sum(has_number)) if any(has_number) else None
        ),
        "appeals_of_posters": sum(in_period((case.decided or 0) + 1) for case in appealed),
        "appeals_reversed": sum(case.appeal == "reverse" for case in answered),
        "appeals_upheld": sum(case.appeal == "uphold" for case in answered),
        "median_time_to_first_decision": waits[(len(waits) + 1) // 2 - 1],
        "longest_time_to_first_decision": waits[-1],
        "longest_time_to_decision_of_an_appeal": 4 * 3600,
    }
    assert {name: told[law, name] for name in by_hand} == by_hand


def test_a_clock_that_still_runs_after_its_time_is_told(
    thousand: tuple[list[Made], dict[tuple[str, str], int | None]],
) -> None:
    cases, told = thousand
    overdue = [
        case
        for case in cases
        if "uk-osa" in case.laws
        and case.came + 48 < LAST
        and (case.decided is None or case.decided >= LAST)
    ]

    assert told["uk-osa", "clocks_overdue"] == len(overdue)
    assert told["eu-dsa", "clocks_overdue"] == 0
