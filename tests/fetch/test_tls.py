"""The certificate must be that of the name that was allowed, wherever the address came from."""

import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from staydown.errors import NotFetched
from staydown.fetch.fetcher import Fetcher
from tests.fetch.making import HERE, PICTURE, Site, fetcher_for, picture


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed one for pictures.example, its key in the same file."""
    folder = tmp_path_factory.mktemp("tls")
    key, found, both = folder / "key.pem", folder / "found.pem", folder / "both.pem"
    line = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    line += ["-subj", "/CN=pictures.example", "-addext", "subjectAltName=DNS:pictures.example"]
    subprocess.run([*line, "-keyout", key, "-out", found], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + found.read_bytes())
    return both


@pytest.fixture
def secure(certificate: Path) -> Iterator[Site]:
    """A site that speaks TLS with it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with Site(answers={"/a.jpg": picture()}, tls=context).running() as site:
        yield site


def trusting(site: Site, certificate: Path, name: str = "pictures.example") -> Fetcher:
    fetcher = fetcher_for(site, {name: [HERE]}, scheme="https")
    return replace(fetcher, trust=ssl.create_default_context(cafile=str(certificate)))


def test_a_certificate_of_that_name_is_trusted(secure: Site, certificate: Path) -> None:
    found = trusting(secure, certificate).fetch(secure.url("/a.jpg", scheme="https"))

    assert found == PICTURE


def test_one_of_another_name_is_not(secure: Site, certificate: Path) -> None:
    fetcher = trusting(secure, certificate, "other.example")

    with pytest.raises(NotFetched, match=r"other\.example did not answer as it should"):
        fetcher.fetch(secure.url("/a.jpg", "other.example", "https"))
    assert secure.asked == []


def test_one_that_nobody_vouches_for_is_not(secure: Site) -> None:
    with pytest.raises(NotFetched, match="did not answer as it should"):
        fetcher_for(secure, scheme="https").fetch(secure.url("/a.jpg", scheme="https"))
    assert secure.asked == []
