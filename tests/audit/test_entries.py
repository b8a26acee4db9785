"""Facts survive being stored, and none of them can hold anything private."""

from dataclasses import fields
from types import NoneType
from typing import get_args, get_type_hints

import pytest

from staydown.audit.entries import FACTS, Fact, as_json, from_json
from staydown.digests import Digest
from staydown.ids import (
    ActorId,
    AppealId,
    CaseFileId,
    CaseId,
    CommandId,
    CopyId,
    EntryId,
    HandOffId,
    NoticeId,
)

IDS_AND_COMMITMENTS = {
    *(ActorId, AppealId, CaseFileId, CaseId, CommandId, CopyId, EntryId, HandOffId, NoticeId),
    Digest,
}
WORDS = {"role", "move", "kind", "regime", "percent", "side", "due", "names_notifier", "why"}
"""Fields of plain text: each is one of few words of ours, or of a pack, or is a time."""


def example(kind: type[Fact]) -> Fact:
    filled = {field.name: f"some {field.name}" for field in fields(kind)}
    return from_json({"fact": kind.__name__, **filled})


@pytest.mark.parametrize("kind", FACTS)
def test_a_fact_survives_being_stored(kind: type[Fact]) -> None:
    stored = {name: str(value) for name, value in as_json(example(kind)).items()}

    assert from_json(stored) == example(kind)


@pytest.mark.parametrize("kind", FACTS)
def test_a_fact_has_room_for_ids_commitments_and_our_own_words_only(kind: type[Fact]) -> None:
    hints = get_type_hints(kind)

    roomy = {
        name
        for name, hint in hints.items()
        if not {*(get_args(hint) or (hint,))} <= {*IDS_AND_COMMITMENTS, NoneType}
    }
    assert roomy - WORDS == set()


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"fact": "NobodyKnows"},
        {"fact": "CaseOpened"},
        {"fact": "CaseOpened", "case": "c", "link": "https://forum.example/1"},
    ],
)
def test_what_is_no_fact_of_ours_is_refused(stored: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a fact of no known kind"):
        from_json(stored)
