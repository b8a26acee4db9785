"""Makes a bundle: puts files into it, seals it, and records what is done with it since.

Killed anywhere, the same call goes on where it ended; until sealing is done the verifier says so.
"""

import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from staydown.digests import sha256
from staydown.errors import BadRequest, NotAllowed
from staydown.evidence.custody import Act, open_log, write_entry
from staydown.evidence.files import drop_parts, write_whole
from staydown.evidence.instructions import HOW_TO_VERIFY
from staydown.evidence.verifier import names
from staydown.evidence.verifier.checks import write_sums
from staydown.evidence.verifier.manifest import Listed, Manifest, Origin, read_manifest
from staydown.evidence.verifier.signatures import public_pem
from staydown.sealing.signing import SigningKey

MAX_FILE_BYTES = 100_000_000
"""A given file; a long film belongs elsewhere."""


DID: dict[Origin, str] = {"given": "added", "captured": "captured", "derived": "derived"}
"""What the custody log says was done, by where the item comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamper:
    """How a timestamp is got over bytes, and the authority's root certificates in PEM."""

    stamp: Callable[[bytes], bytes]
    roots: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Bytes to put into a bundle, under a name (`chat.png`, `comparison-1/figures.json`)."""

    name: str
    data: bytes
    origin: Origin


def add_files(bundle: Path, files: Iterable[Path], act: Act, key: SigningKey) -> tuple[Listed, ...]:
    """Copy files into a bundle that is not sealed, marked as given. What is there already stays.

    Raises BadRequest, which names the file, and NotAllowed for a sealed bundle.
    """
    added: list[Listed] = []
    for file in files:
        item = Item(name=file.name, data=_read(file), origin="given")
        added += add_items(bundle, (item,), act, key)
    return tuple(added)


def add_items(bundle: Path, items: Iterable[Item], act: Act, key: SigningKey) -> tuple[Listed, ...]:
    """Put bytes of one origin into a bundle that is not sealed, as one entry of its log.

    Raises BadRequest, which names the item, and NotAllowed for a sealed bundle.
    """
    refuse_sealed(bundle)
    held = {each.path: each for each in list_items(bundle)}
    wanted: dict[str, Listed] = {}
    fresh: list[Listed] = []
    did = ""
    for item in items:
        each = _list_file(f"{names.ITEMS}/{item.name}", item.data, role="item", origin=item.origin)
        if wanted.setdefault(each.path, held.get(each.path, each)) != each:
            raise BadRequest(f"{item.name}: the bundle has another file of this name: rename yours")
        if each.path not in held and each not in fresh:
            write_whole(bundle / each.path, item.data)
            fresh.append(each)
            did = DID[item.origin]
    if fresh:
        write_entry(bundle, act, key, did=did, files=tuple(fresh))
    return tuple(wanted.values())


def list_items(bundle: Path) -> tuple[Listed, ...]:
    """What the custody log says was put into a bundle so far. Raises SealBroken."""
    log = open_log(bundle)
    return log.files(len(log.entries))


def _read(file: Path) -> bytes:
    if not file.name.isprintable() or "\\" in file.name or file.name.startswith("."):
        raise BadRequest(
            f"{file!s}: rename it, with no dot first, no backslash, nothing unprintable"
        )
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise BadRequest(f"{file}: larger than {MAX_FILE_BYTES:,} bytes")
        return file.read_bytes()
    except OSError as error:
        raise BadRequest(f"{file}: {error.strerror or 'cannot be read'}") from error


def seal_bundle(bundle: Path, act: Act, key: SigningKey, stamper: Stamper | None) -> Manifest:
    """List, sign and timestamp all that is in a bundle; a seal that was cut off goes on.

    Raises BadRequest, NotAllowed for one that is sealed, Unanswered or SealBroken by the authority.
    """
    refuse_sealed(bundle)
    drop_parts(bundle)
    manifest = _open_manifest(bundle) or _write_manifest(bundle, act, key, stamper)
    if manifest.signer != key.public or manifest.timestamp != bool(stamper):
        raise BadRequest(
            f"{bundle}: sealing began with another key, or differently: go on with that"
        )
    signature = bytes.fromhex(key.sign(manifest.written()))
    write_whole(bundle / names.SIGNATURE, signature)
    if stamper:
        write_whole(bundle / names.STAMP, stamper.stamp(signature))
    return manifest


def record_act(bundle: Path, act: Act, key: SigningKey) -> None:
    """Write into a sealed bundle's log what is done with it. Raises BadRequest, SealBroken."""
    if not _is_sealed(bundle):
        raise BadRequest(f"{bundle}: not a sealed bundle")
    write_entry(bundle, act, key, did="handed over" if act.goes_to else "recorded")


def _write_manifest(bundle: Path, act: Act, key: SigningKey, stamper: Stamper | None) -> Manifest:
    log = open_log(bundle)
    length = len(log.entries)
    items = log.files(length)
    if not items:
        raise BadRequest(f"{bundle}: there is nothing to seal: add files first")
    _refuse_strays(bundle, items)
    beside = {names.HOW: HOW_TO_VERIFY.encode(), names.SIGNER: public_pem(key.public)}
    if stamper:
        beside[names.AUTHORITY] = stamper.roots
    helps = tuple(
        _list_file(name, data, role="help", origin="staydown")
        for name, data in sorted(beside.items())
    )
    beside[names.SUMS] = write_sums((*items, *helps)).encode()
    sums = _list_file(names.SUMS, beside[names.SUMS], role="help", origin="staydown")
    manifest = Manifest(
        sealed_at=act.at.isoformat(),
        sealed_by=act.by,
        why=act.why,
        signer=key.public,
        timestamp=bool(stamper),
        custody_length=length,
        custody_head=log.head(length),
        files=(*items, *helps, sums),
    )
    for name, data in (*beside.items(), (names.MANIFEST, manifest.written())):
        write_whole(bundle / name, data)
    return manifest


def list_strays(bundle: Path, items: tuple[Listed, ...]) -> tuple[Path, ...]:
    """What lies below the folder of items and is none of `items`, nor a folder of one; in order."""
    known = {bundle / each.path for each in items}
    known |= {folder for path in known for folder in path.parents}
    return tuple(sorted(path for path in (bundle / names.ITEMS).rglob("*") if path not in known))


def _refuse_strays(bundle: Path, items: tuple[Listed, ...]) -> None:
    """Raises BadRequest unless the folder of items holds just what the log says."""
    for each in items:
        path = bundle / each.path
        if not path.is_file() or sha256(path.read_bytes()) != each.sha256:
            raise BadRequest(f"{path}: missing or changed since it was added")
    if strays := list_strays(bundle, items):
        raise BadRequest(f"{strays[0]}: in no entry of the custody log: `evidence tidy` takes out")


def _list_file(path: str, data: bytes, *, role: str, origin: str) -> Listed:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Listed(
        path=path, size=len(data), type=kind, sha256=sha256(data), role=role, origin=origin
    )


def _open_manifest(bundle: Path) -> Manifest | None:
    path = bundle / names.MANIFEST
    return read_manifest(path.read_bytes()) if path.exists() else None


def _is_sealed(bundle: Path) -> bool:
    manifest = _open_manifest(bundle)
    last = names.STAMP if manifest and manifest.timestamp else names.SIGNATURE
    return manifest is not None and (bundle / last).exists()


def refuse_sealed(bundle: Path) -> None:
    """Raises NotAllowed for a bundle that is sealed, and BadRequest for what is no folder."""
    if bundle.exists() and not bundle.is_dir():
        raise BadRequest(f"{bundle}: not a folder")
    if _is_sealed(bundle):
        raise NotAllowed(f"{bundle}: sealed already: what is sealed is not changed")
