"""What is sealed opens only where it belongs, and what is forgotten is gone."""

from tests.timed import House  # isort: skip -- sets Django up

import pytest

from staydown.errors import KeyGone, NotFound, SealBroken
from staydown.sealing.envelope import MasterKey
from staydown.sealing.masters import one_master
from staydown.storage.models import DataKeyRow, SealedRow
from staydown.storage.vault import DatabaseVault

MASTER = MasterKey(secret=b"m" * 32)
SECRET = b"the words of a notice"


@pytest.fixture
def vault(house: House) -> DatabaseVault:
    return DatabaseVault(masters=one_master(MASTER))


def test_what_was_put_is_opened_again(vault: DatabaseVault) -> None:
    vault.put("notice_1", "notice", SECRET)
    vault.put("notice_1", "salt", b"another")

    assert vault.open("notice_1", "notice") == SECRET
    assert vault.open("notice_1", "salt") == b"another"


def test_the_rows_do_not_hold_the_words(vault: DatabaseVault) -> None:
    vault.put("notice_1", "notice", SECRET)

    [row] = SealedRow.objects.all()
    assert SECRET not in bytes(row.sealed)


def test_another_master_key_opens_nothing(vault: DatabaseVault) -> None:
    vault.put("notice_1", "notice", SECRET)

    with pytest.raises(SealBroken):
        DatabaseVault(masters=one_master(MasterKey(secret=b"x" * 32))).open("notice_1", "notice")


def test_what_was_never_put_is_not_found(vault: DatabaseVault) -> None:
    vault.put("notice_1", "notice", SECRET)

    with pytest.raises(NotFound):
        vault.open("notice_1", "salt")
    with pytest.raises(NotFound):
        vault.open("notice_2", "notice")


def test_what_is_forgotten_is_gone_and_does_not_come_back(vault: DatabaseVault) -> None:
    vault.put("notice_1", "notice", SECRET)
    vault.put("notice_2", "notice", SECRET)

    vault.forget("notice_1")
    vault.forget("notice_1")

    with pytest.raises(KeyGone):
        vault.open("notice_1", "notice")
    with pytest.raises(KeyGone):
        vault.put("notice_1", "notice", SECRET)
    assert vault.open("notice_2", "notice") == SECRET
    assert [row.key_id for row in SealedRow.objects.all()] == ["notice_2"]


def test_a_backup_of_the_sealed_rows_shows_nothing_once_the_key_is_destroyed(
    vault: DatabaseVault,
) -> None:
    vault.put("notice_1", "notice", SECRET)
    [kept] = SealedRow.objects.all()

    vault.forget("notice_1")
    kept.save(force_insert=True)

    with pytest.raises(KeyGone):
        vault.open("notice_1", "notice")


def test_a_row_moved_to_another_place_does_not_open(vault: DatabaseVault) -> None:
    """A rogue administrator shows one person's picture in another person's case."""
    vault.put("copy_1", "picture", b"hers")
    vault.put("copy_2", "picture", b"his")
    hers, his = SealedRow.objects.order_by("key_id")

    SealedRow.objects.filter(pk=his.pk).update(sealed=hers.sealed)
    DataKeyRow.objects.filter(pk="copy_2").update(
        wrapped=DataKeyRow.objects.get(pk="copy_1").wrapped
    )

    with pytest.raises(SealBroken):
        vault.open("copy_2", "picture")


def test_a_mark_recognises_a_value_and_says_nothing_to_another_installation(
    vault: DatabaseVault,
) -> None:
    here = vault.mark(b"a picture")

    assert vault.mark(b"a picture") == here
    assert vault.mark(b"another") != here
    DataKeyRow.objects.all().delete()
    assert DatabaseVault(masters=one_master(MASTER)).mark(b"a picture") != here
