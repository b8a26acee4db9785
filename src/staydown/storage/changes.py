"""Making the changes of a decision, inside its transaction."""

from dataclasses import dataclass

from staydown.bank.entries import EntryStatus
from staydown.casework.changes import (
    Change,
    ConfirmEntry,
    ForgetEntry,
    ForgetNotice,
    ForgetOriginals,
    ForgetPicture,
    Forgetting,
    IssueCommand,
    QuarantineEntry,
    WriteToNotifier,
)
from staydown.ids import EntryId
from staydown.storage.bank import DatabaseBank, note_change
from staydown.storage.case_files import forget_reasons
from staydown.storage.deliveries import owe_telling
from staydown.storage.mails import owe_mail
from staydown.storage.models import CopyRow, EntryRow, MailRow, PlaceRow
from staydown.storage.rows import row_of_command
from staydown.storage.vault import DatabaseVault


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """Makes changes."""

    vault: DatabaseVault
    bank: DatabaseBank

    def make(self, change: Change) -> None:
        """Make one change in the transaction that is open."""
        match change:
            case IssueCommand(command=command):
                row_of_command(command).save(force_insert=True)
                owe_telling(command)
            case WriteToNotifier(case=case, at=at):
                owe_mail(case, at)
            case ConfirmEntry(entry=entry):
                _set_status(entry, EntryStatus.CONFIRMED)
            case QuarantineEntry(entry=entry):
                _set_status(entry, EntryStatus.QUARANTINED)
            case _:
                self._forget(change)

    def _forget(self, change: Forgetting) -> None:
        match change:
            case ForgetEntry(entry=entry):
                self.bank.forget(entry)
            case ForgetPicture(copy=subject):
                self.vault.forget(subject)
            case ForgetOriginals(case=subject):
                self.vault.forget(subject)
            case ForgetNotice(notice=subject):
                self.vault.forget(subject)
                forget_reasons(self.vault, subject)
                CopyRow.objects.filter(case__notice=subject).update(mark=None, pixels=None)
                PlaceRow.objects.filter(case__notice=subject).delete()
                MailRow.objects.filter(case__notice=subject).delete()


def _set_status(entry: EntryId, status: EntryStatus) -> None:
    EntryRow.objects.filter(id=entry).update(status=status)
    note_change()
