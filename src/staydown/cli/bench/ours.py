"""The engine as the benchmark asks it: the one module here that knows how photographs are
registered and looked up.

Processor time is of this process, in milliseconds; the benchmark keeps it to one thread.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from staydown.bank.catalogue import Catalogue
from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.search import Match, examine, search_quickly, shortlist
from staydown.bank.shelf import Shelf, pack_known, unpack_known
from staydown.engine.pictures import open_picture
from staydown.engine.sketches import sketch
from staydown.engine.subjects import Known, know, look_at
from staydown.engine.verdict import AreaMap, Verdict
from staydown.ids import ActorId, EntryId

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DIGEST_BYTES = 2 * 32
SCORE = "strength of evidence"
"""What a candidate's score is (engine.evidence)."""
CERTAIN = 1000.0
"""The score of the same file or the same pixels, which need no evidence."""


class Stage(StrEnum):
    """What an upload's time goes into, in order."""

    DECODE = "decode"
    HASH = "hash"  # digests and PDQ in eight turns: all that depth `quick` looks at
    FEATURES = "features"
    SEARCH = "search"  # the short list
    VERIFY = "verify"  # each of it, in full: geometry, evidence, the map and the verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is said about the looked-up picture and the entry of that number."""

    entry: int
    score: float
    verdict: Verdict
    areas: AreaMap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Processor milliseconds of one stage."""

    stage: Stage
    cpu_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Every entry about which something is said, and what it took."""

    candidates: tuple[Candidate, ...]
    spent: tuple[Spent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySize:
    """Bytes of one entry: what is held in memory to search it, and what is kept at all."""

    memory_bytes: int
    kept_bytes: int


def keep(data: bytes) -> bytes:
    """What is kept of a photograph that is registered. Raises BadPicture."""
    return pack_known(know(open_picture(data)))


def open_shelf(kept: Sequence[bytes]) -> Shelf:
    """The photographs that `keep` was asked to keep, numbered from 0, ready to be searched. Only
    sketches stay opened, as in a bank.
    """
    entries = {entry_id(number): entry_of(number) for number in range(len(kept))}

    def unpack(entry: EntryId) -> Known:
        return unpack_known(kept[int(entry)])

    catalogue = Catalogue()
    catalogue.add({one: sketch(unpack(one).fingerprint) for one in entries})
    return Shelf(entries=entries, catalogue=catalogue, open=unpack)


def entry_id(number: int) -> EntryId:
    """An entry's id here is its number."""
    return EntryId(str(number))


def entry_of(number: int) -> Entry:
    """An innocent original."""
    return Entry(
        id=entry_id(number),
        role=EntryRole.ORIGINAL,
        source=EntrySource.COMMAND_LINE,
        status=EntryStatus.CONFIRMED,
        added_at=LONG_AGO,
        added_by=ActorId("bench"),
    )


def look_up(shelf: Shelf, data: bytes) -> LookUp:
    """Look a found picture up at full depth. Raises BadPicture.

    Hashing and the short list are done twice, once for their time alone.
    """
    marks = [time.process_time()]
    picture = open_picture(data)
    marks.append(time.process_time())
    look_at(picture, is_quick=True)
    marks.append(time.process_time())
    seen = look_at(picture)
    marks.append(time.process_time())
    shortlist(shelf, seen.fingerprint)
    marks.append(time.process_time())
    matches = examine(shelf, seen)
    marks.append(time.process_time())
    decode, hashing, fingerprinting, searching, everything = (
        1000 * (end - start) for start, end in zip(marks, marks[1:], strict=False)
    )
    described, verified = fingerprinting - hashing, everything - searching
    spent = (decode, hashing, max(0.0, described), searching, max(0.0, verified))
    return LookUp(
        candidates=tuple(candidate_of(one) for one in matches if is_scored(one)),
        spent=tuple(Spent(stage=stage, cpu_ms=ms) for stage, ms in zip(Stage, spent, strict=True)),
    )


def time_quick(shelf: Shelf, data: bytes) -> float:
    """Processor milliseconds of looking a found picture up at depth `quick`, decoding included."""
    started = time.process_time()
    search_quickly(shelf, look_at(open_picture(data), is_quick=True))
    return 1000 * (time.process_time() - started)


def is_scored(match: Match) -> bool:
    """Whether anything fitted at all; one that cannot be told stands for all."""
    settled = (Verdict.IDENTICAL, Verdict.CANNOT_TELL)
    return match.comparison.score is not None or match.comparison.verdict in settled


def candidate_of(match: Match) -> Candidate:
    """A match in the benchmark's words."""
    score = match.comparison.score
    return Candidate(
        entry=int(match.entry.id),
        score=CERTAIN if score is None else float(score),
        verdict=match.comparison.verdict,
        areas=match.comparison.areas,
    )


def size_of(kept: bytes) -> EntrySize:
    """What the entry takes: in memory its sketch, without tables whose size does not grow."""
    alone = open_shelf([kept]).catalogue
    return EntrySize(memory_bytes=alone.bytes_used + DIGEST_BYTES, kept_bytes=len(kept))
