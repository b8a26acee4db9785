"""Settings are read once, all of them, and what cannot be read stops the program."""

from dataclasses import fields
from pathlib import Path

import pytest

from staydown.casework.rules import Action, Rules
from staydown.errors import Misconfigured
from staydown.settings import Settings, read_settings


def test_nothing_set_gives_the_documented_defaults() -> None:
    settings = read_settings({})

    assert settings.rules == Rules()
    assert settings.database_url == ""
    assert not settings.unsafe_single_reviewer


def test_keys_lie_beside_the_data_and_never_inside() -> None:
    settings = read_settings({"STAYDOWN_DATA": "/srv/staydown/data"})

    assert settings.key_file == Path("/srv/staydown/data.key")
    assert settings.session_key_file == Path("/srv/staydown/data.key.session")
    assert settings.data not in settings.key_file.parents


def test_a_folder_named_on_the_command_line_goes_first_and_takes_its_keys_along() -> None:
    settings = read_settings({"STAYDOWN_DATA": "/srv/one"}, data=Path("/srv/two"))

    assert (settings.data, settings.key_file) == (Path("/srv/two"), Path("/srv/two.key"))


def test_a_key_file_that_was_named_is_used_for_every_folder() -> None:
    settings = read_settings({"STAYDOWN_KEY_FILE": "/etc/key"}, data=Path("/srv/two"))

    assert settings.key_file == Path("/etc/key")


GIVEN = {
    "STAYDOWN_DATA": "/srv/data",
    "STAYDOWN_KEY_FILE": "/etc/staydown/key",
    "STAYDOWN_SESSION_KEY_FILE": "/etc/staydown/session",
    "DATABASE_URL": "postgresql://host/name",
    "STAYDOWN_HOSTS": "a.example, b.example",
    "STAYDOWN_IS_BEHIND_HTTPS": "true",
    "STAYDOWN_HOLD_HOURS": "24",
    "STAYDOWN_HOLD_CAP": "5",
    "STAYDOWN_BLOCKS_REMOVED": "no",
    "STAYDOWN_ON_UNSCREENED": "publish",
    "STAYDOWN_MAX_UPLOAD_BYTES": "1000",
    "STAYDOWN_MAX_PIXELS": "2000",
    "STAYDOWN_THREADS": "2",
    "STAYDOWN_UNSAFE_SINGLE_REVIEWER": "1",
}


def test_every_setting_can_be_set() -> None:
    default, changed = read_settings({}), read_settings(GIVEN)

    unchanged = {
        field.name
        for field in fields(Settings)
        if getattr(default, field.name) == getattr(changed, field.name)
    }
    assert unchanged == set()
    assert changed.hosts == ("a.example", "b.example")
    assert changed.on_unscreened is Action.PUBLISH


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("STAYDOWN_HOLD_HOURS", "two days", "STAYDOWN_HOLD_HOURS: must be a whole number above 0"),
        ("STAYDOWN_HOLD_CAP", "0", "STAYDOWN_HOLD_CAP: must be a whole number above 0"),
        ("STAYDOWN_BLOCKS_REMOVED", "", "STAYDOWN_BLOCKS_REMOVED: must be true or false"),
        ("STAYDOWN_ON_UNSCREENED", "hold", "STAYDOWN_ON_UNSCREENED: must be unscreened or publish"),
        ("STAYDOWN_HOLD_HUORS", "24", "unknown settings: STAYDOWN_HOLD_HUORS"),
    ],
)
def test_what_cannot_be_read_stops_the_program(variable: str, value: str, said: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        read_settings({variable: value})

    assert str(refusal.value) == said
