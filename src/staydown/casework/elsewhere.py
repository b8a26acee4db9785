"""Where a person turns when somebody under 18 may be shown, and why not here.

Nothing about such a picture is viewed, copied or compared by Staydown (LAW part 5). The addresses
are public services; that they can help in a given country is not promised.
"""

from dataclasses import dataclass

from staydown.ids import HandOffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A service, for whom it is, and its address."""

    name: str
    whom: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentElsewhere:
    """The answer to a notice that belongs elsewhere: no case was opened.

    `hand_off` names what is kept to be handed on: where it is, if that was said, and nothing else.
    """

    pointers: tuple[Pointer, ...]
    hand_off: HandOffId | None = None


POINTERS = (
    Pointer(
        name="Take It Down (NCMEC)",
        whom="anywhere: pictures taken when you were under 18",
        address="https://takeitdown.ncmec.org",
    ),
    Pointer(
        name="Report Remove (Childline and IWF)",
        whom="in the UK: if you are under 18 now",
        address="https://www.childline.org.uk/remove",
    ),
    Pointer(
        name="INHOPE",
        whom="elsewhere: finds the hotline of your country",
        address="https://www.inhope.org",
    ),
)
