"""An exported chain is attacked in every way we know: each attack is named, by its first break."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from staydown.audit.chain import append
from staydown.audit.entries import CaseOpened, CaseWithdrawn
from staydown.audit.export import write_entry
from staydown.audit.verify import Auditor, verify_export
from staydown.digests import canonical
from staydown.errors import SealBroken
from staydown.ids import CaseId
from tests.audit.exporting import (
    AT,
    KEY,
    KIM,
    OTHER_KEY,
    Export,
    chain,
    head_of,
    rewrite_and_sign_by,
    with_value,
)

CASE_9 = CaseOpened(case=CaseId("case_9"))


def on_lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Export], None]:
    return lambda export: export.write_lines(change(export.lines))


def rewrite_from(export: Export, number: int) -> None:
    """Another history from that entry on, with digests that fit."""
    entries = chain(number - 1)
    for later in range(number, 7):
        fact = CaseWithdrawn(case=CaseId(f"case_{later}"))
        entries.append(append(head_of(entries, later - 1), fact, by=KIM, at=AT))
    export.write_chain(entries)


def change_signed_time(export: Export) -> None:
    told = json.loads(export.statement(3).read_bytes())
    told["at"] = (AT - timedelta(days=9)).isoformat(timespec="microseconds")
    export.statement(3).write_bytes(canonical(told) + b"\n")


def swap_stamps(export: Export) -> None:
    first, second = export.stamp(3).read_bytes(), export.stamp(6).read_bytes()
    export.stamp(3).write_bytes(second)
    export.stamp(6).write_bytes(first)


ATTACKS: dict[str, tuple[Callable[[Export], None], str]] = {
    "change a fact": (
        on_lines(lambda e: [e[0], with_value(e[1], fact={"fact": "CaseOpened"}), *e[2:]]),
        "audit entry 2 was changed after it was written",
    ),
    "backdate": (
        on_lines(lambda e: [with_value(e[0], at="2025-01-01T00:00:00.000000+00:00"), *e[1:]]),
        "audit entry 1 was changed after it was written",
    ),
    "blame someone else": (
        on_lines(lambda e: [*e[:5], with_value(e[5], by="reviewer_bob")]),
        "audit entry 6 was changed after it was written",
    ),
    "drop the first": (on_lines(lambda e: e[1:]), "audit entry 1 is missing: found 2"),
    "drop one in the middle": (
        on_lines(lambda e: [*e[:2], *e[3:]]),
        "audit entry 3 is missing: found 4",
    ),
    "drop one and renumber": (
        on_lines(lambda e: [*e[:2], *(with_value(x, number=i) for i, x in enumerate(e[3:], 3))]),
        "audit entry 3 does not follow entry 2",
    ),
    "swap two": (
        on_lines(lambda e: [e[0], e[2], e[1], *e[3:]]),
        "audit entry 2 is missing: found 3",
    ),
    "repeat one": (
        on_lines(lambda e: [*e[:2], e[1], *e[2:]]),
        "audit entry 3 is missing: found 2",
    ),
    "replace one, with a digest that fits": (
        on_lines(
            lambda e: [
                *e[:3],
                write_entry(append(head_of(chain(3), 3), CASE_9, by=KIM, at=AT)),
                *e[4:],
            ]
        ),
        "audit entry 5 does not follow entry 4",
    ),
    "cut off the end": (
        on_lines(lambda e: e[:4]),
        "audit entry 5 is missing: the checkpoint of",
    ),
    "cut off in the middle of an entry": (
        on_lines(lambda e: [*e[:5], e[5][:-20]]),
        "audit entry 6 cannot be read: it was changed, or cut off",
    ),
    "say a thing twice, so that readers differ": (
        on_lines(lambda e: [e[0], e[1].replace(b'{"at"', b'{"by":"bob","at"'), *e[2:]]),
        "audit entry 2 cannot be read: it was changed, or cut off",
    ),
    "rewrite all from an entry on, with digests that fit": (
        lambda export: rewrite_from(export, 5),
        "audit entry 6 is not the one that was there at the checkpoint of",
    ),
    "rewrite everything, and sign it by another key": (
        lambda export: rewrite_and_sign_by(export, OTHER_KEY),
        "checkpoint 3 is signed by another key",
    ),
    "rewrite everything, and sign it by the stolen key": (
        lambda export: rewrite_and_sign_by(export, KEY),
        "checkpoint 3: the timestamp does not hold",
    ),
    "change the time of a checkpoint": (
        change_signed_time,
        "checkpoint 3: the signature does not hold",
    ),
    "swap two timestamps": (swap_stamps, "checkpoint 3: the timestamp does not hold"),
    "take a checkpoint away and leave its timestamp": (
        lambda export: export.statement(3).unlink(),
        "checkpoint 00000003 is missing: its timestamp is there",
    ),
    "take everything after a checkpoint away": (
        on_lines(lambda _: []),
        "audit entry 1 is missing: the checkpoint of",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_named_by_its_first_break(
    attack: str, export: Export, auditor: Auditor
) -> None:
    plant, named = ATTACKS[attack]
    plant(export)

    with pytest.raises(SealBroken) as refusal:
        verify_export(export.folder, auditor)

    assert str(refusal.value).startswith(named)
