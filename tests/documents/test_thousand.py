"""A thousand statements of all kinds: each printed, and each a record for the DSA database."""

import time
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice, product

import pytest

from staydown.casework.dsa import record_of
from staydown.casework.findings import Finding
from staydown.casework.grounds import Ground
from staydown.casework.notices import Sender
from staydown.casework.statements import Statement, state_reasons
from staydown.casework.wording import word_statement
from staydown.documents.letters import Letter, Section
from staydown.documents.printing import print_letter
from tests.casework.making import NOON
from tests.casework.test_statements import SEEN
from tests.documents.reading import read_pdf

REFS = ("post/3", "帖子/3", "منشور/٣", "пост‮3", "x" * 500, "🧑/3")
KINDS = list(product(Ground, Sender, Finding, (True, False), (True, False), REFS))


def statement(number: int, kind: tuple[Ground, Sender, Finding, bool, bool, str]) -> Statement:
    ground, sender, intimate, restored, altered, ref = kind
    return replace(
        state_reasons(SEEN),
        ground=ground,
        sender=sender,
        is_intimate=intimate,
        restored_at=NOON + timedelta(days=number % 90) if restored else None,
        is_altered=altered,
        content_ref=f"{ref}/{number}"[:500],
        applied_at=NOON + timedelta(minutes=number),
    )


def print_one(made: Statement) -> bytes:
    passages = word_statement(made, NOON + timedelta(days=180))
    sections = tuple(Section(heading=one.heading, blocks=one.sentences) for one in passages)
    return print_letter(Letter(title="Why", sections=sections, dated=made.decided_at))


def check(count: int) -> float:
    """Seconds that printing took."""
    made = [statement(number, kind) for number, kind in enumerate(islice(cycle(KINDS), count))]
    began = time.perf_counter()
    printed = [print_one(one) for one in made]
    took = time.perf_counter() - began
    assert all(pdf.startswith(b"%PDF-1.7") for pdf in printed)
    records = [record_of(one, puid=str(number)).as_json() for number, one in enumerate(made)]
    assert len({record["puid"] for record in records}) == count
    for one, pdf in list(zip(made, printed, strict=True))[:: max(1, count // 20)]:
        assert ("against the law" in read_pdf(pdf)) is (one.ground is Ground.ILLEGAL)
    return took


def test_fifty_of_them() -> None:
    check(50)


@pytest.mark.measure
def test_a_thousand_of_them() -> None:
    took = check(1000)

    print(f"1,000 statements printed in {took:.1f} s; each a record that is taken")
