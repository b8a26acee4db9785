"""On which ground something was taken down, or nothing was: words of ours, chosen by a reviewer."""

from enum import StrEnum


class Ground(StrEnum):
    """Why content was taken down (DSA Art. 17(3)(d) and (e))."""

    ILLEGAL = "illegal"  # against a law that binds the platform
    TERMS = "terms"  # against the platform's own terms


class Refusal(StrEnum):
    """Why nothing was taken down, as its notifier is told."""

    ANOTHER_PERSON = "another_person"
    CONSENT = "consent"
    NOT_THERE = "not_there"
    TOO_LITTLE = "too_little"
    NO_GROUND = "no_ground"
