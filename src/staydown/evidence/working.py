"""Copies to work with: made from the evidentiary copy, which stays as it is, and saying so."""

import shutil
from pathlib import Path

from staydown.digests import sha256
from staydown.errors import BadRequest, SealBroken
from staydown.evidence.bundles import record_act
from staydown.evidence.custody import Act
from staydown.evidence.files import write_whole
from staydown.evidence.verifier.checks import verify_bundle
from staydown.evidence.verifier.names import ITEMS, MANIFEST
from staydown.evidence.verifier.telling import is_sound
from staydown.sealing.signing import SigningKey

NOTE = "WORKING-COPY.txt"


def copy_for_work(bundle: Path, out: Path, act: Act, key: SigningKey) -> None:
    """Copy the items of a sound bundle into the fresh folder `out`, and write it into the log.

    Raises BadRequest, and SealBroken for a bundle that is not sound.
    """
    if out.exists():
        raise BadRequest(f"{out}: exists, and is not overwritten")
    findings = verify_bundle(bundle)
    if not is_sound(findings):
        raise SealBroken(f"{bundle}: not a sound bundle: {findings[-1].problem}")
    record_act(bundle, act, key)  # first: a copy that the log does not name is worse than none
    write_whole(out / NOTE, _tell(bundle, act).encode())
    shutil.copytree(bundle / ITEMS, out / ITEMS)


def _tell(bundle: Path, act: Act) -> str:
    return (
        "These are working copies, and no evidence: they may have been changed since.\n"
        f"Made {act.at.isoformat()} by {act.by}: {act.why}\n"
        "The evidence is the sealed bundle whose manifest.json has the SHA-256\n"
        f"{sha256((bundle / MANIFEST).read_bytes())}\n"
    )
