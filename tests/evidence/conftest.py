"""A bundle with two files and two lines of custody, sealed by a key and a real authority."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from staydown.authority import Authority
from staydown.evidence.bundles import Stamper, add_files, record_act, seal_bundle
from staydown.evidence.custody import Act
from staydown.evidence.verifier.checks import Trust
from staydown.sealing.signing import SigningKey
from staydown.timestamps import read_authorities
from tests.tsa import Tsa, make_tsa, serving_tsa

KEY = SigningKey(seed=b"k" * 32)
ACT = Act(by="Ada", at=datetime(2026, 11, 1, tzinfo=UTC), why="kept for my lawyer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed bundle, another by the same hands, and what a careful person believes."""

    folder: Path
    other: Path
    tsa: Tsa
    trust: Trust


def given(folder: Path, words: str) -> list[Path]:
    """Two files as somebody has them."""
    folder.mkdir(parents=True)
    (folder / "chat.txt").write_text(words)
    (folder / "letter.txt").write_text(f"about: {words}")
    return [folder / "chat.txt", folder / "letter.txt"]


def make_sealed(folder: Path, words: str, stamper: Stamper | None) -> Path:
    """A sealed bundle, handed over once since."""
    bundle = folder / "bundle"
    add_files(bundle, given(folder / "given", words), ACT, KEY)
    seal_bundle(bundle, ACT, KEY, stamper)
    record_act(bundle, Act(by="Ada", at=ACT.at, why="for the court", goes_to="a court"), KEY)
    record_act(bundle, Act(by="Ada", at=ACT.at, why="asked again"), KEY)
    return bundle


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    folder = tmp_path_factory.mktemp("evidence")
    tsa = make_tsa(folder / "tsa")
    roots = tsa.certificate.read_bytes()
    with serving_tsa(tsa) as url:
        asked = Authority(url=url, believed=read_authorities(roots))
        stamper = Stamper(stamp=asked.stamp, roots=roots)
        first = make_sealed(folder / "one", "one", stamper)
        other = make_sealed(folder / "two", "two", stamper)
    trust = Trust(keys=frozenset({KEY.public}), authorities=roots)
    yield Sealed(folder=first, other=other, tsa=tsa, trust=trust)
