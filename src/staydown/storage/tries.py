"""Wrong tries at secrets and passwords, counted in rows that all processes share.

A row is a mark, made by whoever counts, and says nothing without their key; it goes when its time
is over.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from staydown.clock import Clock
from staydown.errors import TooMuch
from staydown.storage.models import TryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseTries:
    """Counts tries by their marks."""

    clock: Clock

    def so_far(self, mark: str) -> int:
        """How many tries count for that mark now."""
        row = TryRow.objects.filter(mark=mark, until__gt=self.clock.now()).first()
        return row.tries if row else 0

    def count(self, bounds: Mapping[str, int], *, until: datetime) -> None:
        """Count one try for each mark; a mark's first one says until when all of its tries count.

        Raises TooMuch if any mark has reached its bound; then none is counted.
        """
        with transaction.atomic():
            TryRow.objects.filter(until__lte=self.clock.now()).delete()
            for mark in sorted(bounds):  # one order, so that nobody waits for each other
                row, _ = TryRow.objects.select_for_update().get_or_create(
                    mark=mark, defaults={"tries": 0, "until": until}
                )
                if row.tries >= bounds[mark]:
                    raise TooMuch("too many wrong tries: please wait a quarter of an hour")
            TryRow.objects.filter(mark__in=bounds).update(tries=F("tries") + 1)

    def take_back(self, marks: Collection[str]) -> None:
        """The try was not wrong."""
        TryRow.objects.filter(mark__in=marks, tries__gt=0).update(tries=F("tries") - 1)
