"""Writes the custody log of a bundle; `verifier.custody` reads it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from staydown.digests import Json, canonical
from staydown.evidence.files import write_whole
from staydown.evidence.verifier.custody import Log, read_log
from staydown.evidence.verifier.manifest import Listed
from staydown.evidence.verifier.names import CUSTODY
from staydown.sealing.signing import SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something with a bundle, when (UTC) and why; from whom to whom it goes, if so."""

    by: str
    at: datetime
    why: str
    came_from: str = ""
    goes_to: str = ""


def open_log(bundle: Path) -> Log:
    """The log so far, empty if there is none. Raises SealBroken."""
    path = bundle / CUSTODY
    return read_log(path.read_bytes()) if path.exists() else Log()


def write_entry(
    bundle: Path, act: Act, key: SigningKey, *, did: str, files: tuple[Listed, ...] = ()
) -> None:
    """Add a signed line to the log, in one step. Raises SealBroken if the log does not hold."""
    log = open_log(bundle)
    entry: dict[str, Json] = {
        "number": len(log.entries) + 1,
        "at": act.at.isoformat(),
        "by": act.by,
        "did": did,
        "why": act.why,
        "from": act.came_from,
        "to": act.goes_to,
        "files": [each.written() for each in files],
        "previous": log.head(len(log.entries)),
        "key": key.public,
    }
    line = canonical(entry | {"signature": key.sign(canonical(entry))})
    path = bundle / CUSTODY
    write_whole(path, (path.read_bytes() if path.exists() else b"") + line + b"\n")
