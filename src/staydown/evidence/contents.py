"""What a report needs to know of a sealed bundle: its list, its log, and what some files say.

A bundle may come from anybody. What a file says is taken for what its signer claims, and a file
that says nothing readable is left out and named.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from staydown.errors import BadRequest
from staydown.evidence.verifier import names
from staydown.evidence.verifier.checks import Trust, verify_bundle
from staydown.evidence.verifier.custody import Log, read_log
from staydown.evidence.verifier.manifest import Listed, Manifest, read_manifest
from staydown.evidence.verifier.telling import is_sound
from staydown.timestamps import check_stamp, read_authorities


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A bundle that is sound. `stamped_at` is when the authority saw its signature, if one did."""

    folder: Path
    manifest: Manifest
    log: Log
    stamped_at: datetime | None

    @property
    def items(self) -> tuple[Listed, ...]:
        """What was put in, in the order of the list."""
        return tuple(each for each in self.manifest.files if each.role == "item")

    def named(self, name: str) -> tuple[Listed, ...]:
        """The items whose file has that name, in whichever folder."""
        return tuple(each for each in self.items if each.path.rpartition("/")[2] == name)

    def read(self, listed: Listed) -> bytes:
        """The bytes of one."""
        return (self.folder / listed.path).read_bytes()

    def read_said(self, listed: Listed) -> Mapping[str, Any] | None:
        """The object that a JSON file holds; None if it is none."""
        try:
            said = json.loads(self.read(listed))
        except (ValueError, RecursionError):
            return None
        return said if isinstance(said, dict) else None


def open_contents(bundle: Path, trust: Trust) -> Contents:
    """What lies in a bundle. Raises BadRequest unless every check of it holds."""
    findings = verify_bundle(bundle, trust)
    if not is_sound(findings):
        last = findings[-1]
        raise BadRequest(f"{bundle}: not sound, so not reported on: {last.check}: {last.problem}")
    manifest = read_manifest((bundle / names.MANIFEST).read_bytes())
    return Contents(
        folder=bundle,
        manifest=manifest,
        log=read_log((bundle / names.CUSTODY).read_bytes()),
        stamped_at=_stamped_at(bundle, trust) if manifest.timestamp else None,
    )


def _stamped_at(bundle: Path, trust: Trust) -> datetime:
    roots = read_authorities(trust.authorities or (bundle / names.AUTHORITY).read_bytes())
    signature = (bundle / names.SIGNATURE).read_bytes()
    return check_stamp((bundle / names.STAMP).read_bytes(), signature, roots).at
