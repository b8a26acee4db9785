"""Once something new is known, what the platform shows already is looked up, and hidden."""

from tests.timed import House, new_reviewer, wait  # isort: skip -- sets Django up

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from staydown.assembly.house import open_house
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.existing import MAX_LISTED
from staydown.casework.people import Notifier
from staydown.casework.rules import Action
from staydown.clock import SetClock
from staydown.errors import Misconfigured, NotFetched
from staydown.ids import CaseId, CopyId
from staydown.jobs.draining import drain
from staydown.jobs.reaching import reach_out
from staydown.settings import Settings
from staydown.storage.looking_back import look_at_notes
from staydown.storage.models import CopyRow
from tests.casework.making import AGREED
from tests.fetch.making import Site, picture, says
from tests.photographs import doctored, plain_copy, unrelated
from tests.stories import PLATFORM, file_notice, screen


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """What the platform shows: a doctored copy, an ordinary one, another picture, and none."""
    folder = tmp_path / "public"
    folder.mkdir()
    for name, data in {
        "1-doctored.jpg": doctored(),
        "2-plain.jpg": plain_copy(),
        "3-coffee.jpg": unrelated(),
        "4-words.txt": b"no picture",
    }.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def watching(house: House, settings: Settings, clock: SetClock, public: Path) -> House:
    """The house, with that folder for a connector."""
    return open_house(replace(settings, existing=str(public)), clock=clock)


def work(house: House) -> None:
    """What jobs do in a round."""
    drain(house)
    reach_out(house)


def asked(house: House) -> list[tuple[CommandKind, str]]:
    """What the platform is asked to do."""
    return [(one.kind, one.content_ref) for one in house.commands.open(PLATFORM)]


def test_a_doctored_copy_that_is_public_is_hidden_once_a_notice_is_filed(watching: House) -> None:
    receipt = file_notice(watching)

    work(watching)

    [copy] = watching.cases.for_platform(receipt.case, PLATFORM).copies
    assert (copy.content_ref, copy.state) == ("1-doctored.jpg", CopyState.HELD)
    assert asked(watching) == [(CommandKind.HIDE, "1-doctored.jpg")]
    assert watching.journal.verify()


def test_all_of_it_is_looked_through_once_and_then_there_is_rest(
    watching: House, public: Path
) -> None:
    file_notice(watching)
    work(watching)
    notes = look_at_notes()
    (public / "5-later.jpg").write_bytes(doctored(70))

    work(watching)

    assert (notes.rounds, notes.unread_before) == (0, 1)
    assert CopyRow.objects.count() == 1


def test_what_is_found_again_is_not_hidden_twice(watching: House) -> None:
    file_notice(watching)
    work(watching)
    file_notice(watching, (unrelated(),))

    work(watching)

    assert asked(watching) == [(CommandKind.HIDE, "1-doctored.jpg")]


def test_two_cases_that_stop_one_picture_have_it_hidden_once(watching: House) -> None:
    for _ in range(2):
        file_notice(watching)

    work(watching)

    assert CopyRow.objects.count() == 2
    assert asked(watching) == [(CommandKind.HIDE, "1-doctored.jpg")]


def test_what_nobody_decides_in_time_is_shown_again(watching: House, clock: SetClock) -> None:
    file_notice(watching)
    work(watching)

    wait(clock, hours=49)
    work(watching)

    assert asked(watching) == [
        (CommandKind.HIDE, "1-doctored.jpg"),
        (CommandKind.RESTORE, "1-doctored.jpg"),
    ]


def test_what_was_removed_is_looked_for_as_well(watching: House, public: Path) -> None:
    """The removed picture joins the bank, and the same picture elsewhere is found by it."""
    file_notice(watching)
    work(watching)
    kim = new_reviewer(watching)
    row = CopyRow.objects.get()
    (public / "6-again.jpg").write_bytes(doctored(60))
    watching.reviewing.decide_copy(
        CaseId(row.case_id),
        CopyId(row.copy),
        CopyMove.REMOVE,
        findings=AGREED,
        reason="bricks",
        by=kim,
    )

    work(watching)

    assert (CommandKind.HIDE, "6-again.jpg") in asked(watching)


def test_a_case_that_is_taken_back_gives_back_what_was_hidden(watching: House) -> None:
    receipt = file_notice(watching)
    work(watching)
    notifier = Notifier(case=receipt.case, secret=receipt.secret)

    watching.reviewing.withdraw(receipt.case, by=notifier)

    assert asked(watching)[-1] == (CommandKind.RESTORE, "1-doctored.jpg")


def test_an_upload_that_is_not_public_is_answered_and_no_command_is_issued(house: House) -> None:
    file_notice(house)

    assert screen(house, doctored()).action is Action.HOLD
    assert asked(house) == []


def test_without_a_connector_it_is_owed_until_there_is_one(
    house: House, settings: Settings, clock: SetClock, public: Path
) -> None:
    file_notice(house)
    work(house)
    assert look_at_notes().rounds == 1

    later = open_house(replace(settings, existing=str(public)), clock=clock)
    work(later)

    assert asked(later) == [(CommandKind.HIDE, "1-doctored.jpg")]


def test_what_becomes_known_meanwhile_needs_another_round(watching: House, public: Path) -> None:
    for number in range(MAX_LISTED):
        (public / f"0-{number:02}.txt").write_bytes(b"no picture")
    file_notice(watching)
    watching.looking_back.look()  # the first page, on which nothing is

    file_notice(watching, (unrelated(),))
    rounds = [look_at_notes().rounds]
    while look_at_notes().rounds:
        watching.looking_back.look()
        rounds.append(look_at_notes().rounds)

    assert rounds == [2, 1, 1, 0]


def test_a_folder_that_is_gone_is_tried_again_later_and_stops_nothing_else(
    watching: House, public: Path, clock: SetClock
) -> None:
    away = public.rename(public.with_name("away"))
    file_notice(watching)

    work(watching)
    work(watching)
    assert (look_at_notes().attempts, asked(watching)) == (1, [])

    away.rename(public)
    wait(clock, seconds=2)
    work(watching)
    assert asked(watching) == [(CommandKind.HIDE, "1-doctored.jpg")]
    assert look_at_notes().attempts == 0


@pytest.fixture
def site() -> Iterator[Site]:
    """A platform that lists its pictures over HTTP, one of them elsewhere."""
    with Site(
        answers={"/1.jpg": picture(doctored()), "/2.jpg": picture(unrelated())}
    ).running() as one:
        first = [
            {"content_ref": "post/1", "url": one.url("/1.jpg", "127.0.0.1"), "account_ref": "a"},
            {"content_ref": "post/0", "url": "http://169.254.169.254/latest/meta-data"},
        ]
        last = [{"content_ref": "post/2", "url": one.url("/2.jpg", "127.0.0.1")}]
        for path, page in {
            "/list": {"listed": first, "next": "2"},
            "/list?after=2": {"listed": last},
        }.items():
            data = json.dumps(page).encode()
            one.answers[path] = says(f"200 OK\nContent-Length: {len(data)}", data)
        yield one


def test_a_list_over_http_is_looked_through_page_by_page_and_leads_nowhere_else(
    house: House, settings: Settings, clock: SetClock, site: Site
) -> None:
    listing = open_house(
        replace(
            settings,
            existing=site.url("/list", "127.0.0.1"),
            fetch_from=(f"http://127.0.0.1:{site.port}",),
            unsafe_fetch_networks=("127.0.0.0/8",),
        ),
        clock=clock,
    )
    receipt = file_notice(listing)

    for _ in range(3):
        work(listing)

    [copy] = listing.cases.for_platform(receipt.case, PLATFORM).copies
    assert (copy.content_ref, copy.state) == ("post/1", CopyState.HELD)
    assert [line.split()[1].decode() for line in site.asked] == [
        *("/list", "/1.jpg", "/list?after=2", "/2.jpg"),
    ]
    assert look_at_notes().unread_before == 1


def test_a_list_at_an_address_that_nobody_allowed_stops_the_program(
    house: House, settings: Settings, clock: SetClock
) -> None:
    assert house.looking_back.existing is None
    with pytest.raises(Misconfigured, match="STAYDOWN_FETCH_FROM"):
        open_house(replace(settings, existing="https://media.example/list"), clock=clock)


def test_a_list_that_leads_into_our_own_network_is_not_asked(
    house: House, settings: Settings, clock: SetClock, site: Site
) -> None:
    listing = open_house(
        replace(
            settings,
            existing=site.url("/list", "127.0.0.1"),
            fetch_from=(f"http://127.0.0.1:{site.port}",),
        ),
        clock=clock,
    )
    file_notice(listing)

    with pytest.raises(NotFetched, match="this machine itself"):
        listing.looking_back.look()
    assert site.asked == []
