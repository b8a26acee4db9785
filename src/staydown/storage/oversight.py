"""What a lead counts, in rows: `casework.overseeing`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from staydown.casework.appeals import AppealState
from staydown.casework.cases import Case
from staydown.casework.copies import CopyState
from staydown.engine.verdict import Verdict
from staydown.storage.cases import stopped_cases
from staydown.storage.models import AppealRow, CopyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseOversight:
    """The counts."""

    def stopped(self, since: datetime) -> Sequence[Case]:
        """Cases whose clock stopped since then, oldest first."""
        return stopped_cases(clock_stopped_at__gte=since)

    def found(self, since: datetime) -> Mapping[tuple[Verdict, CopyState], int]:
        """How many copies found since then have that verdict, and stand so."""
        rows = CopyRow.objects.filter(found_at__gte=since).values_list("verdict", "state")
        counted = rows.annotate(Count("number")).order_by()
        return {(Verdict(verdict), CopyState(state)): n for verdict, state, n in counted}

    def appeals(self, since: datetime) -> Mapping[AppealState, int]:
        """How many appeals filed since then stand so."""
        rows = AppealRow.objects.filter(filed_at__gte=since).values_list("state")
        return {AppealState(state): n for state, n in rows.annotate(Count("id")).order_by()}
