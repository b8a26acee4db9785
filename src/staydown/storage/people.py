"""People who may sign in, and the one-time links by which they do so first."""

from dataclasses import dataclass
from datetime import timedelta

from staydown.audit.entries import Fact
from staydown.audit.keeping import LinkMade, PasswordSet, PersonAdded, PersonRemoved, SignedIn
from staydown.casework.people import COMMAND_LINE, Person, Role
from staydown.clock import Clock
from staydown.digests import Digest, sha256
from staydown.errors import NotAllowed, NotFound, NotSignedIn
from staydown.ids import ActorId, Randomness, new_id, new_secret, system_randomness
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import OneTimeLink, User
from staydown.storage.transactions import atomically, locked
from staydown.storage.vault import forget_subject

LINK_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabasePeople:
    """The people of this installation."""

    journal: DatabaseJournal
    clock: Clock
    randomness: Randomness = system_randomness

    def add(self, name: str, role: Role) -> Person:
        """Give somebody a role. Without a password, only one-time links let them in.

        Raises NotAllowed.
        """
        with atomically():
            if User.objects.filter(name=name).exists():
                raise NotAllowed(f"there is a person named {name} already")
            actor = ActorId(new_id(role, self.randomness))
            user = User(actor=actor, name=name, role=role)
            user.set_unusable_password()
            user.save()
            self._note(PersonAdded(person=actor, role=role))
        return user.as_person()

    def invite(self, name: str) -> str:
        """A token that signs this person in once, within 15 minutes. Raises NotFound."""
        token = new_secret(self.randomness)
        with atomically():
            user = self._user(name)
            OneTimeLink.objects.create(
                digest=_digest(token), user=user, expires_at=self.clock.now() + LINK_LASTS
            )
            self._note(LinkMade(person=ActorId(user.actor)))
        return token

    def set_password(self, name: str, password: str) -> None:
        """Let this person sign in by password too. Raises NotFound."""
        with atomically():
            user = self._user(name)
            user.set_password(password)
            user.save()
            self._note(PasswordSet(person=ActorId(user.actor)))

    def remove(self, name: str) -> None:
        """End somebody's role: no password, link or session of theirs opens anything any more.

        Their name stays, so that nobody else is taken for them. Raises NotFound.
        """
        with atomically():
            user = self._user(name)
            user.is_active = False
            user.set_unusable_password()
            user.save()
            OneTimeLink.objects.filter(user=user).delete()
            forget_subject(user.actor)
            self._note(PersonRemoved(person=ActorId(user.actor)))

    def redeem(self, token: str) -> User:
        """Whose link this was; it is used up.

        Raises NotSignedIn if it is unknown, used or too old: all sound alike.
        """
        with atomically():
            link = locked(OneTimeLink.objects.filter(digest=_digest(token))).first()
            if link is not None:
                link.delete()
        if link is None or link.expires_at <= self.clock.now() or not link.user.is_active:
            raise NotSignedIn("this link was used, or is too old: ask for a new one")
        return link.user

    def note_sign_in(self, person: Person) -> None:
        """Write into the audit chain that somebody signed in."""
        with atomically():
            self.journal.append(SignedIn(person=person.id), by=person.id, at=self.clock.now())

    def _note(self, fact: Fact) -> None:
        self.journal.append(fact, by=COMMAND_LINE, at=self.clock.now())

    def _user(self, name: str) -> User:
        user = User.objects.filter(name=name, is_active=True).first()
        if user is None:
            raise NotFound(f"there is no person named {name}")
        return user


def _digest(token: str) -> Digest:
    """A token is 160 random bits: see `keys` for why this is enough."""
    return sha256(token.strip().encode())
