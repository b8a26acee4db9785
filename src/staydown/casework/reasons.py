"""Why a person decided or looked, in their words, and the commitment the audit chain keeps.

The words and their salt are sealed with the notice. Once the notice's key is destroyed, the
commitment says nothing.
"""

from dataclasses import dataclass, field

from staydown.digests import Digest, commit
from staydown.errors import BadRequest
from staydown.ids import Randomness

MAX_REASON = 2_000
SALT_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Words for one decision; `repr` shows none of them."""

    text: str = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def commitment(self) -> Digest:
        """What the audit chain keeps."""
        return commit(self.text.encode(), self.salt)


def give_reason(text: str, randomness: Randomness) -> Reason:
    """The reason, freshly salted. Raises BadRequest if there is none, or it is too long."""
    stripped = text.strip()
    if not stripped:
        raise BadRequest("reason: please say why, in a few words")
    if len(stripped) > MAX_REASON:
        raise BadRequest(f"reason: at most {MAX_REASON} characters")
    return Reason(text=stripped, salt=randomness(SALT_BYTES))
