"""What holds about notifiers, in rows that name nobody; the reasons are sealed under the notice."""

from dataclasses import dataclass
from datetime import datetime

from staydown.casework.misuse import Measure, MeasureState
from staydown.casework.reasons import Reason
from staydown.digests import Digest
from staydown.ids import ActorId, CaseId, NoticeId
from staydown.storage.models import CaseRow, MeasureRow
from staydown.storage.reasons import open_words, seal_words
from staydown.storage.transactions import locked
from staydown.storage.vault import DatabaseVault

WHY = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseMeasures:
    """The shelf."""

    vault: DatabaseVault

    def of(self, mark: Digest, at: datetime) -> Measure | None:
        """What holds then, locked inside a transaction."""
        row = locked(MeasureRow.objects.filter(mark=mark, until__gt=at)).first()
        return _measure_of(row) if row else None

    def of_case(self, case: CaseId, at: datetime) -> Measure | None:
        """What was decided in that case and holds then."""
        row = MeasureRow.objects.filter(case_id=case, until__gt=at).first()
        return _measure_of(row) if row else None

    def keep(self, measure: Measure, reason: Reason) -> None:
        """Write what holds from now on, in the place of what held; drop what is over."""
        MeasureRow.objects.filter(until__lte=measure.since).delete()
        MeasureRow.objects.update_or_create(
            mark=measure.mark,
            defaults={
                "state": measure.state,
                "case_id": measure.case,
                "since": measure.since,
                "until": measure.until,
                "by": measure.by,
            },
        )
        seal_words(self.vault, _notice_of(measure), WHY, reason)

    def drop(self, mark: Digest) -> None:
        """Nothing holds any more."""
        MeasureRow.objects.filter(mark=mark).delete()

    def words(self, measure: Measure) -> str | None:
        """Why; None once it was destroyed with the notice."""
        return open_words(self.vault, _notice_of(measure), WHY)


def _measure_of(row: MeasureRow) -> Measure:
    return Measure(
        mark=Digest(row.mark),
        state=MeasureState(row.state),
        case=CaseId(row.case_id),
        since=row.since,
        until=row.until,
        by=ActorId(row.by),
    )


def _notice_of(measure: Measure) -> NoticeId:
    return NoticeId(CaseRow.objects.values_list("notice", flat=True).get(id=measure.case))
