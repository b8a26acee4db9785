"""The audit chain in rows. Whoever appends locks the head: entries follow without gaps.

The head lies in a row of its own: cutting off the end of the chain breaks it, unless the head is
rewritten too. Only a checkpoint that somebody else holds shows that.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Q

from staydown.audit.chain import GENESIS, Entry, Head, Intact, append, verify
from staydown.audit.entries import Fact, as_json, from_json
from staydown.casework.auditing import Question
from staydown.digests import Digest, canonical
from staydown.errors import SealBroken
from staydown.ids import ActorId
from staydown.storage.models import AuditHeadRow, AuditRow
from staydown.storage.transactions import locked

HEAD = 1
PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseJournal:
    """The journal of `casework.ports`."""

    def append(self, fact: Fact, *, by: ActorId, at: datetime) -> None:
        """Add one fact at the end, in the transaction that is open."""
        row, _ = locked(AuditHeadRow.objects.all()).get_or_create(
            pk=HEAD, defaults={"digest": GENESIS}
        )
        head = Head(length=row.length, digest=Digest(row.digest))
        entry = append(head, fact, by=by, at=at)
        AuditRow.objects.create(
            number=entry.number,
            at=entry.at.isoformat(timespec="microseconds"),
            by=entry.by,
            previous=entry.previous,
            fact=canonical(as_json(entry.fact)).decode(),
            digest=entry.digest,
        )
        row.length, row.digest = entry.number, entry.digest
        row.save()

    def entries(self) -> Iterator[Entry]:
        """The chain, first entry first, read as it is walked.

        Raises SealBroken where it cannot be read.
        """
        number = 0
        try:
            for row in _rows():
                number = row.number
                yield _entry(row)
        except (ValueError, DatabaseError) as error:
            raise SealBroken(f"audit entry {number or 1} cannot be read: it was changed") from error

    def search(self, question: Question, most: int) -> tuple[Entry, ...]:
        """The entries that it asks for, last first, at most so many. Raises SealBroken."""
        rows = AuditRow.objects.order_by("-number")
        if question.before is not None:
            rows = rows.filter(number__lt=question.before)
        if question.kind:
            rows = rows.filter(fact__contains=f'"fact":"{question.kind}"')
        if question.about:
            is_named = Q(by=question.about) | Q(fact__contains=f':"{question.about}"')
            rows = rows.filter(is_named)
        try:
            return tuple(_entry(row) for row in rows[:most])
        except ValueError as error:
            raise SealBroken("an audit entry cannot be read: it was changed") from error

    def head(self) -> Head:
        """Where the chain ends."""
        row = AuditHeadRow.objects.filter(pk=HEAD).first()
        return Head(length=row.length, digest=Digest(row.digest)) if row else Head()

    def verify(self) -> Intact:
        """Walk the chain and compare its end with the head.

        Raises SealBroken, naming the first break.
        """
        intact = verify(self.entries())
        head = self.head()
        if intact.length != head.length:
            raise SealBroken(f"audit entry {min(intact.length, head.length) + 1} is missing")
        if intact.head != head.digest:
            raise SealBroken(f"audit entry {head.length} is not the one the chain ended with")
        return intact


def _rows() -> Iterator[AuditRow]:
    """The rows in their order, a page at a time: no cursor stays open if the walk ends early."""
    last = 0
    while page := list(AuditRow.objects.filter(number__gt=last).order_by("number")[:PAGE]):
        yield from page
        last = page[-1].number


def _entry(row: AuditRow) -> Entry:
    """Raises ValueError where the row holds what nobody could have written."""
    fact = json.loads(row.fact)
    if not isinstance(fact, dict):
        raise ValueError("not a fact")
    return Entry(
        number=row.number,
        at=datetime.fromisoformat(row.at),
        by=ActorId(row.by),
        previous=Digest(row.previous),
        fact=from_json(fact),
        digest=Digest(row.digest),
    )
