"""One upload as the platform sends it, and as it was looked at.

The references are the platform's own names for the content and the account: what they mean, and
that the content is what was sent, is the platform's word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from staydown.bank.search import Match
from staydown.casework.copies import Marks
from staydown.engine.subjects import Seen
from staydown.errors import BadRequest

MAX_REF = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One upload: the file's bytes, and what the platform calls its content and account.

    What `is_public` is shown already: if it is to be stopped, the platform has to be asked.
    """

    data: bytes = field(repr=False)
    content_ref: str
    account_ref: str | None = None
    is_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One view of an upload as it was looked at, what was found, and by what it is recognised
    again.

    Most uploads have one view; an animation, or a picture with transparency, has several.
    """

    upload: Upload
    seen: Seen = field(repr=False)
    marks: Marks
    matches: Sequence[Match] = ()


def check_refs(upload: Upload) -> None:
    """Raises BadRequest unless the references are short, printable and there."""
    if not upload.content_ref.strip():
        raise BadRequest("content_ref: give your own name for this content")
    check_ref("content_ref", upload.content_ref)
    if upload.account_ref:
        check_ref("account_ref", upload.account_ref)


def check_ref(field: str, ref: str) -> None:
    """Raises BadRequest, naming `field`, unless the platform could have such a name."""
    if len(ref) > MAX_REF or not ref.isprintable():
        raise BadRequest(f"{field}: at most {MAX_REF} printable characters")
