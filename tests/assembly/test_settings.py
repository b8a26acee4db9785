"""Settings are read once, all of them, and what cannot be read stops the program."""

import hashlib
from dataclasses import fields
from pathlib import Path

import pytest

from staydown.casework.rules import Action, Rules
from staydown.errors import Misconfigured
from staydown.settings import Settings, key_path_for, read_settings

HOME = {"HOME": "/srv/kim"}


def test_nothing_set_gives_the_documented_defaults() -> None:
    settings = read_settings(HOME)

    assert settings.rules == Rules()
    assert settings.database_url == ""
    assert not settings.unsafe_single_reviewer


def test_keys_lie_in_the_configuration_folder_and_never_with_the_data() -> None:
    settings = read_settings({"STAYDOWN_DATA": "/srv/staydown/data", "HOME": "/srv/kim"})

    digits = hashlib.sha256(b"/srv/staydown/data").hexdigest()[:12]
    keys = Path("/srv/kim/.config/staydown")
    assert settings.key_file == keys / f"data-{digits}.key"
    assert settings.session_key_file == keys / f"data-{digits}.key.session"


def test_a_configuration_folder_of_their_own_goes_before_the_home() -> None:
    given = {"XDG_CONFIG_HOME": "/etc/kim", "HOME": "/srv/kim"}

    assert key_path_for(Path("/srv/data"), given).parent == Path("/etc/kim/staydown")


@pytest.mark.parametrize("name", ["", "config", "./config"])
def test_a_relative_configuration_folder_does_not_count(name: str) -> None:
    given = {"XDG_CONFIG_HOME": name, "HOME": "/srv/kim"}

    assert key_path_for(Path("/srv/data"), given).parent == Path("/srv/kim/.config/staydown")


def test_folders_of_the_same_name_have_keys_of_their_own_however_they_are_named(
    tmp_path: Path,
) -> None:
    one, other = tmp_path / "one" / "data", tmp_path / "other" / "data"
    (tmp_path / "link").symlink_to(one)

    assert key_path_for(one, HOME) != key_path_for(other, HOME)
    assert key_path_for(tmp_path / "other" / ".." / "one" / "data", HOME) == key_path_for(one, HOME)
    assert key_path_for(tmp_path / "link", HOME) == key_path_for(one, HOME)


def test_without_a_home_it_says_what_to_set_unless_the_key_was_named() -> None:
    with pytest.raises(Misconfigured) as refusal:
        key_path_for(Path("/srv/data"), {})

    assert str(refusal.value) == (
        "there is no home folder to keep a key in: set HOME or XDG_CONFIG_HOME, "
        "or name the file in STAYDOWN_KEY_FILE"
    )
    assert read_settings({"STAYDOWN_KEY_FILE": "/etc/key"}).key_file == Path("/etc/key")


def test_a_folder_named_on_the_command_line_goes_first_and_takes_its_keys_along() -> None:
    settings = read_settings({"STAYDOWN_DATA": "/srv/one", **HOME}, data=Path("/srv/two"))

    assert settings.data == Path("/srv/two")
    assert settings.key_file == key_path_for(Path("/srv/two"), HOME)


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
    "STAYDOWN_ACCOUNTS_CAP": "3",
    "STAYDOWN_NOTICES_A_DAY": "50",
    "STAYDOWN_BLOCKS_REMOVED": "no",
    "STAYDOWN_ON_UNSCREENED": "publish",
    "STAYDOWN_MAX_UPLOAD_BYTES": "1000",
    "STAYDOWN_MAX_PIXELS": "2000",
    "STAYDOWN_THREADS": "2",
    "STAYDOWN_REQUESTS_PER_MINUTE": "60",
    "STAYDOWN_DARKROOM": "/run/staydown/darkroom",
    "STAYDOWN_DECODERS": "4",
    "STAYDOWN_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
    "STAYDOWN_CHECKPOINT_KEY_FILE": "/etc/staydown/checkpoints",
    "STAYDOWN_LEDGER_FILE": "/srv/elsewhere/forgotten",
    "STAYDOWN_CHECKPOINT_HOURS": "24",
    "STAYDOWN_TIMESTAMP_URL": "https://tsa.example/",
    "STAYDOWN_TIMESTAMP_CERTIFICATES": "/etc/staydown/tsa.pem",
    "STAYDOWN_REGIMES": "us-take-it-down, eu-dsa, eu-dsa",
    "STAYDOWN_TERMS": "Community rules, section 4",
    "STAYDOWN_TERMS_URL": "https://forum.example/terms",
    "STAYDOWN_APPEAL_MONTHS": "12",
    "STAYDOWN_REVEALS_A_DAY": "5",
    "STAYDOWN_REVEAL_SECONDS": "7",
    "STAYDOWN_REVEAL_NEEDS_CODE": "1",
    "STAYDOWN_UNSAFE_PASSWORD_ALONE": "1",
    "STAYDOWN_OWN_SITES": "Forum.example, pictures.example",
    "STAYDOWN_NAME": "Forum Example",
    "STAYDOWN_CONTACT": "help@forum.example",
    "STAYDOWN_COLOUR": "#6A1B9A",
    "STAYDOWN_EXIT_URL": "https://news.example/sport?today=1",
    "STAYDOWN_WEBHOOK": "https://forum.example/hooks/staydown",
    "STAYDOWN_SITE": "https://report.forum.example",
    "STAYDOWN_SMTP": "smtps://staydown@mail.forum.example",
    "STAYDOWN_SMTP_PASSWORD_FILE": "/etc/staydown/smtp",
    "STAYDOWN_SMTP_CERTIFICATES": "/etc/staydown/mail.pem",
    "STAYDOWN_MAIL_FROM": "post@forum.example",
    "STAYDOWN_EXISTING": "https://media.example/list",
    "STAYDOWN_FETCH_FROM": "https://media.example, https://.cdn.example:8443",
    "STAYDOWN_UNSAFE_FETCH_NETWORKS": "10.0.0.0/8",
    "STAYDOWN_UNSAFE_SINGLE_REVIEWER": "1",
}


def test_every_setting_can_be_set() -> None:
    default, changed = read_settings(HOME), read_settings(GIVEN)

    unchanged = {
        field.name
        for field in fields(Settings)
        if getattr(default, field.name) == getattr(changed, field.name)
    }
    assert unchanged == set()
    assert changed.hosts == ("a.example", "b.example")
    assert changed.trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8")
    assert changed.rules.law.regimes == ("us-take-it-down", "eu-dsa")
    assert changed.on_unscreened is Action.PUBLISH


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("STAYDOWN_HOLD_HOURS", "two days", "STAYDOWN_HOLD_HOURS: must be a whole number above 0"),
        ("STAYDOWN_HOLD_CAP", "0", "STAYDOWN_HOLD_CAP: must be a whole number above 0"),
        ("STAYDOWN_BLOCKS_REMOVED", "", "STAYDOWN_BLOCKS_REMOVED: must be true or false"),
        ("STAYDOWN_ON_UNSCREENED", "hold", "STAYDOWN_ON_UNSCREENED: must be unscreened or publish"),
        (
            "STAYDOWN_TRUSTED_PROXIES",
            "proxy.example",
            "STAYDOWN_TRUSTED_PROXIES: name addresses or networks, not 'proxy.example'",
        ),
        (
            "STAYDOWN_TIMESTAMP_URL",
            "ftp://tsa.example",
            "STAYDOWN_TIMESTAMP_URL: must begin with https:// or http://",
        ),
        (
            "STAYDOWN_REGIMES",
            "us-take-it-down,atlantis",
            "STAYDOWN_REGIMES: 'atlantis' is none of au-osa, eu-2024-1385, eu-dsa, in-it-rules, "
            "kr-tba, sg-osraa, uk-osa, us-take-it-down",
        ),
        (
            "STAYDOWN_EXIT_URL",
            "http://news.example",
            "STAYDOWN_EXIT_URL: must be the address of a page, and begin with https://",
        ),
        (
            "STAYDOWN_EXIT_URL",
            "",
            "STAYDOWN_EXIT_URL: must be the address of a page, and begin with https://",
        ),
        (
            "STAYDOWN_OWN_SITES",
            "https://forum.example/",
            "STAYDOWN_OWN_SITES: name hosts such as forum.example, not 'https://forum.example/'",
        ),
        ("STAYDOWN_COLOUR", "blue", "STAYDOWN_COLOUR: must be a colour such as #1c5650"),
        ("STAYDOWN_HOLD_HUORS", "24", "unknown settings: STAYDOWN_HOLD_HUORS"),
    ],
)
def test_what_cannot_be_read_stops_the_program(variable: str, value: str, said: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        read_settings({variable: value, **HOME})

    assert str(refusal.value) == said
