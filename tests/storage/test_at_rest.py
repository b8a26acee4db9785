"""What lies on the disk: a thief of the data folder learns nothing that is private."""

from tests.timed import DATABASE, House, new_reviewer  # isort: skip -- sets Django up

from django.db import connection

from staydown.bank.shelf import pack_known
from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Notifier, Scope
from staydown.ids import FormToken, new_secret
from staydown.storage.models import CopyRow, DataKeyRow
from tests.casework.making import AGREED
from tests.photographs import doctored, original
from tests.records import records_of
from tests.shortcuts import FORM
from tests.stories import PLACE, STATEMENT, hold_copy

REASON = "The middle was replaced by bricks."


def on_disk() -> bytes:
    """Every byte of the database and its write-ahead log, or of PostgreSQL's tables as text."""
    if connection.vendor == "sqlite":
        files = DATABASE.parent.glob(f"{DATABASE.name}*")
        return b"".join(path.read_bytes() for path in files)
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor)]
        held = b""
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 -- our own table names
            held += "\n".join(row[0] for row in cursor.fetchall()).encode()
        return held


def pieces(data: bytes) -> list[bytes]:
    """Runs of a file that would be found again wherever it lay in the clear."""
    return [data[start : start + 64] for start in range(0, len(data) - 64, 4096)]


def test_words_pictures_fingerprints_and_secrets_are_not_readable_on_the_disk(house: House) -> None:
    receipt, held = hold_copy(house)
    reviewer = new_reviewer(house)
    token = house.people.invite("kim")
    key = house.keys.make("forum", frozenset(Scope))
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason=REASON, by=reviewer
    )
    [record] = records_of(house.bank)
    private = [
        *(word.encode() for word in (STATEMENT, PLACE, REASON, "A Cat Lover")),
        *(word.encode() for word in (receipt.secret, token, key)),
        *pieces(original()),
        *pieces(doctored()),
        *pieces(pack_known(record.known)),
    ]

    disk = on_disk()

    assert receipt.case.encode() in disk  # so we do look at what was written
    assert [thing for thing in private if thing in disk] == []


def test_neither_a_forms_token_nor_the_secret_that_follows_is_on_the_disk(house: House) -> None:
    token = FormToken(new_secret())
    receipt = house.filing.file(FORM, [], token=token)
    assert isinstance(receipt, Receipt)

    disk = on_disk()

    assert receipt.case.encode() in disk
    assert [word for word in (token, receipt.secret) if word.encode() in disk] == []


def test_after_a_withdrawal_no_picture_is_shown_to_anybody(house: House) -> None:
    receipt, held = hold_copy(house)
    reviewer = new_reviewer(house)
    assert held.case and held.copy
    house.reviewing.decide_copy(
        held.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason=REASON, by=reviewer
    )

    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    assert [row.mark for row in CopyRow.objects.all()] == [None]
    view = house.cases.for_reviewer(receipt.case, reviewer)
    assert (view.told, view.entries) == (None, ())
    assert [past.reason for past in view.past] == [None]


def test_a_destroyed_key_does_not_linger_in_the_log_or_in_free_pages(house: House) -> None:
    receipt, _ = hold_copy(house)
    keys = [bytes(row.wrapped or b"") for row in DataKeyRow.objects.exclude(subject="marks")]
    if connection.vendor == "sqlite":
        assert [key for key in keys if key not in on_disk()] == []

    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    assert len(keys) == 4  # the notice, its originals, the entry, the found copy
    assert [key for key in keys if key in on_disk()] == []
