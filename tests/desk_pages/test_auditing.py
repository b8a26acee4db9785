"""An auditor takes the audit chain away and checks it, and sees no case; nobody else gets it."""

import io
import re
import tarfile
from pathlib import Path

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.audit.keeping import AuditExported, AuditRead
from staydown.audit.verify import Auditor, verify_export
from staydown.casework.auditing import AT_ONCE
from staydown.casework.people import Person, Role
from tests.installation import new_person, signed_in
from tests.stories import file_notice, hold_copy


@pytest.fixture
def auditor(house: House) -> Person:
    return new_person(house, "ada", Role.AUDITOR)


@pytest.fixture
def browser(auditor: Person) -> Client:
    return signed_in("ada")


def taken_away(browser: Client, folder: Path) -> Path:
    response = browser.post("/desk/audit/export")
    assert response.status_code == 200
    content = b"".join(response)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "audit-chain"


def test_what_is_taken_away_is_whole_and_that_is_noted(
    house: House, auditor: Person, browser: Client, tmp_path: Path
) -> None:
    hold_copy(house)

    export = taken_away(browser, tmp_path)

    verified = verify_export(export, Auditor(keys=frozenset({house.checkpoints.key.public})))
    assert verified.signed == verified.length == house.journal.verify().length - 1
    *_, last = house.journal.entries()
    assert (last.fact, last.by) == (AuditExported(head=verified.head), auditor.id)


def test_the_page_says_how_the_chain_stands(house: House, browser: Client) -> None:
    house.checkpoints.make()

    page = browser.get("/desk/", follow=True).content.decode()

    assert house.checkpoints.key.public in page
    assert "without a timestamp" in page


def test_an_auditor_sees_no_case(house: House, browser: Client) -> None:
    receipt, held = hold_copy(house)
    paths = (
        f"/desk/cases/{receipt.case}",
        f"/desk/cases/{receipt.case}/copies/{held.copy}/covered",
    )

    assert [browser.get(path).status_code for path in paths] == [404, 404]
    assert receipt.case not in browser.get("/desk/audit").content.decode()


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.LEAD, Role.OPERATOR])
def test_nobody_else_gets_it(role: Role | None, house: House, visitor: Client) -> None:
    client = visitor
    if role:
        new_person(house, "alex", role)
        client = signed_in("alex")
    before = house.journal.verify().length

    answers = [client.get("/desk/audit"), client.get("/desk/nowhere")]

    assert [answer.status_code for answer in answers] == [404, 404]
    if role:
        assert client.post("/desk/audit/export").status_code == 404
    assert house.journal.verify().length == before


def test_a_lead_reviews_like_a_reviewer(house: House) -> None:
    receipt, _ = hold_copy(house)
    new_person(house, "lee", Role.LEAD)

    assert signed_in("lee").get(f"/desk/cases/{receipt.case}").status_code == 200


def test_entries_are_found_by_what_they_name_and_by_kind_last_first(
    house: House, auditor: Person, browser: Client
) -> None:
    receipt, held = hold_copy(house)
    other = file_notice(house)

    page = browser.get("/desk/audit/entries", {"about": receipt.case}).content.decode()
    found = re.findall(r"<strong>(\d+)\. (\w+)</strong>", page)

    assert [kind for _, kind in found][-1] == "NoticeReceived"
    assert "CopyHeld" in dict(map(reversed, found))
    assert [int(number) for number, _ in found] == sorted(
        (int(number) for number, _ in found), reverse=True
    )
    assert str(held.copy) in page
    assert other.case not in page
    narrow = {"about": receipt.case, "kind": "CopyHeld"}
    assert browser.get("/desk/audit/entries", narrow).content.count(b"<strong>") == 1
    *_, last = house.journal.entries()
    assert (last.fact, last.by) == (AuditRead(), auditor.id)


def test_who_acted_is_found_too_and_earlier_ones_follow(
    house: House, auditor: Person, browser: Client
) -> None:
    for _ in range(AT_ONCE + 5):
        browser.get("/desk/audit/entries")

    asked = {"about": auditor.id, "kind": "AuditRead"}
    page = browser.get("/desk/audit/entries", asked).content.decode()
    [before] = re.findall(r"before=(\d+)", page)
    earlier = browser.get("/desk/audit/entries", {**asked, "before": before}).content.decode()

    assert page.count("<strong>") == AT_ONCE
    assert earlier.count("<strong>") == 5
    assert "Earlier ones" not in earlier


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"about": "%"}, 422),
        ({"about": "case_%"}, 422),
        ({"about": '","fact":"'}, 422),
        ({"about": "x" * 101}, 422),
        ({"about": "case\0"}, 422),
        ({"kind": "NoSuchKind"}, 422),
        ({"about": "case_nowhere"}, 200),
        ({"before": "9" * 40}, 200),
        ({"before": "-1"}, 200),
        ({"before": "²"}, 200),
    ],
)
def test_what_no_entry_could_hold_is_said(
    asked: dict[str, str], status: int, house: House, browser: Client
) -> None:
    assert browser.get("/desk/audit/entries", asked).status_code == status


def test_a_wildcard_in_a_name_finds_no_other_name(house: House, browser: Client) -> None:
    receipt, _ = hold_copy(house)
    alike = receipt.case.replace("_", "x", 1)

    page = browser.get("/desk/audit/entries", {"about": alike}).content.decode()

    assert "No entry is like that." in page
