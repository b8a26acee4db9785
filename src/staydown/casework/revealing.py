"""Looking under the cover where nothing can be decided without: rarely, shortly, never unnoticed.

A reviewer says why, and how often in a day is bounded. What they are given opens the picture once,
for a few seconds, in the session that asked for it; who and when is written into the picture. That
it was revealed is in the audit chain before it can be seen. Numbers of whoever works are told to
themselves alone: there is no list of people here.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from staydown.audit.duties import PictureRevealed
from staydown.casework.access import Permission, require_person
from staydown.casework.people import Person, Viewer
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.recording import open_found
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.digests import Digest, sha256
from staydown.engine.covering import drain_colour, fit_to_screen
from staydown.engine.darkroom import Darkroom
from staydown.engine.marking import write_over
from staydown.engine.pictures import encode_jpeg
from staydown.errors import KeyGone, NotAllowed, NotFound, TooMuch
from staydown.ids import ActorId, CaseId, CopyId, Randomness, new_secret

A_DAY: Final = timedelta(days=1)


class Why(StrEnum):
    """Why the cover is not enough."""

    FINDINGS = "findings"  # one of the three questions cannot be answered with it on
    COVER = "cover"  # it seems to lie in the wrong place
    SECOND = "second"  # to vouch for it as the second person
    APPEAL = "appeal"  # somebody appealed, and says what is under it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """One look that was allowed: whose, in which session, and until when. `ticket` is a digest."""

    ticket: Digest = field(repr=False)
    case: CaseId
    copy: CopyId
    by: ActorId
    session: Digest = field(repr=False)
    at: datetime
    until: datetime
    is_in_colour: bool


class Reveals(Protocol):
    """Looks that were allowed, for a day or two."""

    def keep(self, reveal: Reveal) -> None:
        """Write one, and forget those of two days ago."""
        ...

    def take(self, ticket: Digest) -> Reveal:
        """The look that the ticket is for; a ticket is good once. Raises NotFound."""
        ...

    def count(self, by: ActorId, since: datetime) -> int:
        """How many one person was allowed since then."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealing:
    """Reveals."""

    store: Store
    vault: Vault
    journal: Journal
    reveals: Reveals
    clock: Clock
    darkroom: Darkroom
    rules: Rules
    randomness: Randomness

    def allow(
        self,
        case_id: CaseId,
        copy_id: CopyId,
        why: Why,
        *,
        by: Viewer,
        session: str,
        is_in_colour: bool = False,
    ) -> str:
        """A ticket for one look. `session` is the secret of the session that may use it.

        Raises NotFound, NotAllowed where the case is closed, TooMuch where the day's share is used.
        """
        reviewer, at = require_person(by, Permission.REVEAL), self.clock.now()
        secret = new_secret(self.randomness)
        reveal = Reveal(
            ticket=sha256(secret.encode()),
            case=case_id,
            copy=copy_id,
            by=reviewer.id,
            session=sha256(session.encode()),
            at=at,
            until=at + self.rules.reveal_for,
            is_in_colour=is_in_colour,
        )
        with self.store.atomically():
            self._check_picture(reveal)
            fact = PictureRevealed(case=case_id, copy=copy_id, why=why)
            self.journal.append(fact, by=reviewer.id, at=at)
            self._check_share(reveal)  # after the chain is locked: two at once are counted
            self.reveals.keep(reveal)
        return secret

    def show(self, ticket: str, *, by: Viewer, session: str) -> bytes:
        """The found picture as a JPEG, with who looks and when written over it.

        Raises NotFound for everybody else, for another session, too late, or a second time.
        """
        reviewer, at = require_person(by, Permission.REVEAL), self.clock.now()
        reveal = self.reveals.take(sha256(ticket.encode()))
        is_theirs = reveal.by == reviewer.id and reveal.session == sha256(session.encode())
        if not is_theirs or at >= reveal.until:
            raise NotFound("no such picture")
        return self._draw(reveal, reviewer, at)

    def left(self, by: Viewer) -> int:
        """How many covers that person may still look under, within a day. Raises NotFound."""
        reviewer = require_person(by, Permission.REVEAL)
        used = self.reveals.count(reviewer.id, self.clock.now() - A_DAY)
        return max(0, self.rules.reveals_a_day - used)

    def _check_picture(self, reveal: Reveal) -> None:
        dossier = self.store.dossier(reveal.case)
        if not dossier.has_picture(dossier.copy(reveal.copy)):
            raise NotFound("no such picture")
        if dossier.case.is_closed:
            raise NotAllowed("this case is closed: there is nothing to decide about")

    def _check_share(self, reveal: Reveal) -> None:
        if self.reveals.count(reveal.by, reveal.at - A_DAY) >= self.rules.reveals_a_day:
            raise TooMuch(
                "you have looked under as many covers as one person may in a day: hand the case "
                "over, or go on tomorrow"
            )

    def _draw(self, reveal: Reveal, reviewer: Person, at: datetime) -> bytes:
        subject = self.store.dossier(reveal.case).copy(reveal.copy).picture
        try:
            picture = open_found(self.vault, self.darkroom, subject)
        except KeyGone:
            raise NotFound("no such picture") from None
        pixels = picture.pixels if reveal.is_in_colour else drain_colour(picture)
        who = reviewer.name if reviewer.name.isascii() else reviewer.id  # `lettering` has no more
        words = f"{who} {at:%Y-%m-%d %H:%M:%S} UTC {reveal.case}"
        return encode_jpeg(write_over(fit_to_screen(pixels), words))
