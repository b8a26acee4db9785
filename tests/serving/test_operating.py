"""The operator's commands, run as an operator runs them."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.serving.server import command, run

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def refusal(data: Path, *words: str) -> tuple[int, str]:
    """The exit code and what is said on standard error."""
    ran = run(data, *words)
    return ran.returncode, ran.stderr.strip()


def test_somebody_is_added_and_gets_a_link(data: Path) -> None:
    link = command(data, "user", "add", "kim", "--role", "reviewer")

    assert link.startswith("http://127.0.0.1:8000/desk/sign-in?token=")
    assert command(data, "user", "invite", "kim") != link
    assert refusal(data, "user", "add", "kim") == (
        2,
        "staydown: there is a person named kim already",
    )


def test_a_key_is_made_and_revoked(data: Path) -> None:
    assert command(data, "key", "add", "forum", "--scope", "screen").startswith("staydown_")
    assert command(data, "key", "revoke", "forum") == ""
    assert refusal(data, "key", "revoke", "forum") == (2, "staydown: no such key")


def test_a_webhooks_secret_is_made_and_nothing_is_undelivered(data: Path) -> None:
    first, second = (command(data, "webhook", "secret") for _ in range(2))

    assert first.startswith("whsec_")
    assert len({first, second}) == 2
    assert command(data, "webhook", "undelivered", "--again") == ""


def test_one_byte_of_the_chain_is_flipped_and_the_break_is_named(data: Path) -> None:
    command(data, "key", "add", "forum", "--scope", "screen")
    command(data, "user", "add", "kim")
    assert command(data, "audit", "verify").startswith("The audit chain is whole: 2 entries")

    with sqlite3.connect(data / "staydown.sqlite3") as database:
        database.execute("UPDATE storage_auditrow SET by = 'commend_line' WHERE number = 1")

    assert refusal(data, "audit", "verify") == (
        2,
        "staydown: audit entry 1 was changed after it was written",
    )


def test_the_master_key_lies_in_the_configuration_folder_for_its_owner_only(data: Path) -> None:
    command(data, "audit", "verify")

    [key] = data.with_name("home").joinpath(".config", "staydown").iterdir()
    assert re.fullmatch(r"data-[0-9a-f]{12}\.key", key.name)
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in data.iterdir()) == ["staydown.sqlite3"]
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_lost_master_key_is_asked_for_and_never_replaced(data: Path) -> None:
    command(data, "audit", "verify")
    [key] = data.with_name("home").joinpath(".config", "staydown").iterdir()
    with sqlite3.connect(data / "staydown.sqlite3") as database:
        database.execute("INSERT INTO storage_datakeyrow VALUES ('notice_1', x'00')")
    key.unlink()

    said = refusal(data, "audit", "verify")

    assert said == (
        2,
        f"staydown: the master key is not at {key}, where it was looked for: "
        "put it back, or say in STAYDOWN_KEY_FILE where it is",
    )
    assert not key.exists()
