"""What a decision asks of the platform: pulled, done, acknowledged once."""

from django.test import Client

from staydown.assembly.house import House
from staydown.casework.copies import CopyMove
from staydown.casework.findings import Finding, Findings
from staydown.casework.people import Person, Scope
from tests.installation import new_key
from tests.stories import hold_copy

FOUND = Findings(
    shows_this_person=Finding.YES, is_intimate=Finding.UNSURE, is_without_consent=Finding.YES
)


def test_a_removal_is_pulled_and_acknowledged_once(
    house: House, visitor: Client, reviewer: Person
) -> None:
    receipt, held = hold_copy(house)
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=FOUND, reason="It is.", by=reviewer
    )
    key = new_key(house, Scope.COMMANDS)

    [command] = visitor.get("/v1/commands?open=true", headers=key).json()
    done = visitor.post(f"/v1/commands/{command['id']}/acknowledge", headers=key).json()
    again = visitor.post(f"/v1/commands/{command['id']}/acknowledge", headers=key).json()

    assert (command["kind"], command["content_ref"]) == ("remove", "post/8213/1")
    assert command["acknowledged_at"] is None
    assert done["acknowledged_at"] is not None
    assert again == done
    assert visitor.get("/v1/commands", headers=key).json() == []
