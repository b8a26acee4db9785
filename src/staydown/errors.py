"""Everything Staydown can say no with.

* StaydownError
  + Refused              the caller may not, or not now
    - NotAllowed         the table of moves has no such move, or it needs another person
      . FiledAlready     this very form was sent before, and its notice is filed
    - NotFound           no such thing, or not yours to see: the two look alike
    - NotSignedIn        no key or session, or one that is not valid
    - TooMuch            a rate limit was exceeded
      . TooLarge         more bytes than we accept
      . TooSlow          bytes came so slowly that we stopped waiting
      . TooOften         more at once, or in a while, than one may send
    - TooBusy            we have too much at once: later it goes
  + Unreadable           what we were given cannot be understood
    - BadPicture         not a picture that we can open within our limits
      . TooCostly        opening it took too much, or ended the process that tried
    - BadNotice          a field of a notice is missing or cannot be read
    - BadRequest         some other field or argument is missing or cannot be read
    - WrongContentType   a body of a kind that is not accepted here
    - BadBank            a folder is not a bank, or its key is missing
    - BadRecord          a record for the DSA database would not be whole
    - BadPack            a policy pack or a situation cannot be read
  + NotFetched           a picture could not be got from where it lies
    - ForbiddenPlace     an address that is never asked, whoever names it
  + NotSent              a mail server did not take a letter this time
  + SealBroken           sealed or chained data does not verify
    - KeyGone            the key was destroyed: what it sealed is forgotten for good
  + Unanswered           somebody outside whom we asked did not answer: we ask again
  + Misconfigured        the installation is not sound; the operator acts
  + StoryBroke           the demo could not be played to its end

`str(error)` is fit for the person who caused it: it names what is wrong and how to mend it, and
holds no secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

NO_FACTS: Final[Mapping[str, object]] = MappingProxyType({})


def fill_in(says: str, facts: Mapping[str, object]) -> str:
    """The sentence with its facts in their `{places}`; without facts nothing in it is a place."""
    return says.format(**facts) if facts else says


class StaydownError(Exception):
    """The root of the tree above.

    `says` is a sentence and `facts` are what stands in its `{places}`, so that a door can say it in
    another language; `str` has both together, in English (`fill_in`).
    """

    def __init__(self, says: str = "", **facts: object) -> None:
        super().__init__(fill_in(says, facts))
        self.says = says
        self.facts: Mapping[str, object] = facts


class Refused(StaydownError):
    """The caller may not do this, or not now."""


class NotAllowed(Refused):
    """The table of moves has no such move, or it needs another person."""


class FiledAlready(NotAllowed):
    """This very form was sent before, and its notice is filed."""


class NotFound(Refused):
    """No such thing, or not yours to see: the two look alike."""


class NotSignedIn(Refused):
    """No key or session was given, or it is not valid."""


class TooMuch(Refused):
    """A rate limit was exceeded."""


class TooLarge(TooMuch):
    """More bytes than we accept."""


class TooSlow(TooMuch):
    """Bytes came so slowly that we stopped waiting."""


class TooOften(TooMuch):
    """More at once, or in a while, than one may send; in `seconds` it goes on."""

    def __init__(self, text: str = "wait, then go on", *, seconds: int = 60) -> None:
        super().__init__(text)
        self.seconds = seconds


class TooBusy(Refused):
    """We have too much at once: the same will go later."""


class Unreadable(StaydownError):
    """What we were given cannot be understood."""


class BadPicture(Unreadable):
    """Not a picture that we can open within our limits."""


class TooCostly(BadPicture):
    """Opening it took too much time or memory, or ended the process that tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One field of a form, and what is wrong with it, in words for the person who filled it in.

    `says` is a sentence, and `facts` are what stands in its `{places}`, if there are any.
    """

    field: str
    says: str
    facts: Mapping[str, object] = NO_FACTS

    @property
    def what(self) -> str:
        """The whole sentence, in English."""
        return fill_in(self.says, self.facts)


class BadNotice(Unreadable):
    """Fields of a notice are missing or cannot be read: all of them at once, in `problems`."""

    def __init__(self, *problems: FieldProblem) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.what}" for problem in problems))
        self.problems = problems


class BadRequest(Unreadable):
    """Some other field or argument is missing or cannot be read."""


class WrongContentType(Unreadable):
    """A body of a kind that is not accepted here."""


class BadBank(Unreadable):
    """A folder is not a bank, or its key is missing."""


class BadRecord(Unreadable):
    """A record for the DSA Transparency Database would not be whole."""


class BadPack(Unreadable):
    """A policy pack, or a situation to test one with, cannot be read: file, key and mend."""


class NotFetched(StaydownError):
    """A picture could not be got from where it lies."""


class ForbiddenPlace(NotFetched):
    """An address that is never asked, whoever names it."""


class NotSent(StaydownError):
    """A mail server did not take a letter this time."""


class SealBroken(StaydownError):
    """Sealed or chained data does not verify."""


class KeyGone(SealBroken):
    """The key was destroyed: what it sealed is forgotten for good."""


class Unanswered(StaydownError):
    """Somebody outside whom we asked did not answer, or not as agreed: we ask again."""


class Misconfigured(StaydownError):
    """The installation is not sound; the operator has to act."""


class StoryBroke(StaydownError):
    """The demo could not be played to its end."""
