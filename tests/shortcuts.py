"""A notice and a held copy without waiting for the engine: it looks once in a process.

What is recorded goes the same way as ever; only what the engine said is said again. Tests about
what is recognised use `stories` instead.
"""

from tests.timed import House  # isort: skip -- sets Django up

from dataclasses import replace
from functools import cache

from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.search import Match
from staydown.casework.filing import Receipt
from staydown.casework.notices import NoticeForm
from staydown.casework.screening import Screened
from staydown.casework.uploads import Upload
from staydown.engine.comparison import compare
from staydown.engine.pictures import open_picture
from staydown.engine.subjects import Known, Seen, know, look_at
from staydown.engine.verdict import Comparison
from staydown.ids import ActorId, CaseId, EntryId, new_id
from tests.photographs import doctored, original
from tests.records import records_of
from tests.stories import PLACE, STATEMENT

FORM = NoticeForm(
    was_minor="no",
    kind="forgery",
    capacity="self",
    statement=STATEMENT,
    locations=(PLACE,),
    keeps_photo="yes",
    signature="A Cat Lover",
    is_in_good_faith="yes",
)
"""Everything that a notice needs."""


@cache
def known_cat() -> Known:
    """What is kept of the original."""
    return know(open_picture(original()))


@cache
def seen_doctored() -> Seen:
    """The doctored copy, looked at."""
    return look_at(open_picture(doctored()))


@cache
def comparison() -> Comparison:
    """What the engine says of the doctored copy."""
    return compare(known_cat(), seen_doctored())


def file_quickly(house: House, form: NoticeForm = FORM) -> Receipt:
    """A notice, and an entry of the original."""
    receipt = house.filing.file(form, [])
    assert isinstance(receipt, Receipt)
    entry = Entry(
        id=EntryId(new_id("entry")),
        role=EntryRole.ORIGINAL,
        source=EntrySource.NOTICE,
        status=EntryStatus.UNREVIEWED,
        case=receipt.case,
        added_at=receipt.received_at,
        added_by=ActorId("notifier_tests"),
    )
    house.bank.add(entry, known_cat())
    return receipt


def screen_quickly(
    house: House,
    content_ref: str = "post/8213/1",
    *,
    quality: int = 85,
    of_case: CaseId | None = None,
) -> Screened:
    """The doctored copy, screened; each quality has pixels of its own.

    It is found in every case, or in `of_case` alone.
    """
    upload = Upload(data=doctored(quality), content_ref=content_ref)
    seen = replace(seen_doctored(), picture=open_picture(upload.data))
    found = tuple(
        Match(entry=record.entry, comparison=comparison())
        for record in records_of(house.bank)
        if record.entry.role is EntryRole.ORIGINAL and of_case in {None, record.entry.case}
    )
    return house.screening.answer(upload, [(seen, found)])


def hold_quickly(house: House, content_ref: str = "post/8213/1") -> tuple[Receipt, Screened]:
    """A notice, and the doctored copy held because of it."""
    receipt = file_quickly(house)
    held = screen_quickly(house, content_ref)
    assert held.case == receipt.case
    return receipt, held
