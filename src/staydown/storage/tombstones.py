"""What was forgotten, and is still to be written into the ledger outside of the database.

The row is written in the transaction that forgets, and goes once the ledger has it: at least once.
"""

from collections.abc import Sequence

from staydown.storage.models import TombstoneRow

BATCH = 1000


def bury(subject: str) -> None:
    """Have `subject` written into the ledger: the id of what may never come back."""
    TombstoneRow.objects.get_or_create(subject=subject)


def waiting_tombstones() -> Sequence[str]:
    """Some that the ledger does not have yet."""
    return list(TombstoneRow.objects.order_by("pk").values_list("subject", flat=True)[:BATCH])


def are_written(subjects: Sequence[str]) -> None:
    """The ledger has them now."""
    TombstoneRow.objects.filter(subject__in=subjects).delete()
