"""Which elements of a notice are there, which one a law misses, and adding them once.

What is missing holds nothing up: the notice is taken, the clock runs, and the notifier is asked
once. A notice without a way to reach its notifier is not claimed as one under the law that wants
it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from staydown.casework.links import clean_link
from staydown.casework.notices import MAX_LOCATIONS, Notice, check_contact, check_locations
from staydown.errors import BadNotice, FieldProblem
from staydown.policy.packs import Element, Pack
from staydown.policy.strictness import required_by


def given_in(notice: Notice) -> frozenset[Element]:
    """The elements that a notice has. Those that the form insists on are always there."""
    given = set(Element) - {Element.LOCATION, Element.CONTACT}
    if notice.locations or notice.content_refs:
        given.add(Element.LOCATION)
    if notice.has_contact:
        given.add(Element.CONTACT)
    return frozenset(given)


def lacking(notice: Notice, packs: Iterable[Pack]) -> tuple[Element, ...]:
    """What some law asks for and the notice has not, in the order of the form."""
    required, given = required_by(packs), given_in(notice)
    return tuple(one for one in Element if one in required and one not in given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What a notifier adds after being asked, as typed."""

    locations: tuple[str, ...] = field(default=(), repr=False)
    contact: str = field(default="", repr=False)


def add_to(notice: Notice, addition: Addition) -> Notice:
    """The notice with what was added: places beside those it names, a contact in its place.

    Raises BadNotice for what cannot be read, and where nothing was given.
    """
    named = tuple(one.strip() for one in addition.locations if one.strip())
    contact = addition.contact.strip()
    problems = [*check_locations(named), *check_contact(contact)]
    together = tuple(dict.fromkeys((*notice.locations, *named)))
    if len(together) > MAX_LOCATIONS:
        problems += check_locations(together)
    if not named and not contact:
        problems.append(FieldProblem(field="locations", says="please add what is missing"))
    if problems:
        raise BadNotice(*problems)
    return replace(notice, locations=together, contact=contact or notice.contact)


def same_place(location: str) -> str:
    """One way to write a place, so that two notices about it are seen to be so.

    Of an address: its host in small letters, without scheme, fragment and last slash, nor what
    only tells who shared it (`links`). Of words: their letters, small, without double spaces.
    """
    plain = " ".join(location.split())
    try:
        parts = urlsplit(clean_link(plain))
    except ValueError:
        return plain.casefold()
    if parts.scheme.casefold() not in {"http", "https"} or not parts.hostname:
        return plain.casefold()
    port = f":{parts.netloc.rpartition(':')[2]}" if ":" in parts.netloc.rpartition("@")[2] else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.hostname.casefold()}{port}{parts.path.rstrip('/')}{query}"
