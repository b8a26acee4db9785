"""The multipart form of a notice: its description for openapi.json, and reading it as text.

What the fields must hold is decided in `casework.notices`; the description says the same.
"""

from staydown.api.bodies import Form
from staydown.casework.handing_on import DIGEST
from staydown.casework.notices import (
    MAX_LINE,
    MAX_LOCATION,
    MAX_LOCATIONS,
    MAX_ORIGINALS,
    MAX_STATEMENT,
    Capacity,
    ContactWish,
    Kind,
    NoticeForm,
)

type Described = dict[str, object]

WAS_MINOR = "was_minor"
ORIGINALS = "originals"
KEEPS_PHOTO = "keeps_photo"
DIGESTS = "digests"
FINGERPRINTS = "fingerprints"


def _text(longest: int, **more: object) -> Described:
    return {"type": "string", "maxLength": longest, **more}


def _choice(*choices: str, **more: object) -> Described:
    return {"type": "string", "enum": [*choices], **more}


TEXTS: dict[str, Described] = {
    "kind": _choice(*Kind),
    "capacity": _choice(*Capacity),
    "basis": _text(
        MAX_LINE,
        description=(
            "Why somebody else may speak for the person shown; the status of a trusted flagger; "
            "the number of an order."
        ),
    ),
    "statement": _text(MAX_STATEMENT, minLength=1),
    "locations": {"type": "array", "maxItems": MAX_LOCATIONS, "items": _text(MAX_LOCATION)},
    KEEPS_PHOTO: _choice(
        "yes",
        "no",
        description=(
            "May a small sealed copy of the originals be kept, until the notice is taken back? "
            "`no`: fingerprints only. Then doctored copies cannot be found, and `locations` must "
            "name a place where a person can look."
        ),
    ),
    "content_refs": {
        "type": "array",
        "maxItems": MAX_LOCATIONS,
        "items": _text(MAX_LINE),
        "description": "Your own names of the content complained of, where you know them.",
    },
    FINGERPRINTS: {
        "type": "array",
        "maxItems": MAX_ORIGINALS,
        "items": {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"},
        "description": "PDQs of pictures that are not sent: plain copies are found by them, once a "
        "reviewer confirmed them.",
    },
    "contact": _text(MAX_LINE, description="Without any it is taken, and not called statutory."),
    "contact_wish": _choice(*ContactWish, description="Is it safe to write there?"),
    "order_due_at": {
        "type": "string",
        "format": "date-time",
        "description": "Until when an order gives. For the capacity `authority` alone.",
    },
    "signature": _text(MAX_LINE, minLength=1),
    "is_in_good_faith": _choice("yes"),
}
PICTURES: Described = {
    "type": "array",
    "maxItems": MAX_ORIGINALS,
    "items": {"type": "string", "format": "binary"},
    "description": "The innocent photographs. Never the abusive picture.",
}
ADULT: Described = {
    "type": "object",
    "required": [
        WAS_MINOR,
        "kind",
        "capacity",
        "statement",
        KEEPS_PHOTO,
        "signature",
        "is_in_good_faith",
    ],
    "additionalProperties": False,
    "properties": {
        WAS_MINOR: _choice("no", description="Under 18 when the picture was taken?"),
        **TEXTS,
        ORIGINALS: PICTURES,
    },
}
BELONGS_ELSEWHERE: Described = {
    "description": (
        "Somebody under 18 may be shown: nothing is read but where it is (`locations`) and "
        "`digests` that you computed yourself, which are kept to be handed on."
    ),
    "type": "object",
    "required": [WAS_MINOR],
    "additionalProperties": False,
    "properties": {
        WAS_MINOR: _choice("yes", "unsure"),
        **dict.fromkeys([*TEXTS, ORIGINALS], {}),
        "locations": TEXTS["locations"],
        DIGESTS: {
            "type": "array",
            "maxItems": MAX_LOCATIONS,
            "items": {"type": "string", "pattern": f"^{DIGEST.pattern}$"},
        },
    },
}
BODY: Described = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": {"anyOf": [ADULT, BELONGS_ELSEWHERE]}}},
    }
}


def read_notice_form(form: Form) -> NoticeForm:
    """What was typed. Raises BadRequest for a part that no notice has, or that comes twice."""
    form.refuse_unknown(texts={WAS_MINOR, DIGESTS, *TEXTS}, files={ORIGINALS})
    return NoticeForm(
        was_minor=form.text(WAS_MINOR),
        kind=form.text("kind"),
        capacity=form.text("capacity"),
        basis=form.text("basis"),
        statement=form.text("statement"),
        locations=form.lines("locations"),
        keeps_photo=form.text(KEEPS_PHOTO),
        content_refs=form.lines("content_refs"),
        digests=form.lines(DIGESTS),
        fingerprints=form.lines(FINGERPRINTS),
        contact=form.text("contact"),
        contact_wish=form.text("contact_wish"),
        order_due_at=form.text("order_due_at"),
        is_from_platform=True,
        signature=form.text("signature"),
        is_in_good_faith=form.text("is_in_good_faith"),
    )
