"""Looking back: once something new is known, what the platform shows already is looked up too.

All of it is looked through, page by page, by jobs, as if it had just been sent. What would have
been stopped is recorded in its case, by the same policy of its verdict, and the platform is asked
to hide it. Of everything else nothing is kept.
"""

from dataclasses import dataclass
from typing import Final

from staydown.casework.existing import Existing, Listed, LookingNotes
from staydown.casework.people import Platform, Scope
from staydown.casework.screening import Screening
from staydown.casework.uploads import Upload
from staydown.clock import Clock
from staydown.errors import BadRequest, NotFetched, Unreadable
from staydown.ids import ActorId

BACKWARDS: Final = Platform(id=ActorId("looking_back"), scopes=frozenset({Scope.SCREEN}))


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingBack:
    """Looks through what is public. Without a connector it is owed until there is one."""

    existing: Existing | None
    notes: LookingNotes
    screening: Screening
    clock: Clock

    def look(self) -> int:
        """Look through one page, if that is owed. Returns how many pictures were looked up.

        One that cannot be had or opened is counted and passed over. Raises NotFetched without the
        page, TooBusy, and whatever else goes wrong: the page then comes again later.
        """
        if self.existing is None:
            return 0
        progress = self.notes.begin(self.clock.now())
        if progress is None:
            return 0
        try:
            page = self.existing.page(progress.after)
            looked_up = [self._look_up(self.existing, one) for one in page.listed]
        except Exception:  # whatever it is, no picture may be passed over because of it
            self.notes.postpone(at=self.clock.now())
            raise
        unread = looked_up.count(False)
        self.notes.turn_page(progress, next=page.next, unread=unread)
        return len(looked_up) - unread

    def _look_up(self, existing: Existing, listed: Listed) -> bool:
        try:
            upload = Upload(
                data=existing.read(listed),
                content_ref=listed.content_ref,
                account_ref=listed.account_ref,
                is_public=True,
            )
            self.screening.screen(upload, by=BACKWARDS)
        except (NotFetched, Unreadable, BadRequest):
            return False
        return True
