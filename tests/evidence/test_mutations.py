"""Whatever is done to a sealed bundle is found, and the check that fails is the one for it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from staydown.digests import canonical
from staydown.evidence.verifier.checks import verify_bundle
from staydown.sealing.signing import SigningKey
from tests.evidence.conftest import KEY, Sealed

type Mutate = Callable[[Path, Path], object]
"""Handed a copy of the bundle, and another bundle."""

STRANGER = SigningKey(seed=b"s" * 32)


def flip(name: str, at: int = -2) -> Mutate:
    def mutate(bundle: Path, _other: Path) -> None:
        data = bytearray((bundle / name).read_bytes())
        data[at] ^= 1
        (bundle / name).write_bytes(data)

    return mutate


def drop(name: str) -> Mutate:
    return lambda bundle, _other: (bundle / name).unlink()


def swap(name: str) -> Mutate:
    return lambda bundle, other: shutil.copy(other / name, bundle / name)


def write(name: str, data: bytes) -> Mutate:
    return lambda bundle, _other: (bundle / name).write_bytes(data)


def append(name: str, data: bytes) -> Mutate:
    return lambda bundle, _other: (bundle / name).write_bytes((bundle / name).read_bytes() + data)


def field(name: str, value: object) -> Mutate:
    """Another value in the manifest."""

    def mutate(bundle: Path, _other: Path) -> None:
        said = json.loads((bundle / "manifest.json").read_bytes())
        (bundle / "manifest.json").write_bytes(canonical(said | {name: value}))

    return mutate


def of_file(name: str, value: object) -> Mutate:
    """Another value in the manifest's first file."""

    def mutate(bundle: Path, _other: Path) -> None:
        said = json.loads((bundle / "manifest.json").read_bytes())
        said["files"][0][name] = value
        (bundle / "manifest.json").write_bytes(canonical(said))

    return mutate


def turn_files(bundle: Path, _other: Path) -> None:
    said = json.loads((bundle / "manifest.json").read_bytes())
    said["files"].reverse()
    (bundle / "manifest.json").write_bytes(canonical(said))


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Mutate:
    def mutate(bundle: Path, _other: Path) -> None:
        log = bundle / "custody.jsonl"
        log.write_bytes(b"".join(change(log.read_bytes().splitlines(keepends=True))))

    return mutate


def said_otherwise(line: bytes, key: SigningKey | None, **values: object) -> bytes:
    entry = json.loads(line) | values
    if key:
        entry |= {"key": key.public}
        entry |= {
            "signature": key.sign(canonical({k: entry[k] for k in entry if k != "signature"}))
        }
    return canonical(entry) + b"\n"


def spaced(bundle: Path, _other: Path) -> None:
    path = bundle / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=1))


def signed_anew(bundle: Path, _other: Path) -> None:
    signature = STRANGER.sign((bundle / "manifest.json").read_bytes())
    (bundle / "manifest.sig").write_bytes(bytes.fromhex(signature))


def linked(bundle: Path, other: Path) -> None:
    (bundle / "items/chat.txt").unlink()
    (bundle / "items/chat.txt").symlink_to(other / "items/chat.txt")


def swap_names(bundle: Path, _other: Path) -> None:
    one, two, third = (bundle / "items" / name for name in ("chat.txt", "letter.txt", "x"))
    one.rename(third), two.rename(one), third.rename(two)


MUTATIONS: dict[str, tuple[str, Mutate]] = {
    "no manifest": ("whole", drop("manifest.json")),
    "no signature": ("whole", drop("manifest.sig")),
    "no custody log": ("whole", drop("custody.jsonl")),
    "a manifest that is empty": ("manifest", write("manifest.json", b"")),
    "a manifest that is a list": ("manifest", write("manifest.json", b"[]")),
    "a manifest with spaces": ("manifest", spaced),
    "another format": ("manifest", field("format", "staydown evidence 2")),
    "a field too many": ("manifest", field("more", "x")),
    "a size that is text": ("manifest", of_file("size", "3")),
    "a path that leads out": ("manifest", of_file("path", "../x")),
    "an origin that there is not": ("manifest", of_file("origin", "made up")),
    "another day": ("signature", field("sealed_at", "2020-01-01T00:00:00+00:00")),
    "another person": ("signature", field("sealed_by", "Eve")),
    "another reason": ("signature", field("why", "")),
    "another signer": ("signature", field("signer", STRANGER.public)),
    "a timestamp disowned": ("signature", field("timestamp", False)),
    "a custody log disowned": ("signature", field("custody", {"length": 0, "head": "0" * 64})),
    "no files": ("signature", field("files", [])),
    "files in another order": ("signature", turn_files),
    "another path": ("signature", of_file("path", "items/other.txt")),
    "another size": ("signature", of_file("size", 4)),
    "another type": ("signature", of_file("type", "image/png")),
    "another digest": ("signature", of_file("sha256", "0" * 64)),
    "another role": ("signature", of_file("role", "help")),
    "another origin": ("signature", of_file("origin", "captured")),
    "a bit of the signature": ("signature", flip("manifest.sig")),
    "a stranger's signature": ("signature", signed_anew),
    "the other bundle's signature": ("signature", swap("manifest.sig")),
    "the other bundle's manifest": ("signature", swap("manifest.json")),
    "another key beside it": ("signature", flip("signer.pem", 40)),
    "no timestamp": ("timestamp", drop("manifest.tsr")),
    "a bit of the timestamp": ("timestamp", flip("manifest.tsr")),
    "the other bundle's timestamp": ("timestamp", swap("manifest.tsr")),
    "a timestamp cut short": ("timestamp", write("manifest.tsr", b"\x30\x03\x02\x01\x00")),
    "an item changed": ("files", flip("items/chat.txt")),
    "an item grown": ("files", append("items/chat.txt", b"x")),
    "an item gone": ("files", drop("items/letter.txt")),
    "an item added": ("files", write("items/third.txt", b"x")),
    "something added beside": ("files", write("README", b"x")),
    "the other bundle's item": ("files", swap("items/letter.txt")),
    "an item that is a link": ("files", linked),
    "two items that changed names": ("files", swap_names),
    "the instructions changed": ("files", flip("HOW-TO-VERIFY.txt")),
    "the sums changed": ("files", flip("SHA256SUMS")),
    "the authority changed": ("files", flip("authority.pem", 40)),
    "a line of custody out": ("custody", lines(lambda log: log[1:])),
    "a line of custody twice": ("custody", lines(lambda log: [*log, log[-1]])),
    "lines of custody turned": ("custody", lines(lambda log: [log[1], log[0], *log[2:]])),
    "the log before sealing cut": ("custody", lines(lambda log: log[:1])),
    "a line cut short": ("custody", lines(lambda log: [*log[:-1], log[-1][:-1]])),
    "another receiver": (
        "custody",
        lines(lambda log: [*log[:2], said_otherwise(log[2], None, to="Eve"), log[3]]),
    ),
    "a line anew, by a stranger": (
        "custody",
        lines(lambda log: [*log[:3], said_otherwise(log[3], STRANGER, by="Eve")]),
    ),
    "the signer's own line anew, before sealing": (
        "custody",
        lines(lambda log: [log[0], said_otherwise(log[1], KEY, why="other")]),
    ),
    "the other bundle's custody": ("custody", swap("custody.jsonl")),
}
"""What is done → the check that has to fail."""


@pytest.mark.parametrize("what", MUTATIONS)
def test_it_is_found_and_named(what: str, sealed: Sealed, tmp_path: Path) -> None:
    check, mutate = MUTATIONS[what]
    bundle = tmp_path / "bundle"
    shutil.copytree(sealed.folder, bundle)
    mutate(bundle, sealed.other)

    last = verify_bundle(bundle, sealed.trust)[-1]

    assert (last.check, bool(last.problem)) == (check, True)


def test_there_are_at_least_forty() -> None:
    assert len(MUTATIONS) >= 40
