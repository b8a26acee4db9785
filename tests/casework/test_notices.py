"""Reading what a person typed: all that is wrong is said at once, and nothing more is asked."""

from dataclasses import replace

import pytest

from staydown.casework.notices import (
    MAX_LOCATIONS,
    MAX_STATEMENT,
    Capacity,
    Kind,
    Notice,
    NoticeForm,
    check_form,
    parse_notice,
)
from staydown.errors import BadNotice
from staydown.ids import NoticeId
from tests.casework.making import CASE, NOON

FORM = NoticeForm(
    was_minor="no",
    kind="forgery",
    capacity="self",
    statement="  Somebody changed my photo. I did not agree.  ",
    locations=("https://forum.example/1", "", "  the third picture  "),
    keeps_photo="yes",
    signature="A. Person",
    is_in_good_faith="yes",
)


def parse(form: NoticeForm) -> Notice:
    return parse_notice(form, id=NoticeId("notice_1"), case=CASE, at=NOON)


def wrong_fields(form: NoticeForm) -> list[str]:
    return [problem.field for problem in check_form(form)]


def test_a_notice_is_read_as_it_was_meant() -> None:
    assert parse(FORM) == Notice(
        id=NoticeId("notice_1"),
        case=CASE,
        kind=Kind.FORGERY,
        capacity=Capacity.SELF,
        basis="",
        statement="Somebody changed my photo. I did not agree.",
        locations=("https://forum.example/1", "the third picture"),
        contact="",
        signature="A. Person",
        signed_at=NOON,
    )


def test_without_contact_it_is_taken_all_the_same() -> None:
    assert not parse(FORM).has_contact
    assert parse(replace(FORM, contact="a@b.example")).has_contact


def test_everything_that_is_missing_is_named_at_once_in_the_order_of_the_form() -> None:
    with pytest.raises(BadNotice) as refusal:
        parse(NoticeForm())

    assert [problem.field for problem in refusal.value.problems] == [
        "was_minor",
        "kind",
        "capacity",
        "statement",
        "keeps_photo",
        "signature",
        "is_in_good_faith",
    ]


WRONG = {
    "a kind we do not know": (replace(FORM, kind="fake"), "kind"),
    "a capacity we do not know": (replace(FORM, capacity="friend"), "capacity"),
    "no declaration of good faith": (replace(FORM, is_in_good_faith="no"), "is_in_good_faith"),
    "a statement of blanks": (replace(FORM, statement=" \n "), "statement"),
    "a statement without end": (replace(FORM, statement="x" * (MAX_STATEMENT + 1)), "statement"),
    "a statement with a hidden character": (replace(FORM, statement="a\x00b"), "statement"),
    "no signature": (replace(FORM, signature=""), "signature"),
    "a signature without end": (replace(FORM, signature="x" * 501), "signature"),
    "a contact without end": (replace(FORM, contact="x" * 501), "contact"),
    "too many places": (replace(FORM, locations=("x",) * (MAX_LOCATIONS + 1)), "locations"),
    "a place without end": (replace(FORM, locations=("fine", "x" * 2001)), "locations"),
    "another's notice without a ground": (replace(FORM, capacity="authorised"), "basis"),
    "a child's notice without a ground": (replace(FORM, capacity="guardian"), "basis"),
}


@pytest.mark.parametrize("what", WRONG)
def test_one_wrong_field_is_named_alone(what: str) -> None:
    form, field = WRONG[what]

    assert wrong_fields(form) == [field]


@pytest.mark.parametrize("capacity", ["authorised", "guardian"])
def test_who_speaks_for_another_says_on_what_ground(capacity: str) -> None:
    form = replace(FORM, capacity=capacity, basis="a letter of theirs")

    assert parse(form).basis == "a letter of theirs"


@pytest.mark.parametrize(
    ("answer", "elsewhere"), [("no", False), ("yes", True), ("unsure", True), ("", False)]
)
def test_whether_a_child_may_be_shown_decides_the_road(answer: str, elsewhere: bool) -> None:
    assert replace(FORM, was_minor=answer).belongs_elsewhere is elsewhere


def test_nothing_a_person_wrote_is_in_a_traceback_or_a_log() -> None:
    form = replace(FORM, contact="a@b.example", basis="")
    written = ("changed my photo", "forum.example", "A. Person", "a@b.example")

    shown = repr(form) + repr(parse(form))

    assert [word for word in written if word in shown] == []
