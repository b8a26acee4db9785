"""A small forum on this machine: a redirect, a late picture, an iframe, and hosts that fail."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from staydown.engine.pictures import encode_jpeg
from tests.engine.making import photo

HERE = "127.0.0.1"
THREAD = """<!doctype html><title>A thread</title><h1>Thread</h1>
<img src="/cat.jpg" width="300" height="200">
<iframe src="http://framed.example:{port}/frame" width="400" height="300"></iframe>
<img src="http://stranger.example:{port}/cat.jpg">
<img src="http://dead.example:{port}/cat.jpg">
<img src="/missing.jpg">
<script src="/app.js"></script>
<div style="height: 4000px"></div>
<img loading="lazy" src="/late.jpg" width="300" height="200">"""
SCRIPT = "fetch('http://169.254.169.254/latest').catch(() => 0); document.title += ', read'"
SLOW_SECONDS = 2


@dataclass(slots=True, kw_only=True)
class Forum:
    """Where it answers, and what it was asked: host and path."""

    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def url(self, path: str, name: str = "forum.example") -> str:
        """The address of `path`."""
        return f"http://{name}:{self.port}{path}"

    def hosts(self, *names: str) -> frozenset[tuple[str, int]]:
        """These names, at its port."""
        return frozenset((name, self.port) for name in names)


def resolve(host: str, _port: int) -> Sequence[str]:
    """Every name leads here, but for one that nobody knows."""
    if host == "dead.example":
        raise OSError("no such name")
    return [HERE]


def pages(port: int) -> Mapping[str, tuple[str, bytes]]:
    """Path → content type and body."""
    return {
        "/thread": ("text/html", THREAD.format(port=port).encode()),
        "/frame": ("text/html", b'<p>framed <img src="/framed.jpg" width="100" height="80">'),
        "/app.js": ("text/javascript", SCRIPT.encode()),
        "/cat.jpg": ("image/jpeg", encode_jpeg(photo("motorcycle"), 80)),
        "/late.jpg": ("image/jpeg", encode_jpeg(photo("coffee"), 80)),
        "/framed.jpg": ("image/jpeg", encode_jpeg(photo("gravel"), 80)),
        "/slow": ("text/html", b"<p>slow"),
    }


@contextmanager
def running_forum() -> Iterator[Forum]:
    """It answers until the end of the block."""
    forum = Forum()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            forum.asked.append((self.headers["Host"].partition(":")[0], self.path))
            if self.path == "/old":
                self.send_response(302)
                self.send_header("Location", "/thread")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if self.path == "/slow":
                time.sleep(SLOW_SECONDS)
            kind, body = forum.answers.get(self.path, ("text/html", b"<p>not found"))
            self.send_response(200 if self.path in forum.answers else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer((HERE, 0), Answering) as server:
        forum.port = server.server_port
        forum.answers.update(pages(forum.port))
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield forum
        server.shutdown()
        thread.join()
