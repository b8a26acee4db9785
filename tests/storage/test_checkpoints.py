"""Checkpoints are made when they are due, timestamped by an authority, and handed out."""

from tests.timed import MORNING, House, reopen, wait  # isort: skip -- sets Django up

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from staydown.assembly.checkpointing import Checkpointing
from staydown.audit.entries import CaseOpened
from staydown.audit.keeping import AuditExported
from staydown.audit.verify import Auditor, verify_export
from staydown.authority import Authority
from staydown.casework.people import Role
from staydown.clock import SetClock
from staydown.digests import sha256
from staydown.errors import BadRequest, Misconfigured, SealBroken, Unanswered
from staydown.ids import ActorId, CaseId
from staydown.jobs.witnessing import keep_witnessing
from staydown.sealing.signing import SigningKey
from staydown.settings import Settings
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import AuditHeadRow, AuditRow, CheckpointRow
from staydown.storage.transactions import atomically
from staydown.timestamps import Authorities, read_authorities
from tests.tsa import Tsa, make_tsa, openssl, serving_tsa


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture(scope="module")
def address(tsa: Tsa) -> Iterator[str]:
    with serving_tsa(tsa) as address:
        yield address


@pytest.fixture
def clock() -> SetClock:
    """The machine's present: an authority has no other."""
    return SetClock(shows=datetime.now(UTC))  # noqa: TID251 -- see above


@pytest.fixture
def checkpoints(house: House, tsa: Tsa, address: str) -> Checkpointing:
    """Of a chain of one entry, with an authority that answers."""
    house.people.add("kim", Role.REVIEWER)
    authority = Authority(url=address, believed=believing(tsa))
    return replace(house.checkpoints, authority=authority)


def believing(tsa: Tsa) -> Authorities:
    return read_authorities(tsa.certificate.read_bytes())


def stamped() -> list[tuple[int, bool]]:
    rows = CheckpointRow.objects.order_by("length")
    return [(row.length, row.stamp is not None) for row in rows]


def test_one_is_made_at_once_and_again_when_the_chain_grew_and_the_time_came(
    house: House, checkpoints: Checkpointing, clock: SetClock
) -> None:
    checkpoints.keep_up()
    house.people.add("lee", Role.REVIEWER)
    checkpoints.keep_up()
    assert stamped() == [(1, True)]

    wait(clock, hours=1)
    checkpoints.keep_up()
    wait(clock, hours=1)
    checkpoints.keep_up()  # the chain did not grow

    assert stamped() == [(1, True), (2, True)]


def test_an_empty_chain_gets_none(house: House) -> None:
    house.checkpoints.keep_up()

    assert stamped() == []


def test_the_authority_is_sent_a_digest_and_nothing_else(
    checkpoints: Checkpointing, tsa: Tsa
) -> None:
    checkpoints.keep_up()

    [each] = checkpoints.shelf.all()
    asked = tsa.asked[-1]
    assert bytes.fromhex(sha256(each.signed.written())) in asked
    assert len(asked) < 80  # so there is room for the digest, a nonce, and "with your certificate"
    assert each.signed.checkpoint.head.encode() not in asked
    assert bytes.fromhex(each.signed.checkpoint.head) not in asked


def test_an_authority_that_is_away_delays_nothing_and_is_asked_again(
    checkpoints: Checkpointing, clock: SetClock, tsa: Tsa, address: str
) -> None:
    away = Authority(url="http://127.0.0.1:9/", believed=believing(tsa))
    replace(checkpoints, authority=away).keep_up()
    assert stamped() == [(1, False)]
    assert checkpoints.shelf.unstamped_since() == clock.now()

    checkpoints.keep_up()
    assert stamped() == [(1, False)]  # not at once

    wait(clock, minutes=1)
    checkpoints.keep_up()
    assert stamped() == [(1, True)]
    assert checkpoints.shelf.unstamped_since() is None


def test_an_answer_that_does_not_hold_is_not_kept(
    checkpoints: Checkpointing, tmp_path: Path, address: str
) -> None:
    stranger = make_tsa(tmp_path / "stranger")
    fooled = Authority(url=address, believed=believing(stranger))

    replace(checkpoints, authority=fooled).keep_up()

    assert stamped() == [(1, False)]
    with pytest.raises(SealBroken, match="the timestamp does not hold"):
        fooled.stamp(b"anything")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[::1/"])
def test_an_address_where_nobody_answers_is_said(url: str, tsa: Tsa) -> None:
    with pytest.raises(Unanswered):
        Authority(url=url, believed=believing(tsa)).stamp(b"anything")


def test_what_is_handed_out_is_whole_and_openssl_accepts_it(
    house: House, checkpoints: Checkpointing, tsa: Tsa, tmp_path: Path
) -> None:
    checkpoints.keep_up()
    house.people.add("lee", Role.REVIEWER)
    auditor = Auditor(keys=frozenset({checkpoints.key.public}), authorities=believing(tsa))

    checkpoints.export(tmp_path / "export")

    verified = verify_export(tmp_path / "export", auditor)
    assert (verified.length, verified.signed, verified.stamped) == (2, 2, 1)
    [stamp] = (tmp_path / "export" / "checkpoints").glob("*.tsr")
    statement = str(stamp.with_suffix(".json"))
    given = ("-data", statement, "-in", str(stamp), "-CAfile", str(tsa.certificate))
    assert "Verification: OK" in openssl(tmp_path, "ts", "-verify", *given)
    *_, last = house.journal.entries()
    assert last.fact == AuditExported(head=verified.head)


def test_what_is_there_is_not_written_over(checkpoints: Checkpointing, tmp_path: Path) -> None:
    checkpoints.export(tmp_path / "export")

    with pytest.raises(BadRequest, match="is there already"):
        checkpoints.export(tmp_path / "export")


def rewrite_history() -> None:
    """Another chain of the same length, with a head that fits: whoever has the database can."""
    AuditRow.objects.all().delete()
    AuditHeadRow.objects.all().delete()
    with atomically():
        fact = CaseOpened(case=CaseId("case_9"))
        DatabaseJournal().append(fact, by=ActorId("reviewer_bob"), at=MORNING)


def test_history_that_was_rewritten_with_its_head_is_seen_by_the_checkpoints(
    house: House, checkpoints: Checkpointing
) -> None:
    checkpoints.keep_up()
    rewrite_history()
    assert house.journal.verify().length == 1  # the rows alone do not show it

    with pytest.raises(SealBroken, match="^audit entry 1 is not the one of its checkpoint$"):
        checkpoints.check()


def test_an_end_that_was_cut_off_with_its_head_is_seen_by_the_checkpoints(
    checkpoints: Checkpointing,
) -> None:
    checkpoints.keep_up()
    AuditRow.objects.all().delete()
    AuditHeadRow.objects.all().delete()

    with pytest.raises(SealBroken, match="^audit entries are missing that checkpoint 1 covers$"):
        checkpoints.check()


def test_a_checkpoint_by_another_key_is_seen(checkpoints: Checkpointing) -> None:
    replace(checkpoints, key=SigningKey(seed=b"x" * 32)).keep_up()

    with pytest.raises(SealBroken, match="^checkpoint 1 is signed by another key than ours$"):
        checkpoints.check()


def test_a_lost_checkpoint_key_is_asked_for_and_never_replaced(
    checkpoints: Checkpointing, settings: Settings, clock: SetClock
) -> None:
    checkpoints.keep_up()
    settings.checkpoint_key_file.unlink()

    with pytest.raises(Misconfigured, match="the checkpoint key is not at"):
        reopen(settings, clock)
    assert not settings.checkpoint_key_file.exists()


def test_an_authority_without_anything_to_believe_it_by_is_refused(
    house: House, settings: Settings, clock: SetClock, tmp_path: Path, tsa: Tsa
) -> None:
    named = replace(settings, timestamp_url="https://tsa.example/")
    empty = tmp_path / "empty.pem"
    empty.touch()

    with pytest.raises(Misconfigured, match="needs STAYDOWN_TIMESTAMP_CERTIFICATES"):
        reopen(named, clock)
    with pytest.raises(Misconfigured, match="empty.pem: not a file of certificates in PEM"):
        reopen(replace(named, timestamp_certificates=empty), clock)
    with pytest.raises(Misconfigured, match="gone.pem: it cannot be read"):
        reopen(replace(named, timestamp_certificates=tmp_path / "gone.pem"), clock)
    reopen(replace(named, timestamp_certificates=tsa.certificate), clock)


class Ends:
    """A witness that fails, and then has the thread end."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.looks = 0

    def keep_up(self) -> None:
        self.looks += 1
        if self.looks == 2:
            self.stop.set()
        raise RuntimeError


def test_a_failure_does_not_end_the_thread_that_makes_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("staydown.jobs.witnessing.LOOK_SECONDS", 0.01)
    witness = Ends()

    keep_witnessing(witness, witness.stop)

    assert witness.looks == 2
