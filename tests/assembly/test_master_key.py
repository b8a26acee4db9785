"""The master key: made before anything is sealed, asked for ever after, and never replaced."""

from tests.timed import House  # isort: skip -- sets Django up

import pytest

from staydown.assembly.house import open_house
from staydown.assembly.master_key import open_masters
from staydown.clock import SetClock
from staydown.errors import Misconfigured
from staydown.sealing.key_file import make_key_file, read_key_file
from staydown.settings import Settings
from tests.shortcuts import file_quickly


def test_it_is_made_where_nothing_is_sealed_yet(house: House) -> None:
    path = house.settings.key_file
    path.unlink()

    made = open_masters(path).wrapping

    assert open_masters(path).wrapping == made


def test_of_two_processes_that_start_at_once_both_have_the_same(house: House) -> None:
    path = house.settings.key_file
    path.unlink()

    def draw_and_be_overtaken(count: int) -> bytes:
        make_key_file(path)
        return bytes(count)

    assert open_masters(path, draw_and_be_overtaken).wrapping == read_key_file(path)


def test_a_lost_one_is_asked_for_by_name_and_never_replaced(
    house: House, settings: Settings, clock: SetClock
) -> None:
    file_quickly(house)
    settings.key_file.unlink()

    with pytest.raises(Misconfigured) as refusal:
        open_house(settings, clock=clock)

    assert str(refusal.value) == (
        f"the master key is not at {settings.key_file}, where it was looked for: "
        "put it back, or say in STAYDOWN_KEY_FILE where it is"
    )
    assert not settings.key_file.exists()


def test_another_one_does_not_open_the_house(
    house: House, settings: Settings, clock: SetClock
) -> None:
    file_quickly(house)
    settings.key_file.unlink()
    make_key_file(settings.key_file)

    with pytest.raises(Misconfigured, match="is not the key that sealed this database"):
        open_house(settings, clock=clock)
