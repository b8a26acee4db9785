"""The checks of a sealed bundle, in order: what each proves, and what it does not.

1. whole      2. manifest   3. signature   4. timestamp   5. files   6. sums   7. custody

The first that fails ends it, since those after it rest on it.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from staydown.errors import Misconfigured, SealBroken
from staydown.evidence.verifier import names
from staydown.evidence.verifier.custody import read_log
from staydown.evidence.verifier.manifest import ORIGINS, Listed, Manifest, read_manifest
from staydown.evidence.verifier.signatures import check_ed25519, public_pem
from staydown.timestamps import check_stamp, read_authorities


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What whoever checks believes, from elsewhere than the bundle; nothing, if not given."""

    keys: frozenset[str] = frozenset()
    authorities: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The outcome of one check; `problem` is None where it holds."""

    check: str
    proves: str
    leaves: str
    problem: str | None = None


def verify_bundle(bundle: Path, trust: Trust = Trust()) -> tuple[Finding, ...]:
    """One finding for each check, up to the first that fails. Raises nothing for a bad bundle."""
    findings: list[Finding] = []
    for check, run, leaves in CHECKS:
        try:
            proves = run(bundle, trust)
        except (SealBroken, Misconfigured, OSError, ValueError) as error:
            return (*findings, Finding(check=check, proves="", leaves="", problem=str(error)))
        findings.append(Finding(check=check, proves=proves, leaves=leaves))
    return tuple(findings)


def _check_whole(bundle: Path, _trust: Trust) -> str:
    if not bundle.is_dir():
        raise SealBroken(f"{bundle} is not a folder")
    for name in (names.CUSTODY, names.MANIFEST, names.SIGNATURE):
        if not (bundle / name).is_file():
            raise SealBroken(f"{name} is missing: the bundle is not sealed, or not whole")
    return "the bundle was sealed to the end"


def _check_manifest(bundle: Path, _trust: Trust) -> str:
    listed = _manifest(bundle).files
    counts = {name: sum(each.origin == name for each in listed) for name in ORIGINS}
    kinds = "; ".join(f"{count} {ORIGINS[name]}" for name, count in counts.items() if count)
    return f"the manifest can be read in one way only; it lists {len(listed)} files: {kinds}"


def _check_signature(bundle: Path, trust: Trust) -> str:
    manifest, signature = _manifest(bundle), (bundle / names.SIGNATURE).read_bytes()
    written = manifest.written()
    check_ed25519(written, signature.hex(), public=manifest.signer, what=names.MANIFEST)
    if (bundle / names.SIGNER).read_bytes() != public_pem(manifest.signer):
        raise SealBroken(f"{names.SIGNER} is not the key that the manifest names")
    if not trust.keys:
        return f"whoever holds the key {manifest.signer} signed; whose it is, you have to ask"
    if manifest.signer not in trust.keys:
        raise SealBroken(f"signed by {manifest.signer}, which is not a key that you believe")
    return f"{manifest.signer}, which you believe, signed this manifest"


def _check_timestamp(bundle: Path, trust: Trust) -> str:
    path = bundle / names.STAMP
    if not _manifest(bundle).timestamp:
        if path.exists():
            raise SealBroken(f"{names.STAMP}: the manifest says that there is no timestamp")
        return "nothing: it was sealed without a timestamp, so no one but its signer says when"
    if not path.is_file():
        raise SealBroken(f"{names.STAMP} is missing: sealing did not end, or it was taken out")
    brought = (bundle / names.AUTHORITY).read_bytes()
    roots = read_authorities(trust.authorities or brought)
    at = check_stamp(path.read_bytes(), (bundle / names.SIGNATURE).read_bytes(), roots).at
    whose = "you believe" if trust.authorities else "the bundle itself brings: compare its roots"
    return f"it existed by {at:%Y-%m-%d %H:%M:%S} UTC, says an authority that {whose}"


def _check_files(bundle: Path, _trust: Trust) -> str:
    listed = _manifest(bundle).files
    for each in listed:
        _check_file(bundle / each.path, each)
    extra = set(_walk(bundle)) - {each.path for each in listed} - names.BESIDE
    if extra:
        raise SealBroken(f"{min(extra)} is in the folder and not in the manifest")
    if len({each.path for each in listed}) != len(listed):
        raise SealBroken("the manifest lists a file twice")
    return f"each of {len(listed)} files is as it was sealed, none is missing and none was added"


def _check_file(path: Path, listed: Listed) -> None:
    if path.is_symlink() or not path.is_file():
        raise SealBroken(f"{listed.path} is missing, or is not a file")
    if path.stat().st_size != listed.size:
        raise SealBroken(f"{listed.path} has {path.stat().st_size} bytes, not {listed.size}")
    with path.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != listed.sha256:
            raise SealBroken(f"{listed.path} was changed: its SHA-256 is not the manifest's")


def _walk(bundle: Path) -> Iterator[str]:
    for folder, below, files in os.walk(bundle):
        linked = [name for name in below if (Path(folder) / name).is_symlink()]
        for name in (*files, *linked):
            yield (Path(folder) / name).relative_to(bundle).as_posix()


def _check_sums(bundle: Path, _trust: Trust) -> str:
    if (bundle / names.SUMS).read_text() != write_sums(_manifest(bundle).files):
        raise SealBroken(f"{names.SUMS} does not say what the manifest says")
    return f"who checks by hand, with {names.SUMS}, checks the same files"


def _check_custody(bundle: Path, trust: Trust) -> str:
    manifest, log = _manifest(bundle), read_log((bundle / names.CUSTODY).read_bytes())
    length = manifest.custody_length
    if log.head(length) != manifest.custody_head:
        raise SealBroken("the custody log before sealing is not the one that was sealed")
    items = {each for each in manifest.files if each.path.startswith(f"{names.ITEMS}/")}
    if items != set(log.files(length)):
        raise SealBroken("the custody log and the manifest do not name the same items")
    for line in log.entries[length:]:
        if trust.keys and line["key"] not in trust.keys:
            raise SealBroken(f"line {line['number']} is signed by a key that you do not believe")
        if line["files"]:
            raise SealBroken(f"line {line['number']} adds files after sealing")
    return f"{length} entries before sealing and {len(log.entries) - length} since, in one chain"


def write_sums(files: tuple[Listed, ...]) -> str:
    """What `sha256sum --check` reads, of all listed files but the one that this is."""
    return "".join(f"{each.sha256}  {each.path}\n" for each in files if each.path != names.SUMS)


def _manifest(bundle: Path) -> Manifest:
    return read_manifest((bundle / names.MANIFEST).read_bytes())


type Run = Callable[[Path, Trust], str]

CHECKS: tuple[tuple[str, Run, str], ...] = (
    ("whole", _check_whole, "that the person kept everything there was"),
    ("manifest", _check_manifest, "that what it says is true, or that a comparison is right"),
    ("signature", _check_signature, "when it was signed, nor that the signer told the truth"),
    (
        "timestamp",
        _check_timestamp,
        "when the files came to be; nor whether a certificate was "
        "revoked, which this program does not look up",
    ),
    ("files", _check_files, "who made them, who is shown, or whether anybody consented"),
    ("sums", _check_sums, "anything beyond the manifest"),
    (
        "custody",
        _check_custody,
        "that nothing was done unrecorded, nor that the last entries since "
        "sealing were not cut off: compare with whoever handed it over",
    ),
)
"""Name, what runs, and what it does not prove."""
