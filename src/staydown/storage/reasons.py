"""Reasons and their salts, sealed under the notice they are about, so that they go with it."""

from contextlib import suppress

from staydown.casework.reasons import SALT_BYTES, Reason
from staydown.errors import KeyGone, NotFound
from staydown.ids import NoticeId
from staydown.storage.vault import DatabaseVault


def seal_reason(vault: DatabaseVault, notice: NoticeId, decision: int, reason: Reason) -> None:
    """Keep the reason of a decision."""
    seal_words(vault, notice, _name(decision), reason)


def open_reason(vault: DatabaseVault, notice: NoticeId, decision: int) -> str | None:
    """The words of a reason, or None once they were destroyed."""
    return open_words(vault, notice, _name(decision))


def seal_words(vault: DatabaseVault, notice: NoticeId, name: str, words: Reason) -> None:
    """Keep words about a notice under that name.

    After a withdrawal nothing about the notice is kept any more: only its commitment stays.
    """
    with suppress(KeyGone):
        vault.put(notice, name, words.salt + words.text.encode())


def open_words(vault: DatabaseVault, notice: NoticeId, name: str) -> str | None:
    """The words, or None once they were destroyed."""
    try:
        return vault.open(notice, name)[SALT_BYTES:].decode()
    except (KeyGone, NotFound):
        return None


def _name(decision: int) -> str:
    return f"reason/{decision}"
