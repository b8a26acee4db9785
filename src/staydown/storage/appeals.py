"""Appeals in rows, their words sealed under the notice they are about: the shelf of the ports."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from staydown.casework.appeals import Appeal, AppealState
from staydown.casework.reasons import Reason
from staydown.errors import NotAllowed, NotFound
from staydown.ids import AppealId, CaseId, CommandId, NoticeId
from staydown.storage.models import AppealRow, CaseRow
from staydown.storage.reasons import open_words, seal_words
from staydown.storage.rows import appeal_of, row_of_appeal
from staydown.storage.transactions import locked
from staydown.storage.vault import DatabaseVault


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAppeals:
    """The shelf."""

    vault: DatabaseVault

    def keep(self, appeal: Appeal, words: Reason) -> None:
        """Keep a fresh one. Raises NotAllowed where there was one before."""
        try:
            with transaction.atomic():
                row_of_appeal(appeal).save(force_insert=True)
        except IntegrityError as error:
            raise NotAllowed("there was an appeal before: each side has one") from error
        seal_words(self.vault, _notice_of(appeal), f"appeal/{appeal.id}", words)

    def appeal(self, id: AppealId) -> Appeal:
        """One, locked inside a transaction. Raises NotFound."""
        row = locked(AppealRow.objects.filter(id=id)).first()
        if row is None:
            raise NotFound("no such appeal")
        return appeal_of(row)

    def of_command(self, command: CommandId) -> Appeal | None:
        """The poster's appeal against what this command took down, if there is one."""
        row = AppealRow.objects.filter(command=command).first()
        return appeal_of(row) if row else None

    def of_notifier(self, case: CaseId) -> Appeal | None:
        """The notifier's appeal in a case, if there is one."""
        row = AppealRow.objects.filter(case_id=case, command=None).first()
        return appeal_of(row) if row else None

    def in_case(self, case: CaseId) -> tuple[Appeal, ...]:
        """Those of both sides, oldest first."""
        rows = AppealRow.objects.filter(case_id=case).order_by("filed_at", "id")
        return tuple(appeal_of(row) for row in rows)

    def waiting(self) -> tuple[Appeal, ...]:
        """Those that nobody decided, oldest first."""
        rows = AppealRow.objects.filter(state=AppealState.OPEN).order_by("filed_at")
        return tuple(appeal_of(row) for row in rows)

    def words(self, appeal: Appeal) -> str | None:
        """What was said in it; None once it was destroyed with the notice."""
        return open_words(self.vault, _notice_of(appeal), f"appeal/{appeal.id}")

    def answer(self, appeal: Appeal) -> str | None:
        """Why it was decided so; None before that, and once it was destroyed."""
        return open_words(self.vault, _notice_of(appeal), f"appeal/{appeal.id}/decided")

    def decide(self, appeal: Appeal, reason: Reason) -> None:
        """Write how it was decided, and why."""
        AppealRow.objects.filter(id=appeal.id).update(
            state=appeal.state, decided_at=appeal.decided_at, decided_by=appeal.decided_by
        )
        seal_words(self.vault, _notice_of(appeal), f"appeal/{appeal.id}/decided", reason)


def _notice_of(appeal: Appeal) -> NoticeId:
    return NoticeId(CaseRow.objects.values_list("notice", flat=True).get(id=appeal.case))
