"""POST /v1/screen: one upload in, what to do with it out.

The answer holds no score and no name of an entry: it must not serve to learn how closely a
picture matches.
"""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from staydown.api.bodies import Form, read_body, read_form
from staydown.api.door import promise
from staydown.api.keys import ApiKey, platform_of
from staydown.api.texts import require_utf8
from staydown.assembly.house import current_house
from staydown.casework import screening
from staydown.casework.people import Scope
from staydown.casework.rules import Action
from staydown.casework.uploads import MAX_REF, Upload
from staydown.engine.verdict import Verdict
from staydown.errors import BadRequest, WrongContentType

router = Router(tags=["screening"])


class Screened(Schema):
    """What to do with the upload."""

    action: Action = Field(description="What to do with it.")
    verdict: Verdict = Field(description="What was found out about the picture.")
    case: str | None = Field(description="The case it was recorded in, if it was.")
    held_until: datetime | None = Field(
        description="When the hold ends by itself; null if it waits until decided, or is no hold."
    )


REF = {"type": "string", "minLength": 1, "maxLength": MAX_REF}
PICTURE = {"type": "string", "format": "binary"}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["picture", "content_ref"],
                    "additionalProperties": False,
                    "properties": {"picture": PICTURE, "content_ref": REF, "account_ref": REF},
                }
            },
            "image/*": {"schema": PICTURE},
            "application/octet-stream": {"schema": PICTURE},
        },
    }
}

ContentRef = Annotated[
    str | None,
    Query(description="Your own name for the content; in the form if you send one.", **REF),
]
AccountRef = Annotated[
    str | None, Query(description="Your own name for the account, if you like.", **REF)
]


@router.post(
    "/screen",
    operation_id="screen",
    summary="Screen one upload",
    auth=ApiKey(Scope.SCREEN),
    response=promise(200, Screened, 400, 401, 408, 413, 415, 422, 429, 503),
    openapi_extra=BODY,
)
def screen(
    request: HttpRequest, content_ref: ContentRef = None, account_ref: AccountRef = None
) -> screening.Screened:
    """Send the picture as it was uploaded: as the body (`image/*`), or as `picture` in a form.

    `content_ref` is yours: the same one with the same bytes is answered by what was decided
    since. Needs a key for `screen`.
    """
    upload = read_upload(request, content_ref=content_ref, account_ref=account_ref)
    return current_house().screening.screen(upload, by=platform_of(request))


def read_upload(
    request: HttpRequest, *, content_ref: str | None, account_ref: str | None
) -> Upload:
    """The upload in a form or in a raw body. Raises WrongContentType, TooLarge and BadRequest."""
    max_bytes = current_house().settings.max_upload_bytes
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        form = read_form(request, max_bytes=max_bytes)
        content_ref = form.text("content_ref") or content_ref
        account_ref = form.text("account_ref") or account_ref
        data = _only_picture(form)
    elif kind.startswith("image/") or kind == "application/octet-stream":
        data = read_body(request, max_bytes=max_bytes)
    else:
        raise WrongContentType("send a form (multipart/form-data), or the picture as image/*")
    return Upload(
        data=data,
        content_ref=require_utf8("content_ref", content_ref or ""),
        account_ref=require_utf8("account_ref", account_ref or "") or None,
    )


def _only_picture(form: Form) -> bytes:
    form.refuse_unknown(texts={"content_ref", "account_ref"}, files={"picture"})
    pictures = form.files.get("picture", ())
    if len(pictures) != 1:
        raise BadRequest("picture: send exactly one file of this name")
    return pictures[0]
