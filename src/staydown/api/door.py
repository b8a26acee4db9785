"""The API itself: how it describes itself, and what it says when something goes wrong.

Whatever happens inside an operation, the answer is what the operation promises or a problem (RFC
9457).
"""

import json

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from staydown.api.problems import CONTENT_TYPE, Problem, answer, answer_error
from staydown.errors import BadRequest, FieldProblem, StaydownError, WrongContentType


class JsonBodies(Parser):
    """Reads bodies of the one content type that operations without pictures take."""

    def parse_body(self, request: HttpRequest) -> dict[str, object]:
        """The object in the body. Raises WrongContentType and BadRequest."""
        if request.content_type != "application/json":
            raise WrongContentType("send a JSON object as application/json")
        try:
            found = json.loads(request.body, parse_constant=_no_such_number)
        except (ValueError, RecursionError) as error:
            raise BadRequest(f"the body is not JSON: {error}") from error
        if not isinstance(found, dict):
            raise BadRequest("the body is JSON, but not an object")
        return found


def _no_such_number(name: str) -> float:
    raise ValueError(f"{name} is not a number (RFC 8259 §6)")


class Door(NinjaAPI):
    """Ninja, with every 4xx and 5xx described as application/problem+json."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, object] | None = None
    ) -> OpenAPISchema:
        """The description of all operations (OpenAPI 3.1)."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        operations = (one for path in schema["paths"].values() for one in path.values())
        for operation in operations:
            for status, described in operation["responses"].items():
                if int(status) >= 400:
                    described["content"] = {CONTENT_TYPE: described["content"]["application/json"]}
        return schema


def promise(status: int, answers: object, *problems: int) -> dict[int, object]:
    """What an operation answers: its own answer, and the problems it may have; never 500."""
    return {status: answers, **dict.fromkeys(sorted(problems), Problem)}


def refuse(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer to whatever was raised on the way through an operation."""
    match error:
        case ValidationError():
            return _field_errors(error)
        case AuthenticationError():
            return answer(401, "send Authorization: Bearer, with a key for this operation")
        case HttpError(status_code=403):
            return answer(403, "a session needs the CSRF token in the header X-CSRFToken")
        case HttpError(__cause__=StaydownError() as cause):  # what our parser raised, wrapped
            return answer_error(cause)
        case RequestDataTooBig():
            return answer(413, "the body is larger than this operation takes")
        case SuspiciousOperation() | UnreadablePostError() | HttpError():
            return answer(400, "the request could not be read: send it again")
        case Http404():
            return answer(404, "no such thing")
    return answer_error(error if isinstance(error, Exception) else error())


def _field_errors(error: ValidationError) -> HttpResponse:
    """All fields that do not fit their description; a name in the path that cannot exist is 404."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return answer(404, "no such thing")
    problems = tuple(
        FieldProblem(field=".".join(map(str, one["loc"][1:])) or "body", says=one["msg"])
        for one in error.errors
    )
    detail = "; ".join(f"{problem.field}: {problem.what}" for problem in problems)
    return answer(422, detail, errors=problems)


def open_door() -> Door:
    """A fresh API without operations."""
    door = Door(
        title="Staydown",
        version="1",
        description=(
            "For the platform: screen uploads, file notices, follow cases, and fetch what a "
            "reviewer decided. Nothing here says how closely a picture matches, or why."
        ),
        docs_url=None,
        parser=JsonBodies(),
    )
    for kind in (Exception, ValidationError, HttpError, Http404):  # Ninja has its own for these
        door.add_exception_handler(kind, refuse)
    return door
