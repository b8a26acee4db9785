"""Whatever is sent, the API answers as its own description says: requests made up by schemathesis.

Drawn from the description with a fixed seed, fitting it and not, a bounded number for each
operation; with a key of every scope and a reviewer's session, so that they come as far as they can.
"""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from staydown.assembly.house import House
from staydown.casework.people import Scope
from tests.api.test_description import OPERATIONS
from tests.installation import new_key

EXAMPLES = 12
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
OWN_KEY = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
"""Keys are not made up: they are ours, and test_bad_input tries others."""
WITHOUT_INPUT = {"health"}
load_all_checks()
NOT_FOR_US: list[Any] = [
    CHECKS.get_one("positive_data_acceptance"),  # noise is no picture: 422
    CHECKS.get_one("ignored_auth"),  # takes our key for a made-up one
]

NOT_FOR_FORMS: list[Any] = [
    CHECKS.get_one("negative_data_rejection"),  # in a form all is text, whatever it was meant to be
]
FORMS = {"screen", "file_notice"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *[(name, GenerationMode.POSITIVE) for name in sorted(OPERATIONS)],
        *[(name, GenerationMode.NEGATIVE) for name in sorted(OPERATIONS - WITHOUT_INPUT)],
    ],
)
def test_every_answer_is_one_that_was_described(
    name: str, mode: GenerationMode, house: House, desk: Client
) -> None:
    application = get_wsgi_application()
    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", application, config=OWN_KEY)
    operation = schema.find_operation_by_id(name)
    headers = {**new_key(house, *Scope), "Host": "localhost", "Cookie": cookies_of(desk)}
    excluded = NOT_FOR_US + (NOT_FOR_FORMS if name in FORMS else [])
    answered = []

    @BOUNDED
    @given(operation.as_strategy(generation_mode=mode))
    def send(case: Case[Any]) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, excluded_checks=excluded)
        answered.append(response.status_code)

    send()

    assert len(answered) > 0


def cookies_of(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
