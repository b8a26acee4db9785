"""What the operator chose: how long and how often a copy may be held before a human being looked.

The numbers come from settings; what a law allows comes from its packs (`policy`).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from staydown.policy.library import Law


class Action(StrEnum):
    """What the platform is told to do with an upload, mildest first."""

    PUBLISH = "publish"
    UNSCREENED = "unscreened"  # nothing could be said; the operator's setting decided
    HOLD = "hold"
    BLOCK = "block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The operator's choices.

    `hold_for` and `hold_cap` bound what an entry that no reviewer confirmed may do: so many
    different pictures, each of them so many times, each time so long; of what comes past its cap
    so many as `unheld_cap` are recorded, since a flood must not fill the disk; one that has held
    the uploads of `accounts_cap` accounts is quarantined, until a reviewer confirms it;
    `blocks_removed` lets a confirmed removed entry stop identical copies without asking;
    `on_unscreened` is the answer where nothing can be compared; `law` are the laws that bind them;
    `terms` is the clause of their terms that posters are told, `terms_url` where it can be read;
    `appeal_months` is how long either side may appeal, where no law leaves more time;
    `reveals_a_day` bounds how often one reviewer looks under a cover, each time for `reveal_for`.
    """

    hold_for: timedelta = timedelta(hours=48)
    hold_cap: int = 20
    unheld_cap: int = 200
    accounts_cap: int = 10
    blocks_removed: bool = True
    on_unscreened: Action = Action.UNSCREENED
    law: Law = field(default_factory=Law)
    terms: str = ""
    terms_url: str = ""
    appeal_months: int = 6
    reveals_a_day: int = 30
    reveal_for: timedelta = timedelta(seconds=10)
    unsafe_single_reviewer: bool = False
    """One reviewer confirms their own decision.

    Harms people whose pictures one mistaken reviewer removes.
    """
