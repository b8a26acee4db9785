"""What a law misses in a notice, adding it once, and when two places are one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from staydown.casework.cases import Case, State
from staydown.casework.deadlines import allow_pause, start_clocks
from staydown.casework.elements import Addition, add_to, given_in, lacking, same_place
from staydown.casework.notices import (
    Capacity,
    ContactWish,
    Notice,
    NoticeForm,
    Sender,
    check_form,
    parse_notice,
    parse_order_due,
)
from staydown.errors import BadNotice, NotAllowed
from staydown.ids import NoticeId
from staydown.policy.library import Law, shipped
from staydown.policy.packs import Element, RegimeId, Start
from tests.casework.making import CASE, NOON, case
from tests.casework.test_notices import FORM
from tests.policy.making import library, pack

JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)
US, IN = RegimeId("us-take-it-down"), RegimeId("in-it-rules")
FLAGGER = replace(FORM, capacity="trusted_flagger", basis="status of 2025", is_from_platform=True)
ORDER = replace(
    FORM,
    capacity="authority",
    basis="order 7/2026",
    order_due_at="2026-06-02T09:00:00+02:00",
    is_from_platform=True,
)


def parse(form: NoticeForm) -> Notice:
    return parse_notice(form, id=NoticeId("notice_1"), case=CASE, at=NOON)


BARE = replace(FORM, locations=(), contact="")
MISSING = {
    "nothing": (replace(FORM, contact="a@b.example"), (US,), ()),
    "a way to reach them": (FORM, (US,), (Element.CONTACT,)),
    "a place too": (BARE, (US,), (Element.LOCATION, Element.CONTACT)),
    "a place, where the law does not ask for contact": (BARE, (IN,), (Element.LOCATION,)),
    "nothing, where no law binds": (BARE, (), ()),
    "no place, since the platform knows the content": (
        replace(BARE, content_refs=("post/1",), is_from_platform=True),
        (IN,),
        (),
    ),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_a_law_misses(what: str) -> None:
    form, regimes, missing = MISSING[what]

    assert lacking(parse(form), shipped().applying(regimes, JUNE)) == missing


def test_what_the_form_insists_on_is_always_there() -> None:
    assert given_in(parse(BARE)) == set(Element) - {Element.LOCATION, Element.CONTACT}


def test_what_was_added_stands_beside_what_was_there() -> None:
    fuller = add_to(
        parse(FORM), Addition(locations=(" https://b.example ", ""), contact=" a@b.example ")
    )

    assert fuller.locations == (*parse(FORM).locations, "https://b.example")
    assert fuller.contact == "a@b.example"
    assert fuller.statement == parse(FORM).statement


@pytest.mark.parametrize(
    ("addition", "fields"),
    [
        (Addition(), ["locations"]),
        (Addition(locations=(" ",), contact=" "), ["locations"]),
        (Addition(locations=("x" * 2001,)), ["locations"]),
        (Addition(contact="x" * 501), ["contact"]),
        (Addition(contact="a\x00b"), ["contact"]),
        (Addition(locations=tuple(f"place {n}" for n in range(49))), ["locations"]),
    ],
)
def test_what_cannot_be_added_is_named(addition: Addition, fields: list[str]) -> None:
    with pytest.raises(BadNotice) as refusal:
        add_to(parse(FORM), addition)

    assert [problem.field for problem in refusal.value.problems] == fields


def waiting(*lacks: Element, state: State = State.SETTLED) -> Case:
    law = Law(regimes=(US,))
    fresh = replace(case(state), opened_at=JUNE, looked_at=JUNE, lacks=lacks)
    return start_clocks(fresh, law, Start.NOTICE)


def test_it_is_added_once() -> None:
    once = waiting(Element.LOCATION, Element.CONTACT).completed(JUNE, (Element.CONTACT,))

    assert once.lacks == (Element.CONTACT,)
    assert not once.may_be_completed
    with pytest.raises(NotAllowed, match="added before"):
        once.completed(JUNE, ())


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
def test_nothing_is_added_to_a_closed_case(state: State) -> None:
    with pytest.raises(NotAllowed):
        waiting(Element.CONTACT, state=state).completed(JUNE, ())


def test_a_place_that_was_added_is_looked_at_too_and_a_contact_changes_nothing() -> None:
    assert waiting(Element.LOCATION).completed(JUNE, ()).awaits_a_look
    assert not waiting(Element.CONTACT).completed(JUNE, ()).awaits_a_look


def test_without_contact_it_is_not_claimed_as_statutory_until_one_is_added() -> None:
    assert not waiting(Element.CONTACT).is_claimed_as_statutory
    assert waiting(Element.CONTACT).completed(JUNE, ()).is_claimed_as_statutory
    assert waiting(Element.LOCATION).is_claimed_as_statutory


def test_asking_moves_no_deadline_unless_the_pack_says_so() -> None:
    patient = pack(("pauses = { value = []", 'pauses = { value = ["missing_element"]'))
    law = Law(regimes=(patient.regime,), library=library(patient))
    clocked = start_clocks(replace(case(), opened_at=JUNE), law, Start.NOTICE)
    later = JUNE + timedelta(hours=5)

    assert allow_pause(waiting(), Law(regimes=(US,)), later).deadlines == waiting().deadlines
    [moved] = allow_pause(clocked, law, later).deadlines
    assert moved.due_at == JUNE + timedelta(hours=53)


def test_trusted_flaggers_and_authorities_are_read_with_their_ground() -> None:
    assert parse(FLAGGER).sender is Sender.TRUSTED_FLAGGER
    assert parse(ORDER).sender is Sender.AUTHORITY
    assert parse(FORM).sender is Sender.PERSON


WRONG = {
    "an authority at the public form": (replace(ORDER, is_from_platform=False), "capacity"),
    "a flagger at the public form": (replace(FLAGGER, is_from_platform=False), "capacity"),
    "an order without its number": (replace(ORDER, basis=""), "basis"),
    "a time without an offset": (replace(ORDER, order_due_at="2026-06-02T09:00"), "order_due_at"),
    "a time that is none": (replace(ORDER, order_due_at="tomorrow"), "order_due_at"),
    "a time of its own in a person's notice": (
        replace(FORM, order_due_at="2026-06-02T09:00:00Z", is_from_platform=True),
        "order_due_at",
    ),
    "names of content at the public form": (replace(FORM, content_refs=("1",)), "content_refs"),
    "a name no platform has": (
        replace(FORM, content_refs=("a\nb",), is_from_platform=True),
        "content_refs",
    ),
    "a wish we do not know": (replace(FORM, contact_wish="at night"), "contact_wish"),
}


@pytest.mark.parametrize("what", WRONG)
def test_it_is_refused_by_its_field(what: str) -> None:
    form, field = WRONG[what]

    assert field in [problem.field for problem in check_form(form)]


def test_an_order_sets_the_clocks_of_orders_going_and_its_own_time_counts() -> None:
    fresh = replace(case(State.RECEIVED), opened_at=JUNE)
    due = parse_order_due(ORDER)
    au = Law(regimes=(RegimeId("au-osa"), US))

    [ordered] = start_clocks(fresh, au, Start.ORDER, due).deadlines
    [plain] = start_clocks(fresh, au, Start.ORDER).deadlines
    [unknown] = start_clocks(fresh, Law(), Start.ORDER, due).deadlines

    assert due == datetime(2026, 6, 2, 7, tzinfo=UTC)
    assert (ordered.regime, ordered.due_at) == ("au-osa", due)
    assert plain.due_at == JUNE + timedelta(hours=24)
    assert (unknown.regime, unknown.due_at) == ("order", due)


def test_a_wish_that_was_not_said_is_anytime() -> None:
    assert parse(FORM).contact_wish is ContactWish.ANYTIME
    assert parse(replace(FORM, contact_wish="never")).contact_wish is ContactWish.NEVER
    assert Capacity("authority") in Capacity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://Forum.example/post/8/", "http://forum.example/post/8#comment"),
        ("https://forum.example/post/8?page=2", "https://forum.example/post/8/?page=2"),
        ("The  holiday group, 3 May", "the holiday group, 3 may"),
        ("https://forum.example:8443/a", "https://forum.example:8443/a/"),
        ("https://forum.example/7?id=1&utm_source=x", "http://Forum.example/7?id=1#:~:text=a"),
    ],
)
def test_one_place_is_one_however_it_is_written(one: str, other: str) -> None:
    assert same_place(one) == same_place(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://forum.example/post/8", "https://forum.example/post/80"),
        ("https://forum.example/Post/8", "https://forum.example/post/8"),
        ("https://forum.example/p?id=1", "https://forum.example/p?id=2"),
        ("https://forum.example/p", "https://other.example/p"),
        ("https://forum.example:1/p", "https://forum.example:2/p"),
        ("https://[broken", "https://[other"),
    ],
)
def test_two_places_stay_two(one: str, other: str) -> None:
    assert same_place(one) != same_place(other)
