"""What is looked over in an installation, each fault planted and named."""

from tests.timed import MORNING, House, new_reviewer, wait  # isort: skip -- sets Django up

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pdqhash
import pytest

from staydown.assembly.observations import Condition, Observation
from staydown.assembly.records import look_at_records
from staydown.assembly.session_key import open_session_key
from staydown.assembly.soundness import (
    PDQ_OF_TEST_CARD,
    draw_test_card,
    keys_of,
    look_at_choices,
    look_at_engine,
    look_at_folder,
    look_at_key,
    look_at_law,
    look_at_python,
)
from staydown.casework.copies import CopyMove
from staydown.clock import SetClock
from staydown.ids import CaseId
from staydown.sealing.key_file import make_key_file
from staydown.sealing.signing import open_signing_key
from staydown.settings import Settings, read_settings
from staydown.storage.models import AuditRow, CheckpointRow
from tests.casework.making import AGREED
from tests.records import records_of
from tests.shortcuts import hold_quickly


def seen_of(settings: Settings, clock: SetClock) -> dict[str, tuple[Condition, str]]:
    """What each thing is about → how it stands, and what was seen."""
    return {one.about: (one.condition, one.seen) for one in look_at_records(settings, clock)}


def test_the_test_card_has_the_hash_that_the_reference_implementation_gives_it() -> None:
    bits, _ = pdqhash.compute(draw_test_card())

    assert np.packbits(bits).tobytes().hex() == PDQ_OF_TEST_CARD
    assert look_at_engine().condition is Condition.OK


def test_a_python_that_is_too_old_is_named() -> None:
    assert look_at_python((3, 11)).condition is Condition.NOT_OK
    assert look_at_python((3, 12)).condition is Condition.OK


def test_every_unsafe_setting_is_named() -> None:
    given = {"STAYDOWN_UNSAFE_SINGLE_REVIEWER": "true", "HOME": "/srv/kim"}

    [observation] = look_at_choices(read_settings(given))

    assert observation.condition is Condition.NOT_OK
    assert observation.seen == "STAYDOWN_UNSAFE_SINGLE_REVIEWER is set"


def test_a_data_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    assert look_at_folder(tmp_path).condition is Condition.OK
    assert look_at_folder(tmp_path / "gone").condition is Condition.NOT_OK


@pytest.fixture
def apart(tmp_path: Path) -> Settings:
    """Data and keys far from each other; both keys there."""
    (tmp_path / "srv" / "data").mkdir(parents=True)
    chosen = Settings(
        data=tmp_path / "srv" / "data",
        key_file=tmp_path / "keys" / "master.key",
        session_key_file=tmp_path / "keys" / "session.key",
        checkpoint_key_file=tmp_path / "keys" / "checkpoint.key",
        ledger_file=tmp_path / "keys" / "forgotten",
    )
    make_key_file(chosen.key_file)
    open_session_key(chosen.session_key_file)
    open_signing_key(chosen.checkpoint_key_file)
    return chosen


def look_at_keys(settings: Settings) -> list[Observation]:
    return [look_at_key(key, settings.data) for key in keys_of(settings)]


def test_keys_that_are_kept_well_are_ok(apart: Settings) -> None:
    assert [one.condition for one in look_at_keys(apart)] == [Condition.OK] * 3


@pytest.mark.parametrize("place", ["data", "data/keys", "."])
def test_a_key_with_the_data_or_beside_it_is_not(apart: Settings, place: str) -> None:
    folder = (apart.data.parent / place).resolve()
    folder.mkdir(exist_ok=True)
    moved = replace(apart, key_file=folder / "k", session_key_file=folder / "s")
    apart.key_file.rename(moved.key_file)
    apart.session_key_file.rename(moved.session_key_file)

    master, session, _ = look_at_keys(moved)

    assert (master.condition, session.condition) == (Condition.NOT_OK, Condition.NOT_OK)
    assert master.seen == f"{folder / 'k'} lies with the data: who copies one has both"
    assert master.mend == "move it away, and say in STAYDOWN_KEY_FILE where it is"


def test_a_key_that_others_can_read_is_not(apart: Settings) -> None:
    apart.key_file.chmod(0o640)
    apart.session_key_file.chmod(0o604)

    apart.checkpoint_key_file.chmod(0o666)

    assert [one.seen for one in look_at_keys(apart)] == [
        f"{apart.key_file} can be read by others: chmod 600 it",
        f"{apart.session_key_file} can be read by others: chmod 600 it",
        f"{apart.checkpoint_key_file} can be read by others: chmod 600 it",
    ]


def test_a_lost_master_key_is_a_fault_and_a_session_key_to_come_is_none(apart: Settings) -> None:
    apart.key_file.unlink()
    apart.session_key_file.unlink()

    master, session, _ = look_at_keys(apart)

    assert (master.condition, session.condition) == (Condition.NOT_OK, Condition.NOTE)
    assert master.seen == f"it is not at {apart.key_file}"
    assert not apart.key_file.exists()
    assert not apart.session_key_file.exists()


def test_records_that_are_in_order_are_ok(
    house: House, settings: Settings, clock: SetClock
) -> None:
    hold_quickly(house)

    seen = seen_of(settings, clock)

    assert {condition for about, (condition, _) in seen.items() if about != "checkpoints"} == {
        Condition.OK
    }
    assert seen["checkpoints"] == (Condition.NOTE, "none was made yet")
    assert seen["database"] == (Condition.OK, "SQLite, write-ahead, every commit on the disk")
    assert seen["seals"] == (Condition.OK, "the master key opens what is sealed")


def lose_the_key(house: House) -> None:
    house.settings.key_file.unlink()


def take_another_key(house: House) -> None:
    house.settings.key_file.unlink()
    make_key_file(house.settings.key_file)


def rewrite_history(house: House) -> None:
    AuditRow.objects.filter(number=1).update(by="somebody else")


def leave_a_decision_undone(house: House) -> None:
    [copy] = house.cases.for_reviewer(held_case(house), reviewer := new_reviewer(house)).copies
    house.reviewing.decide_copy(
        copy.case, copy.id, CopyMove.REMOVE, findings=AGREED, reason="bricks", by=reviewer
    )


def held_case(house: House) -> CaseId:
    [record] = records_of(house.bank)
    assert record.entry.case
    return record.entry.case


def vouch(settings: Settings, house: House, *, stamp: bytes | None) -> Settings:
    """A checkpoint, with a timestamp if one is given, and an authority in the settings."""
    house.checkpoints.make()
    if stamp:
        house.checkpoints.shelf.keep_stamp(house.journal.verify().length, stamp)
    return replace(settings, timestamp_url="https://tsa.example/")


def test_who_vouches_for_the_chain_is_said(
    house: House, settings: Settings, clock: SetClock
) -> None:
    hold_quickly(house)
    named = vouch(settings, house, stamp=None)
    assert seen_of(settings, clock)["checkpoints"] == (
        Condition.NOTE,
        "nobody but ourselves vouches for them",
    )

    wait(clock, hours=25)
    assert seen_of(named, clock)["checkpoints"] == (
        Condition.NOTE,
        "without a timestamp since 01.03.2026 09:00 UTC",
    )

    vouch(settings, house, stamp=b"a timestamp")
    assert seen_of(named, clock)["checkpoints"] == (
        Condition.OK,
        "the last of 01.03.2026 09:00 UTC, timestamped",
    )


def test_a_checkpoint_that_was_changed_is_a_fault(
    house: House, settings: Settings, clock: SetClock
) -> None:
    hold_quickly(house)
    house.checkpoints.make()
    [row] = CheckpointRow.objects.all()
    row.signed = row.signed.replace('"length":', '"length":1')
    row.save()

    condition, seen = seen_of(settings, clock)["checkpoints"]

    assert condition is Condition.NOT_OK
    assert seen.endswith("the signature does not hold")


FAULTS: dict[str, tuple[Callable[[House], None], float, str, str]] = {
    "the key is lost": (lose_the_key, 0, "seals", "the master key is not at "),
    "the key is another one": (take_another_key, 0, "seals", "is not the key that sealed"),
    "history was rewritten": (rewrite_history, 0, "audit chain", "audit entry 1 was changed"),
    "nobody does jobs": (leave_a_decision_undone, 0.2, "jobs", "overdue: 1 effects"),
    "nobody ends holds": (lambda _: None, 48.2, "jobs", "overdue: 0 effects of decisions, 1 holds"),
}
"""What goes wrong, the hours until somebody looks, and where and how it is named."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_records_is_named(
    house: House, settings: Settings, clock: SetClock, fault: str
) -> None:
    plant, hours, about, said = FAULTS[fault]
    hold_quickly(house)
    plant(house)
    wait(clock, hours=hours)

    condition, seen = seen_of(settings, clock)[about]

    assert condition is Condition.NOT_OK
    assert said in seen


def test_an_effect_that_failed_and_a_command_nobody_acknowledged_are_noted(
    house: House, settings: Settings, clock: SetClock
) -> None:
    hold_quickly(house)
    leave_a_decision_undone(house)
    [number] = house.performing.due()
    house.performing.postpone(number)
    clock.shows = MORNING + timedelta(hours=1)
    house.performing.postpone(number)

    seen = seen_of(settings, clock)

    assert seen["jobs"] == (Condition.NOTE, "1 effects failed and are tried again")
    assert seen["commands"] == (
        Condition.NOTE,
        "1 were never acknowledged, the oldest of 01.03.2026 09:00 UTC",
    )


def test_no_law_and_laws_that_are_not_verified_are_noted() -> None:
    unchosen = look_at_law(read_settings({"HOME": "/srv/kim"}))
    chosen = look_at_law(read_settings({"HOME": "/srv/kim", "STAYDOWN_REGIMES": "in-it-rules"}))

    assert (unchosen.condition, unchosen.seen) == (Condition.NOTE, "no law is chosen")
    assert (chosen.condition, chosen.seen) == (
        Condition.NOTE,
        "in-it-rules: 8 values not verified, 11 second-hand",
    )
