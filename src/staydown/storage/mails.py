"""Letters that are owed, one row a case; the address is not in it, but sealed with the notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from staydown.casework.writing import OwedMail
from staydown.ids import CaseId
from staydown.storage.models import MailRow


def owe_mail(case: CaseId, at: datetime) -> None:
    """Have its notifier written to, once the transaction that is open is durable."""
    owed = {"owed_at": at, "due_at": at, "attempts": 0}
    MailRow.objects.update_or_create(case_id=case, defaults=owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseMails:
    """The mails of `casework.writing`."""

    def due(self, at: datetime) -> Sequence[OwedMail]:
        """Those to be sent now, the longest owed first."""
        rows = MailRow.objects.filter(due_at__lte=at).order_by("owed_at")
        return [_mail_of(row) for row in rows]

    def done(self, mail: OwedMail) -> None:
        """It is owed no more, unless something happened since."""
        MailRow.objects.filter(case_id=mail.case, owed_at=mail.owed_at).delete()

    def failed(self, mail: OwedMail, *, again_at: datetime | None) -> None:
        """Due again then, or put aside."""
        rows = MailRow.objects.filter(case_id=mail.case, owed_at=mail.owed_at)
        rows.update(attempts=F("attempts") + 1, due_at=again_at)

    def drop_all(self) -> None:
        """None is owed: nobody here writes."""
        MailRow.objects.all().delete()

    def put_aside(self) -> Sequence[OwedMail]:
        """Letters that never came, and are not tried any more: the oldest first."""
        return [_mail_of(row) for row in MailRow.objects.filter(due_at=None).order_by("owed_at")]

    def try_again(self, at: datetime) -> int:
        """Have all that was put aside sent from now on. Returns how many there are."""
        return MailRow.objects.filter(due_at=None).update(due_at=at, attempts=0)


def _mail_of(row: MailRow) -> OwedMail:
    return OwedMail(case=CaseId(row.case_id), owed_at=row.owed_at, attempts=row.attempts)
