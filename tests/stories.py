"""What happened before a test begins: a notice was filed, a doctored copy of it was held."""

from staydown.assembly.house import House
from staydown.casework.filing import Receipt
from staydown.casework.notices import NoticeForm
from staydown.casework.people import Platform, Scope
from staydown.casework.screening import Screened
from staydown.casework.uploads import Upload
from staydown.ids import ActorId
from tests.photographs import doctored, original

STATEMENT = "Somebody changed the photo of my cat. I did not agree."
PLACE = "https://forum.example/post/8213"

FILLED_IN: dict[str, str] = {
    "was_minor": "no",
    "capacity": "self",
    "kind": "forgery",
    "statement": STATEMENT,
    "locations": PLACE,
    "keeps_photo": "yes",
    "signature": "A Cat Lover",
    "is_in_good_faith": "yes",
}
"""Every field that a notice needs."""

PLATFORM = Platform(id=ActorId("key_tests"), scopes=frozenset(Scope))


def file_notice(house: House, originals: tuple[bytes, ...] | None = None) -> Receipt:
    """A notice with the original, or with those given, filed."""
    form = NoticeForm(**{**FILLED_IN, "locations": (PLACE,)})  # type: ignore[arg-type]
    receipt = house.filing.file(form, (original(),) if originals is None else originals)
    assert isinstance(receipt, Receipt)
    return receipt


def screen(house: House, data: bytes, content_ref: str = "post/8213/1") -> Screened:
    """One upload, screened."""
    return house.screening.screen(Upload(data=data, content_ref=content_ref), by=PLATFORM)


def hold_copy(house: House) -> tuple[Receipt, Screened]:
    """A notice, and a doctored copy that is held because of it."""
    receipt = file_notice(house)
    held = screen(house, doctored())
    assert held.case == receipt.case
    return receipt, held
