"""One export for each module, and copies of it that may be spoiled."""

import shutil
from pathlib import Path

import pytest

from staydown.audit.verify import Auditor
from staydown.timestamps import Authorities, read_authorities
from tests.audit.exporting import KEY, Export, export_into
from tests.tsa import Tsa, make_tsa


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture(scope="module")
def other_tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("another") / "tsa")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, tsa: Tsa) -> Export:
    return export_into(tmp_path_factory.mktemp("made") / "export", tsa)


@pytest.fixture
def export(made: Export, tmp_path: Path) -> Export:
    """One that may be spoiled."""
    shutil.copytree(made.folder, tmp_path / "export")
    return Export(folder=tmp_path / "export")


@pytest.fixture(scope="module")
def believed(tsa: Tsa) -> Authorities:
    return read_authorities(tsa.certificate.read_bytes())


@pytest.fixture
def auditor(believed: Authorities) -> Auditor:
    """Knows our key, and believes the authority."""
    return Auditor(keys=frozenset({KEY.public}), authorities=believed)
