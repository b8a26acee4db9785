"""The operator's commands, run as an operator runs them."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.serving.server import command, run, serving

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
    assert command(data, "audit", "verify").startswith("The audit chain is whole: 3 entries")

    with sqlite3.connect(data / "staydown.sqlite3") as database:
        database.execute("UPDATE storage_auditrow SET by = 'commend_line' WHERE number = 1")

    assert refusal(data, "audit", "verify") == (
        2,
        "staydown: audit entry 1 was changed after it was written",
    )


def test_the_chain_is_handed_out_and_checked_without_the_installation(
    data: Path, tmp_path: Path
) -> None:
    command(data, "user", "add", "kim")
    checkpoint = tmp_path / "held.json"
    checkpoint.write_text(command(data, "audit", "checkpoint") + "\n")

    told = command(data, "audit", "export", str(tmp_path / "export"))

    key = told.rsplit(" ", 1)[1].rstrip(".")
    given = (str(tmp_path / "export"), "--key", key, "--checkpoint", str(checkpoint))
    said = command(tmp_path / "nothing", "audit", "verify", *given)
    assert said.splitlines()[1:] == [
        "Signed up to entry 2, by a key you named.",
        "Timestamps were not checked: name an authority's certificate (--authority).",
    ]
    assert not (tmp_path / "nothing").exists()

    chain = tmp_path / "export" / "chain.jsonl"
    chain.write_text(chain.read_text().replace('"by":"command_line"', '"by":"somebody"', 1))
    assert refusal(data, "audit", "verify", *given) == (
        2,
        "staydown: audit entry 1 was changed after it was written",
    )


def test_who_was_removed_cannot_be_invited_again(data: Path) -> None:
    command(data, "user", "add", "kim")
    command(data, "user", "remove", "kim")

    assert refusal(data, "user", "invite", "kim") == (2, "staydown: there is no person named kim")


def test_a_backup_made_while_the_server_runs_comes_back_on_another_machine(
    data: Path, tmp_path: Path
) -> None:
    secret = command(data, "key", "add", "forum", "--scope", "screen")
    with serving(data):
        written = command(data, "backup", str(tmp_path / "backup"))
    [key] = data.with_name("home").joinpath(".config", "staydown").glob("*.key")
    assert command(data, "keys", "drill", "--copy", str(key)).endswith("opens all of it.")
    elsewhere = tmp_path / "elsewhere" / "data"
    backup = written.splitlines()[0]

    assert refusal(elsewhere, "restore", backup)[1].startswith("staydown: the master key is not at")
    place = command(elsewhere, "keys", "show").splitlines()[0].split(" in ")[1].rstrip(".")
    shutil.copy(key, place)
    shutil.copy(f"{key}.checkpoints", f"{place}.checkpoints")
    assert "there is no ledger" in refusal(elsewhere, "restore", backup)[1]
    told = command(elsewhere, "restore", backup, "--unsafe-without-ledger")

    assert "each of which opens" in told
    assert command(elsewhere, "audit", "verify").startswith("The audit chain is whole: ")
    assert "not empty" in refusal(elsewhere, "restore", backup, "--unsafe-without-ledger")[1]
    assert secret not in Path(backup).read_text()


def test_the_master_key_lies_in_the_configuration_folder_for_its_owner_only(data: Path) -> None:
    command(data, "audit", "verify")

    [key] = data.with_name("home").joinpath(".config", "staydown").glob("*.key")
    assert re.fullmatch(r"data-[0-9a-f]{12}\.key", key.name)
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in data.iterdir()) == ["staydown.sqlite3"]
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_lost_master_key_is_asked_for_and_never_replaced(data: Path) -> None:
    command(data, "audit", "verify")
    [key] = data.with_name("home").joinpath(".config", "staydown").glob("*.key")
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
