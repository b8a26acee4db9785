"""What a human being found on looking, kept apart from what the machine measured.

A verdict says that a picture derives from another one. Who is on it, what it shows and who agreed
to it are findings of the reviewer, who may also be unsure (LAW part 1.5: a match decides none of
the three).
"""

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """An answer to one question. `unsure` is an answer."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The three questions a reviewer answers about a found copy, whichever way they decide."""

    shows_this_person: Finding
    is_intimate: Finding
    is_without_consent: Finding

    @property
    def contradicts_removal(self) -> bool:
        """Whether the notice has no ground by their own answers: another person, or consent."""
        return Finding.NO in {self.shows_this_person, self.is_without_consent}
