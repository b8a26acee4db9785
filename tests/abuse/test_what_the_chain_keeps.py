"""Somebody who has the audit chain for ever, and wants back what was taken back.

They have everything that is left, and try every way in which a chain could have kept it.
"""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

import hashlib
import hmac
from pathlib import Path

import pytest
from django.apps import apps

from staydown.audit.entries import CaseOpened, NoticeReceived, QueueViewed, StatusViewed
from staydown.bank.shelf import pack_known
from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Notifier, Person
from staydown.digests import canonical
from tests.casework.making import AGREED
from tests.photographs import doctored, original
from tests.records import records_of
from tests.stories import PLACE, PLATFORM, STATEMENT, hold_copy

REASON = "The middle was replaced by bricks."
REF, ACCOUNT, SIGNATURE = "post/8213/1", "account/77", "A Cat Lover"


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


def secrets_of(house: House, receipt: Receipt) -> dict[str, bytes]:
    """What must not come back, as the chain would have to hold it."""
    [record] = [each for each in records_of(house.bank)]
    return {
        "the statement": STATEMENT.encode(),
        "the link": PLACE.encode(),
        "what is committed to": canonical([STATEMENT, PLACE]),
        "who signed": SIGNATURE.encode(),
        "the reason": REASON.encode(),
        "the platform's reference": REF.encode(),
        "the secret": receipt.secret.encode(),
        "the original": original(),
        "the doctored copy": doctored(),
        "its fingerprint": str(record.known.fingerprint.pdq).encode(),
        "its digest": record.known.fingerprint.file_digest.encode(),
        "the digest of its pixels": record.known.fingerprint.pixel_digest.encode(),
        "all that is known of it": pack_known(record.known),
    }


def everything_left() -> list[bytes]:
    """Every value in every row: what could serve as the salt of a commitment."""
    left: list[bytes] = []
    for model in apps.get_app_config("storage").get_models():
        for row in model.objects.values_list():  # type: ignore[attr-defined]
            left += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    return left


def test_an_export_holds_nothing_of_what_was_forgotten(
    house: House, kim: Person, tmp_path: Path
) -> None:
    receipt, held = hold_copy(house)
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason=REASON, by=kim
    )
    forbidden = secrets_of(house, receipt)
    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    house.checkpoints.export(tmp_path / "export")
    exported = b"".join(p.read_bytes() for p in (tmp_path / "export").rglob("*") if p.is_file())

    assert receipt.case.encode() in exported  # so it does hold what happened
    for what, value in forbidden.items():
        assert value not in exported, what
        assert value.hex().encode() not in exported, what
        for digest in ("sha256", "sha1", "md5", "sha512"):
            assert hashlib.new(digest, value).hexdigest().encode() not in exported, what


def test_a_commitment_opens_with_its_salt_and_with_nothing_that_is_left(
    house: House, kim: Person
) -> None:
    receipt, held = hold_copy(house)
    content = canonical([STATEMENT, PLACE])
    [received] = [e.fact for e in house.journal.entries() if isinstance(e.fact, NoticeReceived)]
    salt = house.filing.vault.open(received.notice, "salt")
    assert hmac.new(salt, content, "sha256").hexdigest() == received.content

    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    assert salt not in everything_left()
    opened = [
        key
        for key in everything_left()
        if hmac.new(key, content, "sha256").hexdigest() == received.content
    ]
    assert opened == []


def test_every_looking_is_in_the_chain_under_the_name_of_who_looked(
    house: House, kim: Person
) -> None:
    receipt, _ = hold_copy(house)
    before = house.journal.verify().length

    house.cases.queue(kim)
    house.cases.for_platform(receipt.case, PLATFORM)
    house.cases.for_notifier(Notifier(case=receipt.case, secret=receipt.secret))

    notifier = house.reviewing.store.dossier(receipt.case).case.notifier
    looked = [(entry.fact, entry.by) for entry in [*house.journal.entries()][before:]]
    assert looked == [
        (QueueViewed(), kim.id),
        (CaseOpened(case=receipt.case), PLATFORM.id),
        (StatusViewed(case=receipt.case), notifier),
    ]
