"""The custody log: who did what with a bundle, each line chained to the one before and signed.

A line that was changed, moved or taken out breaks the chain. That the last lines after sealing were
cut off does not show, unless somebody holds a later digest.
"""

from dataclasses import dataclass
from typing import Any

from staydown.digests import canonical, sha256
from staydown.errors import SealBroken
from staydown.evidence.verifier.manifest import Listed, read_canonical, read_listed
from staydown.evidence.verifier.signatures import check_ed25519

START = "0" * 64
"""What comes before the first line."""
FIELDS = frozenset(
    {"number", "at", "by", "did", "why", "from", "to", "files", "previous", "key", "signature"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """Lines that hold, with the digest of each."""

    entries: tuple[dict[str, Any], ...] = ()
    digests: tuple[str, ...] = ()

    def head(self, length: int) -> str:
        """The digest after `length` lines. Raises SealBroken if there are fewer."""
        if length > len(self.digests):
            raise SealBroken(f"the custody log has {len(self.digests)} lines, not {length}")
        return self.digests[length - 1] if length else START

    def files(self, length: int) -> tuple[Listed, ...]:
        """What the first `length` lines put into the bundle."""
        return tuple(read_listed(each) for line in self.entries[:length] for each in line["files"])


def read_log(data: bytes) -> Log:
    """Every line, checked. Raises SealBroken, naming the first that does not hold."""
    if data and not data.endswith(b"\n"):
        raise SealBroken("the custody log ends within a line")
    entries: list[dict[str, Any]] = []
    digests: list[str] = []
    for number, line in enumerate(data.splitlines(), 1):
        entry = read_canonical(line, f"line {number} of the custody log")
        _check_line(entry, number, digests[-1] if digests else START)
        entries.append(entry)
        digests.append(sha256(line))
    return Log(entries=tuple(entries), digests=tuple(digests))


def _check_line(entry: dict[str, Any], number: int, previous: str) -> None:
    where = f"line {number} of the custody log"
    if entry.keys() != FIELDS or not isinstance(entry["files"], list):
        raise SealBroken(f"{where} lacks a field, or has one too many")
    if entry["number"] != number or entry["previous"] != previous:
        raise SealBroken(f"{where} does not follow the line before it")
    signed = canonical({name: value for name, value in entry.items() if name != "signature"})
    check_ed25519(signed, entry["signature"], public=entry["key"], what=where)
