"""Answers of other authorities, whole and broken: believed or refused as their names say."""

from pathlib import Path

import pytest
from cryptography import x509

from staydown.errors import Misconfigured, SealBroken
from staydown.timestamps import Authorities, check_stamp, read_authorities

DATA = b"hello"
"""What they are all of, but the one that expired, which has its own."""

BELIEVED = {
    "sigstage/response-sha256.tsr",
    "sigstage/response-sha384.tsr",
    "sigstage/response-sha512.tsr",
    "test_tsa/response.tsr",
    "test_tsa/response-injected-certs.tsr",
    "identrust/issue-104.tsr",
}
"""With strangers' certificates injected, the one signature is still the authority's own, and
believed. That one is refused for having expired is not shown here: other things about it may be
what is refused.
"""


def vectors(material: Path) -> Path:
    return material / "protocol" / "rfc3161" / "trailofbits"


def chain(folder: Path) -> Authorities:
    """The certificates of the authority; one of these files is in DER."""
    data = (folder / "ts_chain.pem").read_bytes()
    try:
        return read_authorities(data)
    except Misconfigured:
        return Authorities(roots=(x509.load_der_x509_certificate(data),))


def is_believed(path: Path, data: bytes, authorities: Authorities) -> bool:
    try:
        check_stamp(path.read_bytes(), data, authorities)
    except SealBroken:
        return False
    return True


@pytest.mark.material
def test_each_is_believed_or_refused_as_its_name_says(material: Path) -> None:
    found = {}
    for path in vectors(material).rglob("*.tsr"):
        payload = path.parent / "payload"
        data = payload.read_bytes() if payload.exists() else DATA
        name = path.relative_to(vectors(material)).as_posix()
        found[name] = is_believed(path, data, chain(path.parent))

    assert len(found) == 10
    assert {name for name, believed in found.items() if believed} == BELIEVED


@pytest.mark.material
def test_none_is_believed_of_other_data_or_by_another_authority(material: Path) -> None:
    folders = {path: chain(path) for path in vectors(material).iterdir()}

    for name in BELIEVED:
        path = vectors(material) / name
        assert not is_believed(path, DATA + b".", folders[path.parent])
        others = [folders[each] for each in folders if each != path.parent]
        assert [is_believed(path, DATA, each) for each in others] == [False] * 3
