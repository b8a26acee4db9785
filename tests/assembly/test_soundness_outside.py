"""What `staydown doctor` says of what lies elsewhere: the webhook, and what is public already."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from dataclasses import replace
from pathlib import Path

from staydown.assembly.observations import Condition
from staydown.assembly.records import look_at_records
from staydown.casework.copies import CopyMove
from staydown.clock import SetClock
from staydown.jobs.reaching import reach_out
from staydown.settings import Settings
from tests.casework.making import AGREED
from tests.shortcuts import hold_quickly
from tests.stories import PLATFORM


def seen_of(settings: Settings, clock: SetClock) -> dict[str, tuple[Condition, str]]:
    """What each thing is about → how it stands, and what was seen."""
    return {one.about: (one.condition, one.seen) for one in look_at_records(settings, clock)}


def test_of_looking_back_and_the_webhook_nothing_is_said_unless_they_are_used(
    house: House, settings: Settings, clock: SetClock
) -> None:
    assert {"looking back", "webhook"} & set(seen_of(settings, clock)) == set()


def test_looking_back_says_how_far_it_has_come(
    house: House, settings: Settings, clock: SetClock, tmp_path: Path
) -> None:
    used = replace(settings, existing=str(tmp_path / "public"))
    looking = reopen(used, clock)
    hold_quickly(looking)
    seen = [seen_of(used, clock)["looking back"]]

    reach_out(looking)  # the folder is not there
    seen.append(seen_of(used, clock)["looking back"])
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "a.txt").write_bytes(b"no picture")
    wait(clock, minutes=1)
    reach_out(looking)
    seen.append(seen_of(used, clock)["looking back"])

    assert seen == [
        (Condition.OK, "what is public is being looked through"),
        (Condition.NOTE, "what is public could not be had; tried 1 times"),
        (Condition.OK, "all that is public was looked through; 1 could not be opened"),
    ]


def test_the_webhook_says_what_it_lacks_and_what_never_came(
    house: House, settings: Settings, clock: SetClock
) -> None:
    used = replace(settings, webhook="https://forum.example/hook")
    assert seen_of(used, clock)["webhook"] == (
        Condition.NOT_OK,
        "it has no secret, so nothing is told",
    )

    house.webhook_secrets.renew(32)
    _, held = hold_quickly(house)
    assert held.case and held.copy
    kim = new_reviewer(house)
    house.reviewing.decide_copy(
        held.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason="bricks", by=kim
    )
    seen = [seen_of(used, clock)["webhook"]]
    [command] = house.commands.open(PLATFORM)
    house.deliveries.failed(command.id, again_at=None)
    seen.append(seen_of(used, clock)["webhook"])

    assert seen == [
        (Condition.OK, "every command came, or is tried again"),
        (Condition.NOTE, "1 commands never came, and are not tried any more"),
    ]
