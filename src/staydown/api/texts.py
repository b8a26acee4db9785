"""Kinds of text that the API takes: clean, or refused by name; never repaired.

U+FFFD stands where bytes were not UTF-8: a name that was changed on the way would name something
else.
"""

from typing import Annotated

from pydantic import Field

from staydown.casework.notices import MAX_LINE, MAX_LOCATION
from staydown.casework.reasons import MAX_REASON
from staydown.casework.uploads import MAX_REF
from staydown.errors import BadRequest

CaseRef = Annotated[str, Field(pattern=r"^case_[a-z2-7]{24}$", description="A case's number.")]
CopyRef = Annotated[str, Field(pattern=r"^copy_[a-z2-7]{24}$", description="A found copy's name.")]
CommandRef = Annotated[
    str, Field(pattern=r"^command_[a-z2-7]{24}$", description="A command's name.")
]
CleanText = Annotated[
    str,
    Field(
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]*$", min_length=1, max_length=MAX_REASON
    ),
]
"""Some lines of text without control characters."""
Location = Annotated[
    str, Field(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]*$", max_length=MAX_LOCATION)
]
"""A place, in words or as an address."""
Contact = Annotated[
    str, Field(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]*$", max_length=MAX_LINE)
]
"""A way to reach somebody; it may be empty."""
CleanRef = Annotated[
    str, Field(pattern=r"^[^\x00-\x1f\x7f\ufffd]*$", min_length=1, max_length=MAX_REF)
]
"""A platform's own name for something, on one line."""


def require_utf8(name: str, given: str) -> str:
    """What was given. Raises BadRequest if some of it was not UTF-8."""
    if "\ufffd" in given:
        raise BadRequest(f"{name}: is not UTF-8")
    return given
