"""A real browser before a real site on this machine: what lies in the bundle, and who was asked."""

import hashlib
import io
import json
import shutil
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from warcio.archiveiterator import ArchiveIterator

from staydown.assembly.capturing import Browsing
from staydown.capture import browser
from staydown.clock import SystemClock
from staydown.engine.pictures import open_picture
from tests.capture.forum import Forum, resolve, running_forum
from tests.fetch.making import Site, says

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMED = ("forum.example", "framed.example", "dead.example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One capture of the thread, and what the site saw of it."""

    forum: Forum
    files: dict[str, bytes]

    @property
    def said(self) -> dict[str, Any]:
        """Its capture.json."""
        return dict(json.loads(self.files["capture.json"]))


def capture(forum: Forum, url: str) -> dict[str, bytes]:
    browsing = Browsing(
        hosts=forum.hosts(*NAMED), ours=("127.0.0.0/8",), resolve=resolve, clock=SystemClock()
    )
    return dict(browsing.capture(url, by="Ada", why="a notice", hash_picture=lambda _: {"pdq": ""}))


@pytest.fixture(scope="module")
def captured() -> Iterator[Captured]:
    if shutil.which("chromium") is None:
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    with running_forum() as forum:
        yield Captured(forum=forum, files=capture(forum, forum.url("/old")))


def test_it_says_where_it_ended_and_how(captured: Captured) -> None:
    said, forum = captured.said, captured.forum

    assert (said["url"], said["final_url"]) == (forum.url("/old"), forum.url("/thread"))
    assert said["redirects"] == [forum.url("/old")]
    assert (said["title"], said["problem"]) == ("A thread, read", "")
    assert (said["captured_by"], said["why"]) == ("Ada", "a notice")
    assert {"staydown", "chromium", "playwright", "warcio"} <= said["tools"].keys()
    assert {(one["url"], one["status"]) for one in said["answers"]} >= {
        (forum.url("/missing.jpg"), 404),
        (forum.url("/frame", "framed.example"), 200),
    }


def test_every_picture_is_kept_late_and_framed_ones_too(captured: Captured) -> None:
    kept = {hashlib.sha256(data).hexdigest() for data in captured.files.values()}
    served = [body for kind, body in captured.forum.answers.values() if kind == "image/jpeg"]

    assert len(served) == 3
    assert {hashlib.sha256(body).hexdigest() for body in served} <= kept
    shown = {one["of"].rpartition("/")[2] for one in captured.said["screenshots"]}
    assert shown == {"thread", "cat.jpg", "framed.jpg", "late.jpg"}


def test_screenshots_say_where_and_when(captured: Captured) -> None:
    page = captured.files["page.png"]

    assert open_picture(page).height > 4_000
    assert b"tEXtSource\0" + captured.forum.url("/thread").encode() in page
    assert b"tEXtCreation Time\0" + captured.said["screenshots"][0]["at"].encode() in page


def test_the_warc_is_read_by_a_public_tool_and_holds_what_came(captured: Captured) -> None:
    records = ArchiveIterator(io.BytesIO(captured.files["page.warc.gz"]), check_digests=True)
    bodies = {
        record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
        for record in records
        if record.rec_type == "response"
    }

    cat = captured.forum.answers["/cat.jpg"][1]
    assert bodies[captured.forum.url("/cat.jpg")] == cat
    assert captured.forum.url("/old") in bodies


def test_only_the_named_hosts_are_reached(captured: Captured) -> None:
    network = captured.said["network"]
    reached = {one["host"] for one in network if one["outcome"].startswith("reached")}
    refused = {one["host"] for one in network if one["outcome"].startswith("refused")}

    assert {host for host, _ in captured.forum.asked} == {"forum.example", "framed.example"}
    assert reached == {"forum.example", "framed.example"}
    assert refused >= {"stranger.example", "dead.example", "169.254.169.254"}
    failed = {one["url"] for one in captured.said["failed"]}
    assert captured.forum.url("/cat.jpg", "stranger.example") in failed


def test_a_dead_host_is_told_and_no_error(captured: Captured) -> None:
    said = json.loads(
        capture(captured.forum, captured.forum.url("/", "dead.example"))["capture.json"]
    )

    assert said["final_url"] == "" and said["screenshots"] == []
    assert said["problem"].startswith("opening it")


def test_a_slow_host_is_waited_for(captured: Captured) -> None:
    said = json.loads(capture(captured.forum, captured.forum.url("/slow"))["capture.json"])

    assert (said["problem"], said["answers"][0]["status"]) == ("", 200)


def test_under_tls_the_sites_own_certificate_is_kept(
    captured: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, believed = make_certificate(tmp_path)
    flag = f"--ignore-certificate-errors-spki-list={believed}"
    monkeypatch.setattr(browser, "FLAGS", (*browser.FLAGS, flag))  # one made up for this test
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, tmp_path / "key.pem")
    page = says("200 OK\nContent-Type: text/html\nContent-Length: 2", b"ok")
    answers = {"/": page, "/favicon.ico": page}

    with Site(answers=answers, tls=tls).running() as site:
        forum = Forum(port=site.port)
        files = capture(forum, site.url("/", "forum.example", "https"))

    (kept,) = [data for name, data in files.items() if name.startswith("certificates/")]
    assert kept == certificate.read_bytes()
    assert json.loads(files["capture.json"])["answers"][0]["tls"]["protocol"] == "TLS 1.3"


def make_certificate(folder: Path) -> tuple[Path, str]:
    """For forum.example, signed by itself; and the digest of its key, by which it is believed."""
    out, key = folder / "certificate.pem", folder / "key.pem"
    kind = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-subj", "/CN=forum.example"]
    name = ["-addext", "subjectAltName=DNS:forum.example", "-days", "2"]
    subprocess.run(
        ["openssl", "req", "-x509", *kind, *name, "-out", out], check=True, capture_output=True
    )
    public = load_pem_x509_certificate(out.read_bytes()).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return out, b64encode(hashlib.sha256(der).digest()).decode()
