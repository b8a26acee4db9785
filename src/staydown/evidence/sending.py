"""Encrypts a sealed bundle for people one names, with age, and opens what was encrypted so.

It shows nobody else what is inside. It does not show who encrypted it: the seal inside does.
"""

import io
import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path

from pyrage import DecryptError, IdentityError, RecipientError, decrypt, encrypt
from pyrage.x25519 import Identity, Recipient

from staydown.errors import BadRequest, SealBroken
from staydown.evidence.files import write_whole
from staydown.evidence.verifier.checks import verify_bundle
from staydown.evidence.verifier.names import PART
from staydown.evidence.verifier.telling import is_sound

MAX_BUNDLE_BYTES = 1_000_000_000
"""All of it is held in memory."""


def lock_bundle(bundle: Path, recipients: Sequence[str], out: Path) -> None:
    """Write `bundle`, a sound one, into the fresh file `out`, for `recipients` (age1…) alone.

    Raises BadRequest, and SealBroken for a bundle that is not sound.
    """
    readers = [_read_recipient(each) for each in recipients]
    if not readers:
        raise BadRequest("name at least one recipient: --to age1…")
    if out.exists():
        raise BadRequest(f"{out}: exists, and is not overwritten")
    findings = verify_bundle(bundle)
    if not is_sound(findings):
        raise SealBroken(f"{bundle}: not a sound bundle: {findings[-1].problem}")
    if sum(path.stat().st_size for path in bundle.rglob("*")) > MAX_BUNDLE_BYTES:
        raise BadRequest(f"{bundle}: larger than {MAX_BUNDLE_BYTES:,} bytes")
    write_whole(out, encrypt(_pack(bundle), readers))


def unlock_bundle(sealed: Path, identity: str, out: Path) -> None:
    """Open `sealed` with an identity (AGE-SECRET-KEY-1…) into the fresh folder `out`.

    Raises BadRequest, and SealBroken if it was not for this identity or was changed.
    """
    if out.exists():
        raise BadRequest(f"{out}: exists, and is not overwritten")
    try:
        if sealed.stat().st_size > 2 * MAX_BUNDLE_BYTES:
            raise BadRequest(f"{sealed}: larger than any bundle")
        packed = decrypt(sealed.read_bytes(), [_read_identity(identity)])
    except OSError as error:
        raise BadRequest(f"{sealed}: {error.strerror or 'cannot be read'}") from error
    except DecryptError as error:
        raise SealBroken(f"{sealed}: not for this identity, or it was changed") from error
    _unpack(packed, out)


def _pack(bundle: Path) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(each for each in bundle.rglob("*") if each.is_file()):
            entry = tarfile.TarInfo(path.relative_to(bundle).as_posix())  # no owner, no time
            entry.size = path.stat().st_size
            with path.open("rb") as file:
                tar.addfile(entry, file)
    return packed.getvalue()


def _unpack(packed: bytes, out: Path) -> None:
    part = out.with_name(f"{PART}{out.name}")
    shutil.rmtree(part, ignore_errors=True)
    try:
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as tar:
            if not all(each.isreg() for each in tar):
                raise SealBroken("what is inside is not plain files")
            tar.extractall(part, filter="data")
        part.rename(out)
    except (tarfile.TarError, OSError, ValueError) as error:
        raise SealBroken(f"what is inside is not a bundle: {error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _read_recipient(text: str) -> Recipient:
    try:
        return Recipient.from_str(text)
    except RecipientError as error:
        raise BadRequest(f"{text!r} is not a recipient of age: they begin with age1") from error


def _read_identity(text: str) -> Identity:
    lines = [line for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-1")]
    try:
        return Identity.from_str("".join(lines[:1]))
    except IdentityError as error:
        raise BadRequest("not an identity of age: a line begins with AGE-SECRET-KEY-1") from error
