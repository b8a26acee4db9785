"""The platform is told of each command until it came, in order, and what never came is known."""

from tests.timed import House, wait  # isort: skip -- sets Django up

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from staydown.assembly.house import open_house
from staydown.audit.entries import CommandAcknowledged
from staydown.casework.commands import Command, CommandKind
from staydown.casework.telling import WAITS
from staydown.clock import SetClock
from staydown.errors import Misconfigured
from staydown.ids import CommandId
from staydown.jobs.reaching import reach_out
from staydown.settings import Settings
from staydown.storage.deliveries import owe_telling
from staydown.storage.models import SealedRow
from staydown.storage.rows import row_of_command
from tests.fetch.making import Answering, Site, says
from tests.shortcuts import file_quickly
from tests.stories import PLATFORM

type Asking = Callable[..., Command]

YES = says("200 OK\nContent-Length: 0")
NO = says("500 No\nContent-Length: 0")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(answers={"/hook": YES}).running() as found:
        yield found


@pytest.fixture
def telling(house: House, settings: Settings, clock: SetClock, site: Site) -> House:
    """The house, with that site for the platform's webhook, and a secret."""
    found = open_house(
        replace(
            settings,
            webhook=site.url("/hook", "127.0.0.1"),
            unsafe_fetch_networks=("127.0.0.0/8",),
        ),
        clock=clock,
    )
    found.webhook_secrets.renew(32)
    return found


@pytest.fixture
def ask(telling: House) -> Asking:
    """Issues a command as a decision does."""
    case = file_quickly(telling).case

    def issue(kind: CommandKind = CommandKind.HIDE, content_ref: str = "post/1") -> Command:
        number = len(list(telling.commands.shelf.open_commands()))
        command = Command(
            id=CommandId(f"command_{number}"),
            kind=kind,
            content_ref=content_ref,
            case=case,
            issued_at=telling.clock.now(),
        )
        row_of_command(command).save(force_insert=True)
        owe_telling(command)
        return command

    return issue


def told(site: Site) -> list[tuple[str, str]]:
    """Kind and content of what was told."""
    bodies = [json.loads(asked.partition(b"\r\n\r\n")[2])["data"] for asked in site.asked]
    return [(body["kind"], body["content_ref"]) for body in bodies]


def answering(site: Site, answer: Answering) -> None:
    site.answers["/hook"] = answer


def test_a_command_is_told_once_and_stays_open(telling: House, ask: Asking, site: Site) -> None:
    ask()

    for _ in range(3):
        reach_out(telling)

    assert told(site) == [("hide", "post/1")]
    assert len(telling.commands.open(PLATFORM)) == 1


def test_an_answer_may_acknowledge_it_and_the_clock_stops(
    telling: House, ask: Asking, site: Site
) -> None:
    command = ask()
    done = b'{"acknowledged": true}'
    answering(site, says(f"200 OK\nContent-Length: {len(done)}", done))

    reach_out(telling)

    assert telling.commands.open(PLATFORM) == ()
    facts = [entry.fact for entry in telling.journal.entries()]
    assert facts[-1] == CommandAcknowledged(command=command.id)


def test_what_does_not_come_is_told_again_later_and_later_and_then_put_aside(
    telling: House, ask: Asking, site: Site, clock: SetClock
) -> None:
    command = ask()
    answering(site, NO)
    began, tried = clock.shows, []
    for pause in (timedelta(0), *WAITS, timedelta(days=2)):
        before = len(site.asked)
        clock.shows += pause - timedelta(seconds=1) if pause else pause
        reach_out(telling)  # a second too early
        early = len(site.asked) - before
        clock.shows += timedelta(seconds=1) if pause else pause
        reach_out(telling)
        tried.append((early, len(site.asked) - before))

    assert tried == [(1, 1), *[(0, 1)] * len(WAITS), (0, 0)]
    assert clock.shows - began > timedelta(days=3)
    assert [one.id for one in telling.deliveries.put_aside()] == [command.id]
    assert len(telling.commands.open(PLATFORM)) == 1  # it can still be asked for


def test_what_was_put_aside_is_told_again_when_the_operator_says_so(
    telling: House, ask: Asking, site: Site
) -> None:
    ask()
    answering(site, says("410 Gone\nContent-Length: 0"))
    reach_out(telling)
    assert len(telling.deliveries.put_aside()) == 1

    answering(site, YES)
    assert telling.deliveries.try_again(telling.clock.now()) == 1
    reach_out(telling)

    assert (len(site.asked), telling.deliveries.put_aside()) == (2, [])


def test_of_one_content_nothing_is_told_before_what_came_earlier(
    telling: House, ask: Asking, site: Site, clock: SetClock
) -> None:
    answering(site, NO)
    ask(CommandKind.HIDE, "post/1")
    reach_out(telling)
    answering(site, YES)
    ask(CommandKind.RESTORE, "post/1")
    ask(CommandKind.HIDE, "post/2")

    reach_out(telling)
    assert told(site) == [("hide", "post/1"), ("hide", "post/2")]

    wait(clock, seconds=5)
    reach_out(telling)
    reach_out(telling)
    assert told(site)[2:] == [("hide", "post/1"), ("restore", "post/1")]


def test_what_the_platform_asked_for_by_itself_is_not_told(
    telling: House, ask: Asking, site: Site
) -> None:
    command = ask()
    telling.commands.acknowledge(command.id, PLATFORM)

    reach_out(telling)

    assert site.asked == []


def test_without_a_webhook_nothing_is_told_and_later_it_is(
    house: House, telling: House, ask: Asking, site: Site
) -> None:
    ask()

    reach_out(house)
    assert site.asked == []
    reach_out(telling)
    assert len(site.asked) == 1


def test_a_new_secret_signs_beside_the_one_before_it_and_both_are_sealed(telling: House) -> None:
    [first] = telling.webhook_secrets.current()

    second = telling.webhook_secrets.renew(32)
    third = telling.webhook_secrets.renew(32)

    assert telling.webhook_secrets.current() == [third, second]
    sealed = b"".join(bytes(row.sealed) for row in SealedRow.objects.all())
    assert [secret for secret in (first, second, third) if secret in sealed] == []


def test_an_address_that_cannot_be_read_stops_the_program(
    house: House, settings: Settings, clock: SetClock
) -> None:
    assert house.telling.messenger is None
    for address in ("forum.example/hook", "https://me:secret@forum.example/hook"):
        with pytest.raises(Misconfigured, match="STAYDOWN_WEBHOOK"):
            open_house(replace(settings, webhook=address), clock=clock)


def test_where_one_does_not_come_the_others_wait_for_the_next_round(
    telling: House, ask: Asking, site: Site
) -> None:
    answering(site, NO)
    for number in (1, 2, 3):
        ask(content_ref=f"post/{number}")

    for _ in range(4):
        reach_out(telling)

    assert told(site) == [("hide", f"post/{number}") for number in (1, 2, 3)]
