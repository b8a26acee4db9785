"""Who works on which case, in rows that end by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from staydown.casework.claiming import Claim
from staydown.ids import ActorId, CaseId
from staydown.storage.models import ClaimRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseClaims:
    """The claims of `casework.claiming`."""

    def holders(self, at: datetime) -> Mapping[CaseId, Claim]:
        """Who works on what."""
        rows = ClaimRow.objects.filter(until__gt=at, is_passed=False)
        return {CaseId(row.case_id): _claim_of(row) for row in rows}

    def passed_by(self, person: ActorId, at: datetime) -> frozenset[CaseId]:
        """What somebody handed over."""
        rows = ClaimRow.objects.filter(by=person, until__gt=at, is_passed=True)
        return frozenset(map(CaseId, rows.values_list("case_id", flat=True)))

    def keep(self, claim: Claim) -> None:
        """Write one, in the place of what that person had in that case."""
        ClaimRow.objects.update_or_create(
            case_id=claim.case,
            by=claim.by,
            defaults={"until": claim.until, "is_passed": claim.is_passed},
        )

    def drop(self, person: ActorId, at: datetime) -> None:
        """That person works on nothing any more; what had ended by then goes."""
        ClaimRow.objects.filter(Q(by=person, is_passed=False) | Q(until__lte=at)).delete()


def _claim_of(row: ClaimRow) -> Claim:
    return Claim(
        case=CaseId(row.case_id), by=ActorId(row.by), until=row.until, is_passed=row.is_passed
    )
