"""A notice as bytes to be sealed: one JSON object, read back strictly."""

import json
from dataclasses import asdict
from datetime import datetime

from staydown.casework.notices import Capacity, ContactWish, Kind, Notice
from staydown.digests import canonical
from staydown.errors import SealBroken
from staydown.ids import CaseId, NoticeId


def pack_notice(notice: Notice) -> bytes:
    """The notice in canonical JSON."""
    return canonical({**asdict(notice), "signed_at": notice.signed_at.isoformat()})


def unpack_notice(packed: bytes) -> Notice:
    """The notice that `pack_notice` wrote. Raises SealBroken if it is not one.

    One from before has no wish about contact, and no names of content.
    """
    try:
        told = json.loads(packed)
        return Notice(
            id=NoticeId(told["id"]),
            case=CaseId(told["case"]),
            kind=Kind(told["kind"]),
            capacity=Capacity(told["capacity"]),
            basis=told["basis"],
            statement=told["statement"],
            locations=tuple(told["locations"]),
            contact=told["contact"],
            signature=told["signature"],
            signed_at=datetime.fromisoformat(told["signed_at"]),
            contact_wish=ContactWish(told.get("contact_wish", ContactWish.ANYTIME)),
            content_refs=tuple(told.get("content_refs", ())),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SealBroken("not a notice") from error
