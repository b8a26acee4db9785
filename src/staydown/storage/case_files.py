"""Case files that were asked for, in rows; why is sealed under a key of its own."""

from dataclasses import dataclass

from staydown.casework.case_files import CaseFile, FileState
from staydown.casework.reasons import Reason
from staydown.ids import ActorId, CaseFileId, CaseId, NoticeId
from staydown.storage.models import CaseFileRow
from staydown.storage.reasons import open_reason_of, open_reasons
from staydown.storage.transactions import locked
from staydown.storage.vault import DatabaseVault

WHY = "why"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseCaseFiles:
    """The shelf."""

    vault: DatabaseVault

    def keep(self, file: CaseFile, reason: Reason) -> None:
        """Keep a fresh one."""
        CaseFileRow.objects.create(
            file=file.id,
            case_id=file.case,
            state=file.state,
            names_notifier=file.names_notifier,
            asked_by=file.asked_by,
            asked_at=file.asked_at,
        )
        self.vault.put(file.id, WHY, reason.salt + reason.text.encode())

    def last(self, case: CaseId) -> CaseFile | None:
        """The one that was asked for last in a case, locked inside a transaction."""
        row = locked(CaseFileRow.objects.filter(case_id=case)).order_by("-number").first()
        return _file_of(row) if row else None

    def asked(self) -> tuple[CaseFile, ...]:
        """Those that nobody agreed to or refused, oldest first; some may be too old."""
        rows = CaseFileRow.objects.filter(state=FileState.ASKED).order_by("number")
        return tuple(_file_of(row) for row in rows)

    def decide(self, file: CaseFile) -> None:
        """Write who agreed or refused."""
        CaseFileRow.objects.filter(file=file.id).update(
            state=file.state, decided_by=file.decided_by, decided_at=file.decided_at
        )

    def reason(self, file: CaseFile) -> Reason | None:
        """Why it was asked for; None once the notice was taken back."""
        return open_reason_of(self.vault, file.id, WHY)

    def said(self, notice: NoticeId) -> tuple[Reason, ...]:
        """All reasons that were given about a notice, with their salts."""
        return open_reasons(self.vault, notice)


def forget_reasons(vault: DatabaseVault, notice: NoticeId) -> None:
    """Destroy why files of the case of that notice were asked for: it may say who is in it."""
    for file in CaseFileRow.objects.filter(case__notice=notice).values_list("file", flat=True):
        vault.forget(file)


def _file_of(row: CaseFileRow) -> CaseFile:
    return CaseFile(
        id=CaseFileId(row.file),
        case=CaseId(row.case_id),
        state=FileState(row.state),
        names_notifier=row.names_notifier,
        asked_by=ActorId(row.asked_by),
        asked_at=row.asked_at,
        decided_by=ActorId(row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
    )
