"""What a manifest says, read strictly: one way to write it, every field, and no other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from typing import Any, Literal

from staydown.digests import Json, canonical
from staydown.errors import SealBroken
from staydown.evidence.verifier.names import FORMAT

FIELDS = frozenset(
    {"format", "sealed_at", "sealed_by", "why", "signer", "timestamp", "custody", "files"}
)


type Origin = Literal["given", "captured", "derived"]
ORIGINS = {
    "given": "given: by whoever put them in, from elsewhere",
    "captured": "captured: saved by the program from where they were published",
    "derived": "derived: computed by the program from other files",
    "staydown": "of ours: how to check",
}
"""Where a file comes from, as its signer says, and what that means."""

KINDS: dict[str, type] = {"size": int, "timestamp": bool, "custody_length": int, "files": tuple}
"""Fields that are not text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file of a bundle: its size in bytes, and the type that its name says."""

    path: str
    size: int
    type: str
    sha256: str
    role: str
    origin: str
    """One of ORIGINS."""

    def written(self) -> dict[str, Json]:
        """As it stands in a manifest and in the custody log."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that was sealed; `custody` is how long the log was, and its last digest."""

    sealed_at: str
    sealed_by: str
    why: str
    signer: str
    timestamp: bool
    custody_length: int
    custody_head: str
    files: tuple[Listed, ...]

    def written(self) -> bytes:
        """The one way to write it."""
        return canonical(
            {
                "format": FORMAT,
                "sealed_at": self.sealed_at,
                "sealed_by": self.sealed_by,
                "why": self.why,
                "signer": self.signer,
                "timestamp": self.timestamp,
                "custody": {"length": self.custody_length, "head": self.custody_head},
                "files": [each.written() for each in self.files],
            }
        )


def read_manifest(data: bytes) -> Manifest:
    """What `data` says. Raises SealBroken, naming the field that is not as it should be."""
    said = read_canonical(data, "the manifest")
    if said.get("format") != FORMAT or said.keys() != FIELDS:
        raise SealBroken(f"the manifest is not of the form {FORMAT!r}")
    try:
        manifest = Manifest(
            custody_length=said["custody"]["length"],
            custody_head=said["custody"]["head"],
            files=tuple(read_listed(each) for each in said["files"]),
            **{name: said[name] for name in FIELDS - {"format", "custody", "files"}},
        )
    except (TypeError, KeyError) as error:
        raise SealBroken(f"the manifest lacks a field, or has one too many: {error}") from error
    _check_types(manifest, "the manifest")
    if manifest.written() != data:
        raise SealBroken("the manifest holds more than its fields")
    return manifest


def read_listed(said: Mapping[str, Any]) -> Listed:
    """One file of a manifest or log. Raises SealBroken for a path that leads elsewhere."""
    try:
        listed = Listed(**said)
    except TypeError as error:
        raise SealBroken(f"an entry of a file lacks a field: {error}") from error
    _check_types(listed, "an entry of a file")
    path = PurePosixPath(listed.path)
    if path.is_absolute() or ".." in path.parts or str(path) != listed.path:
        raise SealBroken(f"{listed.path!r} is not the path of a file in the bundle")
    if listed.origin not in ORIGINS:
        raise SealBroken(f"{listed.path}: {listed.origin!r} is no origin: {', '.join(ORIGINS)}")
    return listed


def _check_types(read: Manifest | Listed, what: str) -> None:
    for each in fields(read):
        kind = KINDS.get(each.name, str)
        value = getattr(read, each.name)
        if type(value) is not kind:
            raise SealBroken(f"{what}: {each.name} is {value!r}, which is no {kind.__name__}")


def read_canonical(data: bytes, what: str) -> dict[str, Any]:
    """The object in `data`. Raises SealBroken unless it is written in the one canonical way."""
    try:
        said = json.loads(data)
        same = canonical(said) == data
    except (ValueError, RecursionError) as error:
        raise SealBroken(f"{what} is not JSON: {error}") from error
    if not same or not isinstance(said, dict):
        raise SealBroken(f"{what} is not an object in canonical JSON")
    return said
