"""What the platform sees of a case, and that only a signed-in reviewer decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Role, Scope
from tests.installation import ADDRESS, PASSWORD, new_key, new_person
from tests.stories import PLACE, PLATFORM, STATEMENT, file_notice, hold_copy

DECISION = {
    "move": "remove",
    "reason": "A changed copy of the photo in the notice.",
    "findings": {
        "shows_this_person": "yes",
        "is_intimate": "unsure",
        "is_without_consent": "yes",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that signed in, and the token its script would send."""

    client: Client
    token: str


def sign_in(name: str) -> Session:
    client = Client(headers=ADDRESS, enforce_csrf_checks=True)
    assert client.login(username=name, password=PASSWORD)
    client.get("/desk/sign-in")
    return Session(client=client, token=client.cookies["csrftoken"].value)


def decide(session: Session, path: str) -> tuple[int, dict[str, object]]:
    response = session.client.post(
        path, DECISION, content_type="application/json", headers={"X-CSRFToken": session.token}
    )
    return response.status_code, response.json()


@pytest.fixture
def path(house: House) -> str:
    """Where the decision about a held copy is sent."""
    receipt, held = hold_copy(house)
    return f"/v1/cases/{receipt.case}/copies/{held.copy}/decision"


def test_the_platform_sees_its_own_content_and_nothing_of_the_notice(
    house: House, visitor: Client
) -> None:
    receipt, held = hold_copy(house)

    response = visitor.get(f"/v1/cases/{receipt.case}", headers=new_key(house, Scope.CASES))

    case = response.json()
    assert sorted(case) == [
        "clock_stopped_at",
        "copies",
        "deadlines",
        "id",
        "opened_at",
        "state",
    ]
    assert [(copy["id"], copy["content_ref"], copy["state"]) for copy in case["copies"]] == [
        (held.copy, "post/8213/1", "held")
    ]
    assert STATEMENT not in response.content.decode()
    assert PLACE not in response.content.decode()


def test_a_reviewer_decides(house: House, path: str) -> None:
    new_person(house, "kim", Role.REVIEWER)

    status, answer = decide(sign_in("kim"), path)

    assert (status, answer["state"]) == (200, "settled")


def test_an_operator_does_not(house: House, path: str) -> None:
    new_person(house, "alex", Role.OPERATOR)

    status, answer = decide(sign_in("alex"), path)

    assert (status, answer["type"]) == (404, "urn:staydown:problem:not-found")


def test_a_session_without_the_token_does_not(house: House, path: str) -> None:
    new_person(house, "kim", Role.REVIEWER)
    session = sign_in("kim")

    response = session.client.post(path, DECISION, content_type="application/json")

    assert response.status_code == 403
    assert response.json()["detail"] == "a session needs the CSRF token in the header X-CSRFToken"


def test_a_key_of_every_scope_does_not(house: House, path: str, visitor: Client) -> None:
    response = visitor.post(
        path, DECISION, content_type="application/json", headers=new_key(house, *Scope)
    )

    assert response.status_code == 401


def test_what_is_decided_is_not_decided_twice(house: House, path: str) -> None:
    new_person(house, "kim", Role.REVIEWER)
    session = sign_in("kim")

    first, second = decide(session, path), decide(session, path)

    assert (first[0], second[0]) == (200, 409)


def test_the_platform_sees_what_is_due_by_which_law(law: House, visitor: Client) -> None:
    receipt = file_notice(law, originals=())

    case = visitor.get(f"/v1/cases/{receipt.case}", headers=new_key(law, Scope.CASES)).json()

    assert [(one["regime"], one["duty"]) for one in case["deadlines"]] == [
        ("uk-osa", "remove"),
        ("eu-dsa", "decide"),
    ]
    received = datetime.fromisoformat(case["opened_at"])
    due = datetime.fromisoformat(case["deadlines"][0]["due_at"])
    assert due - received == timedelta(hours=48)
    assert case["deadlines"][1]["due_at"] is None
    assert case["clock_stopped_at"] is None


def send_look(session: Session, case: str, body: object) -> tuple[int, dict[str, object]]:
    response = session.client.post(
        f"/v1/cases/{case}/look",
        body,
        content_type="application/json",
        headers={"X-CSRFToken": session.token},
    )
    return response.status_code, response.json()


def test_a_reviewer_answers_a_notice_and_the_platform_stops_its_clock(law: House) -> None:
    new_person(law, "kim", Role.REVIEWER)
    receipt = file_notice(law, originals=())
    body = {
        "reason": "It is in the third post.",
        "take_down": ["post/3"],
        "findings": DECISION["findings"],
    }

    status, answer = send_look(sign_in("kim"), receipt.case, body)

    assert (status, answer["state"]) == (200, "settled")
    [command] = law.commands.open(PLATFORM)
    assert (command.kind, command.content_ref) == ("remove", "post/3")
    law.commands.acknowledge(command.id, PLATFORM)
    assert law.cases.for_platform(receipt.case, PLATFORM).clock_stopped_at


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.reason"),
        ({"reason": "seen", "take_down": ["post/3"]}, "findings: "),
        ({"reason": "seen", "take_down": [""], "findings": DECISION["findings"]}, "take_down"),
        ({"reason": "seen", "take_down": ["a\nb"], "findings": DECISION["findings"]}, "take_down"),
        ({"reason": "seen", "where": "there"}, "where"),
    ],
)
def test_a_look_that_cannot_be_read_is_refused(
    law: House, body: dict[str, object], field: str
) -> None:
    new_person(law, "kim", Role.REVIEWER)
    receipt = file_notice(law, originals=())

    status, answer = send_look(sign_in("kim"), receipt.case, body)

    assert status == 422
    assert field in str(answer["detail"])


def test_a_key_of_every_scope_answers_no_notice(law: House, visitor: Client) -> None:
    receipt = file_notice(law, originals=())

    response = visitor.post(
        f"/v1/cases/{receipt.case}/look",
        {"reason": "seen"},
        content_type="application/json",
        headers=new_key(law, *Scope),
    )

    assert response.status_code == 401
