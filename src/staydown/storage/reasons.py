"""Reasons and their salts, sealed under the notice they are about, so that they go with it."""

from contextlib import suppress

from staydown.casework.reasons import SALT_BYTES, Reason
from staydown.errors import KeyGone, NotFound
from staydown.ids import NoticeId
from staydown.storage.models import SealedRow
from staydown.storage.vault import DatabaseVault

OF_THE_CASE = ("reason/", "appeal/")
"""How the names begin under which words about a case are sealed."""


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
    found = open_reason_of(vault, notice, name)
    return None if found is None else found.text


def open_reasons(vault: DatabaseVault, notice: NoticeId) -> tuple[Reason, ...]:
    """All that people decided about a notice, asked for or answered, in their words, with salts.

    None once it was destroyed. What was decided about its notifier is not in it.
    """
    names = SealedRow.objects.filter(key_id=notice).order_by("name").values_list("name", flat=True)
    kept = [name for name in names if name.startswith(OF_THE_CASE)]
    found = (open_reason_of(vault, notice, name) for name in kept)
    return tuple(one for one in found if one is not None)


def open_reason_of(vault: DatabaseVault, subject: str, name: str) -> Reason | None:
    """The words with their salt, or None once they were destroyed."""
    try:
        sealed = vault.open(subject, name)
    except (KeyGone, NotFound):
        return None
    return Reason(text=sealed[SALT_BYTES:].decode(), salt=sealed[:SALT_BYTES])


def _name(decision: int) -> str:
    return f"reason/{decision}"
