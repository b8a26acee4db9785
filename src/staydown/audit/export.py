"""How the chain is handed out: a folder that `verify` checks, and that `openssl ts` can look into.

`chain.jsonl` has one entry a line, in canonical JSON. `checkpoints/` has, for each, the statement
that was signed and the authority's answer about it: `00000120.json` and `00000120.tsr`.
"""

from dataclasses import dataclass

from staydown.audit.chain import Entry
from staydown.audit.checkpoints import SignedCheckpoint
from staydown.audit.entries import as_json
from staydown.digests import Json, canonical

CHAIN = "chain.jsonl"
CHECKPOINTS = "checkpoints"
STATEMENT, STAMP = ".json", ".tsr"


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedCheckpoint:
    """A checkpoint, and an authority's answer about it (a TimeStampResp in DER) if one came."""

    signed: SignedCheckpoint
    stamp: bytes | None = None


def write_entry(entry: Entry) -> bytes:
    """One line of `chain.jsonl`."""
    value: dict[str, Json] = {
        "number": entry.number,
        "at": entry.at.isoformat(timespec="microseconds"),
        "by": entry.by,
        "previous": entry.previous,
        "fact": as_json(entry.fact),
        "digest": entry.digest,
    }
    return canonical(value) + b"\n"


def name_of(length: int) -> str:
    """What the files of a checkpoint are called, before their ending."""
    return f"{length:08d}"
