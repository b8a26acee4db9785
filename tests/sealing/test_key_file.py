"""The file that holds the master key: made once, never overwritten, never readable by others."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from staydown.errors import Misconfigured
from staydown.sealing.envelope import MasterKey
from staydown.sealing.key_file import make_key_file, read_key_file


def test_the_key_that_was_made_is_the_key_that_is_read(tmp_path: Path) -> None:
    made = make_key_file(tmp_path / "keys" / "master.key")

    assert read_key_file(tmp_path / "keys" / "master.key") == made


def test_only_the_owner_can_read_what_was_made(tmp_path: Path) -> None:
    make_key_file(tmp_path / "keys" / "master.key")

    assert (tmp_path / "keys" / "master.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    made = make_key_file(path)

    with pytest.raises(Misconfigured, match="never overwritten"):
        make_key_file(path)
    assert read_key_file(path) == made


def test_of_many_who_make_it_at_once_one_does_and_nobody_sees_it_in_part(tmp_path: Path) -> None:
    path, ready = tmp_path / "master.key", Barrier(8)

    def make_or_read() -> MasterKey:
        ready.wait()
        try:
            return make_key_file(path)
        except Misconfigured:
            return read_key_file(path)

    with ThreadPoolExecutor(8) as pool:
        keys = [one.result() for one in [pool.submit(make_or_read) for _ in range(8)]]

    assert keys == [read_key_file(path)] * 8
    assert list(tmp_path.iterdir()) == [path]


def test_where_no_file_can_be_made_it_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Misconfigured, match=r"cannot be made: File exists$"):
        make_key_file(tmp_path / "file" / "master.key")


def test_a_key_that_others_can_read_is_refused_with_the_way_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    make_key_file(path)
    path.chmod(0o640)

    with pytest.raises(Misconfigured, match=r"can be read by others: chmod 600 it$"):
        read_key_file(path)


DAMAGED = {
    "empty": (b"", "is not a master key file"),
    "another file": (b"hello\nworld\n", "is not a master key file"),
    "not base64": (b"staydown master key 1\n!!!!\n", "the master key is damaged"),
    "too short": (b"staydown master key 1\nQUJD\n", "the master key has the wrong length"),
    "not text": (b"\xff\xfe\x00", "the master key cannot be read"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_key_file_is_named_and_not_used(damage: str, tmp_path: Path) -> None:
    content, message = DAMAGED[damage]
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(Misconfigured, match=message) as refused:
        read_key_file(path)
    assert str(path) in str(refused.value)


def test_a_missing_key_file_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_key_file(tmp_path / "master.key")
    assert not (tmp_path / "master.key").exists()
