"""What a reviewer did about the places that a notice names, as they say it.

Content that was published before it was ever screened is found by a person, who gives the
platform's own name for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from staydown.casework.findings import Findings
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.notices import MAX_LOCATIONS
from staydown.casework.reasons import Reason
from staydown.casework.uploads import check_ref
from staydown.errors import BadRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """They looked, for this reason did what they did, and want this content taken down.

    `take_down` are the platform's own names; `findings` are there if anything is to be.
    """

    reason: Reason
    take_down: tuple[str, ...] = ()
    findings: Findings | None = None
    ground: Ground = Ground.ILLEGAL
    refusal: Refusal = Refusal.NOT_THERE

    @property
    def because(self) -> Ground | Refusal:
        """The ground for what was taken down, or why nothing was."""
        return self.ground if self.take_down else self.refusal


def read_look(
    reason: Reason,
    take_down: Sequence[str],
    findings: Findings | None,
    because: Ground | Refusal | None = None,
) -> Look:
    """The look in what was typed; a name given twice counts once.

    Raises BadRequest for a name that is none, for too many, and without findings.
    """
    names = tuple(dict.fromkeys(name.strip() for name in take_down if name.strip()))
    if len(names) > MAX_LOCATIONS:
        raise BadRequest(f"take_down: at most {MAX_LOCATIONS} names at once")
    for name in names:
        check_ref("take_down", name)
    if names and findings is None:
        raise BadRequest("findings: to take something down, answer all three questions")
    return Look(
        reason=reason,
        take_down=names,
        findings=findings if names else None,
        ground=because if isinstance(because, Ground) else Ground.ILLEGAL,
        refusal=because if isinstance(because, Refusal) else Refusal.NOT_THERE,
    )
