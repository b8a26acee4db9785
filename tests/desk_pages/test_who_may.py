"""Every page and act of the desk × every role, and nobody: one table, and what is really answered.

Whoever may not gets the page that there is nothing here, the same for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from staydown.assembly.house import House
from staydown.casework.elsewhere import SentElsewhere
from staydown.casework.notices import NoticeForm
from staydown.casework.people import Role
from tests.installation import ADDRESS, new_person, signed_in
from tests.records import records_of
from tests.shortcuts import hold_quickly

NOBODY = "nobody"
EVERYBODY = frozenset({NOBODY, *Role})
REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD})
LEADS, AUDITORS = frozenset({Role.LEAD}), frozenset({Role.AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Who is let in, and how it is asked for. What comes without data is refused, but not hidden.

    `is_elsewhere`: that those who may are let in needs more than is here, and has its own test.
    """

    may: frozenset[str]
    is_act: bool = True
    data: Mapping[str, str] = field(default_factory=dict)
    is_elsewhere: bool = False


TABLE: dict[str, Page] = {
    "queue": Page(may=frozenset({NOBODY, Role.AUDITOR, *REVIEWERS}), is_act=False),  # sent on
    "sign_in": Page(may=EVERYBODY, is_act=False),
    "authenticator": Page(may=frozenset(Role), is_act=False),
    "sign_out": Page(may=EVERYBODY),
    "tour": Page(may=REVIEWERS, is_act=False),
    "next": Page(may=REVIEWERS),
    "hand_over": Page(may=REVIEWERS),
    "oversee": Page(may=LEADS, is_act=False),
    "audit": Page(may=AUDITORS, is_act=False),
    "entries": Page(may=AUDITORS, is_act=False),
    "take_away": Page(may=AUDITORS),
    "appeals": Page(may=REVIEWERS, is_act=False),
    "decide_appeal": Page(may=REVIEWERS, is_elsewhere=True),
    "send_elsewhere": Page(may=REVIEWERS),
    "hand_offs": Page(may=REVIEWERS, is_act=False),
    "where": Page(may=REVIEWERS),
    "handed_on": Page(may=REVIEWERS, is_elsewhere=True),
    "case": Page(may=REVIEWERS, is_act=False),
    "original": Page(may=REVIEWERS, is_act=False),
    "covered": Page(may=REVIEWERS, is_act=False),
    "reveal": Page(may=REVIEWERS),
    "revealed": Page(may=REVIEWERS, is_act=False, is_elsewhere=True),
    "decide": Page(may=REVIEWERS),
    "confirm": Page(may=REVIEWERS, is_elsewhere=True),
    "take_back": Page(may=REVIEWERS, is_elsewhere=True),
    "contact": Page(may=REVIEWERS),
    "look": Page(may=REVIEWERS),
    "decline": Page(may=REVIEWERS),
    "restrain": Page(may=LEADS, data={"move": "warn", "reason": ""}),
    "ask_for_file": Page(may=LEADS),
    "decide_file": Page(may=REVIEWERS, is_elsewhere=True),
}


def names_of_the_desk() -> set[str]:
    [desk] = [one for one in get_resolver().url_patterns if str(one.pattern) == "desk/"]
    return {str(page.name) for page in desk.url_patterns}  # type: ignore[union-attr]  # it includes


@pytest.fixture
def ids(house: House) -> dict[str, str]:
    """What addresses are made of, all of it there."""
    receipt, held = hold_quickly(house)
    [record] = records_of(house.bank)
    young = NoticeForm(was_minor="yes", locations=("https://forum.example/9",))
    sent = house.filing.file(young, ())
    assert isinstance(sent, SentElsewhere)
    assert sent.hand_off
    return {
        "case_id": receipt.case,
        "copy_id": str(held.copy),
        "entry_id": record.entry.id,
        "hand_off": sent.hand_off,
        "appeal": "appeal_x",
        "ticket": "x",
    }


def clients(house: House) -> dict[str, Client]:
    """A browser of each role, and one of nobody's."""
    for role in Role:
        new_person(house, role.value, role)
    return {NOBODY: Client(headers=ADDRESS), **{role: signed_in(role.value) for role in Role}}


def address_of(name: str, ids: dict[str, str]) -> str:
    [desk] = [one for one in get_resolver().url_patterns if str(one.pattern) == "desk/"]
    [page] = [one for one in desk.url_patterns if one.name == name]  # type: ignore[union-attr]  # it includes
    wanted = {key: value for key, value in ids.items() if f":{key}>" in str(page.pattern)}
    return reverse(f"desk:{name}", kwargs=wanted)


def test_the_table_has_every_page() -> None:
    assert set(TABLE) == names_of_the_desk()


@pytest.mark.parametrize("name", TABLE)
def test_who_may_is_served_and_nobody_else(name: str, house: House, ids: dict[str, str]) -> None:
    page, path = TABLE[name], address_of(name, ids)
    answers = {}
    for who, client in sorted(clients(house).items(), key=lambda one: one[0] in page.may):
        asked = client.post(path, dict(page.data)) if page.is_act else client.get(path)
        asked.close()  # a file that is taken away stays open otherwise
        answers[who] = asked

    refused = {who for who, one in answers.items() if one.status_code == 404}
    expected = EVERYBODY - page.may
    assert refused - page.may == expected
    assert page.is_elsewhere or not refused & page.may
    assert len({answers[who].content for who in expected if who != NOBODY}) <= 1
