"""What the desk says of facts: true, plain, and nothing added."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from staydown.casework.cases import State
from staydown.casework.copies import CopyMove, CopyState, Resemblance
from staydown.casework.notices import Capacity, Kind
from staydown.desk_pages import sentences
from staydown.desk_pages.sentences import deadline, facts, span
from staydown.engine.verdict import Verdict

DERIVED = Resemblance(
    verdict=Verdict.DERIVED,
    inliers=120,
    is_mirrored=True,
    anisotropy=1.003,
    altered_fraction=0.344,
    false_positive_rate=0.0001,
)


def test_the_facts_of_a_derived_copy() -> None:
    assert facts(DERIVED) == (
        "Part of this picture is the registered photo, and part of it was changed. "
        "It was mirrored. About 34% of what both share was changed. "
        "By mistake, at most 1 in 10,000 unrelated pairs gets this finding."
    )


def test_what_was_not_measured_is_not_said() -> None:
    unknown = replace(DERIVED, is_mirrored=False, altered_fraction=None, false_positive_rate=None)

    assert facts(unknown) == (
        "Part of this picture is the registered photo, and part of it was changed."
    )


def test_a_rate_of_nothing_is_not_called_certainty() -> None:
    told = facts(replace(DERIVED, false_positive_rate=0.0))

    assert told.endswith("In our measurements no two unrelated pictures got this finding.")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=4, hours=3), "4 days"),
        (timedelta(hours=48), "48 hours"),
        (timedelta(hours=1, minutes=59), "1 hour"),
        (timedelta(minutes=2), "2 minutes"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(seconds=-5), "less than a minute"),
    ],
)
def test_lengths_of_time(length: timedelta, said: str) -> None:
    assert span(length) == said


def test_a_hold_without_an_end_has_no_deadline() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)

    assert deadline(None, now) == ""
    assert deadline(now - timedelta(hours=1), now) == ""
    assert deadline(now + timedelta(hours=47), now) == "The hold ends by itself in 47 hours."


def test_there_is_a_sentence_for_everything() -> None:
    assert set(sentences.MEANING) == set(Verdict)
    assert set(sentences.STANDING) == set(CopyState)
    assert set(sentences.PROGRESS) == set(State)
    assert set(sentences.DONE) == set(CopyMove)
    assert set(sentences.SPEAKER) == set(Capacity)
    assert set(sentences.COMPLAINT) == set(Kind)
