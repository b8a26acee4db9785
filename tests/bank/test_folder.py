"""A bank in a folder: nothing readable without its key, and nothing lost or half there after a
kill.
"""

from pathlib import Path

import pytest

from staydown.bank.entries import EntryRole
from staydown.bank.folder import FolderBank, open_bank
from staydown.clock import SetClock
from staydown.errors import BadBank, Misconfigured, SealBroken
from staydown.ids import EntryId
from tests.bank.test_bank import entry
from tests.engine.making import known
from tests.records import records_of
from tests.timed import MORNING


@pytest.fixture
def folder(tmp_path: Path) -> FolderBank:
    """An empty bank."""
    return reopened(tmp_path, is_new=True)


def reopened(tmp_path: Path, *, is_new: bool = False) -> FolderBank:
    """Another process's view of the bank."""
    clock = SetClock(shows=MORNING)
    return open_bank(tmp_path / "bank", clock, key_file=tmp_path / "key", is_new=is_new)


def test_another_process_sees_what_was_added_and_not_what_was_forgotten(
    folder: FolderBank, tmp_path: Path
) -> None:
    other = reopened(tmp_path)
    folder.add(entry(name="a picture", role=EntryRole.REMOVED), known())
    assert [record.entry.name for record in records_of(other)] == ["a picture"]

    folder.forget(EntryId("entry_a"))

    assert list(records_of(other)) == []


def test_no_file_of_the_folder_shows_anything_of_the_picture(
    folder: FolderBank, tmp_path: Path
) -> None:
    folder.add(entry(), known())
    assert known().proxy is not None

    kept = b"".join(path.read_bytes() for path in (tmp_path / "bank").iterdir())

    # The whole signature: three bytes of it come up by chance in what is encrypted.
    assert b"\x89PNG\r\n\x1a\n" not in kept
    assert known().fingerprint.features.descriptors.tobytes()[:64] not in kept
    assert known().fingerprint.file_digest.encode() not in kept


def test_without_its_key_a_bank_opens_nothing(folder: FolderBank, tmp_path: Path) -> None:
    folder.add(entry(), known())
    (tmp_path / "key").unlink()

    with pytest.raises(Misconfigured):
        reopened(tmp_path)


def test_another_key_opens_nothing(folder: FolderBank, tmp_path: Path) -> None:
    folder.add(entry(), known())
    stranger = open_bank(
        tmp_path / "other", SetClock(shows=MORNING), key_file=tmp_path / "key2", is_new=True
    )

    with pytest.raises(SealBroken):
        FolderBank(folder=folder.folder, master=stranger.master, clock=folder.clock).shelf()


def test_a_backup_of_a_forgotten_entry_without_its_key_shows_nothing(
    folder: FolderBank, tmp_path: Path
) -> None:
    folder.add(entry(), known())
    sealed = folder.path(EntryId("entry_a"), "sealed").read_bytes()
    listed = folder.path(EntryId("entry_a"), "entry").read_bytes()
    folder.forget(EntryId("entry_a"))

    folder.path(EntryId("entry_a"), "sealed").write_bytes(sealed)
    folder.path(EntryId("entry_a"), "entry").write_bytes(listed)

    assert list(records_of(reopened(tmp_path))) == []


def test_an_entry_cut_short_by_a_kill_is_not_listed(folder: FolderBank) -> None:
    """The list is written last: what lies there without a line in it was never acknowledged."""
    folder.add(entry(), known())
    folder.path(EntryId("entry_a"), "entry").unlink()

    assert list(records_of(folder)) == []


def test_a_folder_of_other_things_is_no_bank(tmp_path: Path) -> None:
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "holiday.txt").write_text("mine")

    with pytest.raises(BadBank, match="not empty and not a bank"):
        reopened(tmp_path, is_new=True)
    with pytest.raises(BadBank, match="is not a bank: make one with"):
        reopened(tmp_path)
