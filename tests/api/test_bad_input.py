"""Every bad input has an answer of its own, in the one shape, naming what is wrong. Never a 500."""

import json
from dataclasses import dataclass, field

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Scope
from tests.installation import new_key
from tests.photographs import unrelated

CASE = "case_" + "a" * 24
COPY = "copy_" + "a" * 24
COMMAND = "command_" + "a" * 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A request that cannot be done, and how it is refused."""

    path: str
    status: int
    says: str
    method: str = "post"
    body: bytes | dict[str, object] = b""
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def picture(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("p.jpg", data)


def raw(body: bytes, **more: object) -> Bad:
    wants: dict[str, object] = {"path": "/v1/screen?content_ref=x", "kind": "image/jpeg"}
    return Bad(body=body, **{**wants, **more})  # type: ignore[arg-type]


def form(**parts: object) -> dict[str, object]:
    return {"content_ref": "x", "picture": picture(unrelated()), **parts}


def multipart(text: bytes) -> bytes:
    """A form whose `content_ref` is those bytes, in the shape that kind MULTIPART announces."""
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="content_ref"\r\n\r\n' + text,
        b'--b\r\nContent-Disposition: form-data; name="picture"; filename="p"\r\n\r\n'
        + unrelated(),
    ]
    return b"\r\n".join([*parts, b"--b--\r\n"])


MULTIPART = "multipart/form-data; boundary=b"
JSON = "application/json"
WITHDRAW = f"/v1/cases/{CASE}/withdraw"

REQUESTS = {
    "an empty picture": raw(b"", status=422, says="empty"),
    "half a picture": raw(unrelated()[:2000], status=422, says="picture"),
    "no picture at all": raw(b"hello" * 100, status=422, says="picture"),
    "too many bytes": raw(b"x" * 2_000_001, status=413, says="at most 2000000"),
    "a text": raw(b"hello", kind="text/plain", status=415, says="multipart/form-data"),
    "no content type": raw(b"hello", kind="", status=415, says="multipart/form-data"),
    "no reference": raw(unrelated(), path="/v1/screen", status=422, says="content_ref"),
    "a NUL in the reference": raw(
        unrelated(), path="/v1/screen?content_ref=a%00b", status=422, says="content_ref"
    ),
    "a reference that is not UTF-8": raw(
        unrelated(), path="/v1/screen?content_ref=%ff", status=422, says="content_ref"
    ),
    "a huge reference": raw(
        unrelated(), path=f"/v1/screen?content_ref={'x' * 501}", status=422, says="content_ref"
    ),
    "a form that is too large": Bad(
        path="/v1/screen",
        body=form(picture=picture(b"x" * 2_400_000)),
        status=413,
        says="are accepted",
    ),
    "a form without a picture": Bad(
        path="/v1/screen", body={"content_ref": "x"}, status=422, says="picture"
    ),
    "a picture that is a text": Bad(
        path="/v1/screen",
        body={"content_ref": "x", "picture": "hello"},
        status=422,
        says="misplaced parts of the form: picture",
    ),
    "an unknown part of the form": Bad(
        path="/v1/screen", body=form(contnet_ref="x"), status=422, says="contnet_ref"
    ),
    "a reference that comes twice": Bad(
        path="/v1/screen", body=form(content_ref=["x", "y"]), status=422, says="send it once"
    ),
    "a form with no boundary": raw(
        b"x", kind="multipart/form-data", status=422, says="form cannot be read"
    ),
    "a form that ends early": raw(
        multipart(b"x")[:300], kind=MULTIPART, path="/v1/screen", status=422, says=""
    ),
    "a form whose text is not UTF-8": raw(
        multipart(b"\xff\xfe"), kind=MULTIPART, path="/v1/screen", status=422, says="content_ref"
    ),
    "a form with a NUL": raw(
        multipart(b"a\x00b"), kind=MULTIPART, path="/v1/screen", status=422, says="content_ref"
    ),
    "a form with a huge text": raw(
        multipart(b"x" * 1_500_000), kind=MULTIPART, path="/v1/screen", status=413, says=""
    ),
    "a notice with nothing in it": Bad(
        path="/v1/notices", body={"contact": ""}, status=422, says="signature: please fill"
    ),
    "a notice as JSON": Bad(
        path="/v1/notices", body=b"{}", kind=JSON, status=415, says="multipart/form-data"
    ),
    "JSON that is none": Bad(path=WITHDRAW, body=b"{", kind=JSON, status=422, says="not JSON"),
    "JSON that is not UTF-8": Bad(
        path=WITHDRAW, body=b'{"secret": "\xff"}', kind=JSON, status=422, says="not JSON"
    ),
    "JSON with a NUL": Bad(
        path=WITHDRAW, body=b'{"secret": "a\\u0000"}', kind=JSON, status=422, says="secret"
    ),
    "JSON with half a character": Bad(
        path=WITHDRAW, body=b'{"secret": "\\ud800"}', kind=JSON, status=422, says="secret"
    ),
    "JSON with not a number": Bad(
        path=WITHDRAW, body=b'{"secret": NaN}', kind=JSON, status=422, says="NaN"
    ),
    "JSON with an unknown key": Bad(
        path=WITHDRAW, body=b'{"secret": "a", "b": 1}', kind=JSON, status=422, says="b: "
    ),
    "JSON that is a list": Bad(path=WITHDRAW, body=b"[]", kind=JSON, status=422, says="object"),
    "JSON nested a million times": Bad(
        path=WITHDRAW, body=b"[" * 200_000, kind=JSON, status=422, says="not JSON"
    ),
    "JSON that is huge": Bad(
        path=WITHDRAW, body=b'"' + b"x" * 1_100_000, kind=JSON, status=413, says="larger"
    ),
    "no JSON at all": Bad(path=WITHDRAW, kind=JSON, status=422, says="body"),
    "a form where JSON belongs": Bad(
        path=WITHDRAW, body={"secret": "a"}, status=415, says="application/json"
    ),
    "a secret that is wrong": Bad(
        path=WITHDRAW, body=b'{"secret": "a"}', kind=JSON, status=404, says="no such"
    ),
    "a case that is not there": Bad(
        path=f"/v1/cases/{CASE}", method="get", status=404, says="no such"
    ),
    "a case whose name is no name": Bad(
        path="/v1/cases/%00", method="get", status=404, says="no such"
    ),
    "a command that is not there": Bad(
        path=f"/v1/commands/{COMMAND}/acknowledge", status=404, says="no such"
    ),
    "commands that are not open": Bad(
        path="/v1/commands?open=false", method="get", status=422, says="open"
    ),
    "an unknown address": Bad(path="/v1/bank", method="get", status=404, says="no such address"),
    "a wrong method": Bad(path="/v1/screen", method="get", status=405, says="POST"),
    "a decision by an API key": Bad(
        path=f"/v1/cases/{CASE}/copies/{COPY}/decision",
        body=b"{}",
        kind=JSON,
        status=401,
        says="an API key is not enough",
    ),
    "a chunked body where none is counted": Bad(
        path=WITHDRAW,
        kind=JSON,
        headers={"transfer-encoding": "chunked"},
        status=411,
        says="Content-Length",
    ),
}


def send(client: Client, bad: Bad, headers: dict[str, str]) -> tuple[int, str, dict[str, object]]:
    """Status, content type and problem of the answer. Sends the type of an empty body too."""
    if bad.method == "get":
        response = client.get(bad.path, headers=headers)
    elif isinstance(bad.body, dict):
        response = client.post(bad.path, bad.body, headers=headers)
    else:
        headers = {**headers, "content-type": bad.kind}
        response = client.generic(
            "POST", bad.path, bad.body, content_type=bad.kind, headers=headers
        )
    return response.status_code, response.headers["Content-Type"], json.loads(response.content)


@pytest.mark.parametrize("name", REQUESTS)
def test_is_refused_in_one_shape(name: str, house: House, visitor: Client) -> None:
    bad = REQUESTS[name]

    status, kind, problem = send(visitor, bad, {**new_key(house, *Scope), **bad.headers})

    assert (status, kind) == (bad.status, "application/problem+json")
    assert list(problem) == ["type", "title", "status", "detail", "errors"]
    assert problem["status"] == bad.status
    assert bad.says in str(problem["detail"])


def test_a_bad_notice_names_every_field_at_once(house: House, visitor: Client) -> None:
    response = visitor.post(
        "/v1/notices", {"was_minor": "no"}, headers=new_key(house, Scope.NOTICES)
    )

    named = [error["field"] for error in response.json()["errors"]]
    assert named == [
        "kind",
        "capacity",
        "statement",
        "keeps_photo",
        "signature",
        "is_in_good_faith",
        "originals",
    ]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer \x00"])
def test_without_a_good_key_nothing_is_answered(header: str, house: House, visitor: Client) -> None:
    response = visitor.get("/v1/commands", headers={"authorization": header} if header else {})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="staydown"'
