"""An auditor takes the audit chain away and checks it, and sees no case; nobody else gets it."""

import io
import tarfile
from pathlib import Path

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.audit.keeping import AuditExported
from staydown.audit.verify import Auditor, verify_export
from staydown.casework.people import Person, Role
from tests.installation import new_person, signed_in
from tests.stories import hold_copy


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
