"""Figures are counted from the chain, and say nothing of anybody."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from staydown.audit.chain import Entry, Head, append
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
from staydown.audit.transparency import COUNTED, Period, as_csv, as_json, count, inert
from staydown.digests import Digest, canonical
from staydown.errors import BadRequest
from staydown.ids import ActorId, CaseId, CommandId, CopyId, EntryId, NoticeId

KIM = ActorId("reviewer_kim")
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
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
    (20, HoldExpired(case=CaseId("case_1"), copy=CopyId("copy_1"))),
    (21, CaseWithdrawn(case=CaseId("case_1"))),
    (31 * 24, notice("case_3")),  # after the period
]
"""Hours from its beginning on, and what happened."""


def chain() -> list[Entry]:
    entries: list[Entry] = []
    head = Head()
    for hours, fact in STORY:
        entries.append(append(head, fact, by=KIM, at=MARCH + timedelta(hours=hours)))
        head = Head(length=len(entries), digest=entries[-1].digest)
    return entries


def figures() -> dict[str, int | None]:
    return {one.name: one.value for one in count(chain(), PERIOD)}


def test_what_happened_in_the_period_is_counted_and_nothing_else() -> None:
    assert figures() == {
        "notices_received": 2,
        "notices_sent_elsewhere": 0,
        "notices_withdrawn": 1,
        "notices_declined": 1,
        "copies_held": 1,
        "copies_blocked": 1,
        "copies_past_the_cap": 0,
        "holds_expired": 1,
        "commands_issued": 2,
        "commands_acknowledged": 1,
        "entries_forgotten": 0,
        "copies_removed": 2,
        "copies_released": 1,
        "machine_reversed": 333,
        "commands_open": 1,
        "median_time_to_first_decision": 10 * 3600,
        "nine_in_ten_time_to_first_decision": 26 * 3600,
        "longest_time_to_first_decision": 26 * 3600,
        "median_time_to_acknowledgement": 3600,
        "nine_in_ten_time_to_acknowledgement": 3600,
        "longest_time_to_acknowledgement": 3600,
    }


def test_where_nothing_happened_there_is_no_time_and_not_a_time_of_nothing() -> None:
    quiet = {one.name: one.value for one in count([], PERIOD)}

    assert {value for name, value in quiet.items() if "time" in name} == {None}
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
