"""Looks under the cover in rows: the reveals of `casework.revealing`."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from staydown.casework.revealing import A_DAY, Reveal
from staydown.digests import Digest
from staydown.errors import NotFound
from staydown.ids import ActorId, CaseId, CopyId
from staydown.storage.models import RevealRow
from staydown.storage.transactions import locked


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseReveals:
    """The looks."""

    def keep(self, reveal: Reveal) -> None:
        """Write one, and forget those of two days ago."""
        RevealRow.objects.filter(at__lt=reveal.at - 2 * A_DAY).delete()
        RevealRow.objects.create(
            ticket=reveal.ticket,
            case_id=reveal.case,
            copy=reveal.copy,
            by=reveal.by,
            session=reveal.session,
            at=reveal.at,
            until=reveal.until,
            is_in_colour=reveal.is_in_colour,
        )

    def take(self, ticket: Digest) -> Reveal:
        """The look that the ticket is for; a ticket is good once. Raises NotFound."""
        with transaction.atomic():
            row = locked(RevealRow.objects.filter(ticket=ticket, is_used=False)).first()
            if row is None:
                raise NotFound("no such picture")
            RevealRow.objects.filter(ticket=ticket).update(is_used=True)
        return Reveal(
            ticket=Digest(row.ticket),
            case=CaseId(row.case_id),
            copy=CopyId(row.copy),
            by=ActorId(row.by),
            session=Digest(row.session),
            at=row.at,
            until=row.until,
            is_in_colour=row.is_in_colour,
        )

    def count(self, by: ActorId, since: datetime) -> int:
        """How many one person was allowed since then."""
        return RevealRow.objects.filter(by=by, at__gt=since).count()
