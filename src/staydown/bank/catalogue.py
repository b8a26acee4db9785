"""What a process holds in memory of a bank's live entries: sketches, ready to be searched, and no
picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from staydown.digests import Digest
from staydown.engine.copy_index import Candidate, CopyIndex
from staydown.engine.fingerprints import Fingerprint
from staydown.engine.hamming_index import HammingIndex
from staydown.engine.pdq import DihedralHashes
from staydown.engine.sketches import Sketch
from staydown.ids import EntryId


@dataclass(slots=True, kw_only=True)
class Catalogue:
    """Sketches by entry. Searches may run while one thread adds and drops."""

    _codes: CopyIndex = field(default_factory=CopyIndex)
    _hashes: HammingIndex = field(default_factory=HammingIndex)
    _digests: dict[EntryId, tuple[Digest, Digest]] = field(default_factory=dict)

    @property
    def entries(self) -> frozenset[EntryId]:
        """What is in it."""
        return frozenset(self._digests)

    @property
    def bytes_used(self) -> int:
        """Memory of codes and hashes, without tables whose size does not grow."""
        return self._codes.bytes_used + 32 * len(self._hashes)

    def add(self, sketches: Mapping[EntryId, Sketch]) -> None:
        """Make entries findable. Raises ValueError for one that is there already."""
        self._codes.add({key: one.codes for key, one in sketches.items() if len(one.codes)})
        self._hashes.add({key: one.pdq for key, one in sketches.items() if one.pdq})
        self._digests |= {key: (one.file_digest, one.pixel_digest) for key, one in sketches.items()}

    def drop(self, entry: EntryId) -> None:
        """Forget an entry, and wipe its codes. Nothing happens if it is not there."""
        self._digests.pop(entry, None)
        self._hashes.drop(entry)
        self._codes.drop(entry)

    def same_pixels(self, seen: Fingerprint) -> tuple[EntryId, ...]:
        """The entries of the same file or the same pixels."""
        asked = (seen.file_digest, seen.pixel_digest)
        return tuple(
            key
            for key, held in list(self._digests.items())
            if any(one == other for one, other in zip(held, asked, strict=True))
        )

    def near_hashes(self, seen: Fingerprint, radius_bits: int) -> tuple[tuple[EntryId, int], ...]:
        """The entries within `radius_bits` by PDQ however turned, and how far: nearest first."""
        if not isinstance(seen.pdq, DihedralHashes):
            return ()
        found = self._hashes.search_within(seen.pdq, radius_bits)
        return tuple((EntryId(key), distance) for key, distance in found)

    def shortlist(self, seen: Fingerprint) -> tuple[Candidate, ...]:
        """The entries that a picture may be made from, by codes of its features: best first."""
        return self._codes.shortlist(seen.features, seen.size)
