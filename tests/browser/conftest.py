"""A real browser before the real pages: Debian's Chromium, through playwright, over loopback.

What a test has to prepare in the database it prepares before it opens a page: while playwright
runs, Django takes this thread for an asynchronous one.
"""

from tests.installation import house as house
from tests.installation import reviewer as reviewer

# isort: split

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page, Request, sync_playwright

from staydown.assembly.house import House
from staydown.settings.choices import NOTHING_CHOSEN
from tests.photographs import original

CHROMIUM = shutil.which("chromium")
HOST = "127.0.0.1"
EXIT = NOTHING_CHOSEN.exit_url
WEATHER = "<title>Weather</title><p>Sun, and no request leaves this machine."

type Open = Callable[..., Page]
"""Opens a page: an address, and what `browser.new_context` takes."""


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at once, as a browser sends them."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """Where the house answers."""
    with make_server(HOST, 0, get_wsgi_application(), Server, Quiet) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(address: str) -> Iterator[Open]:
    """Opens pages, each in a window of its own, which may ask nobody but this server."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    with ExitStack() as stack:
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox"],  # our own pages only; CI runs as root
        )
        asked: list[str] = []

        def note(request: Request) -> None:
            """Leaving goes elsewhere; nothing that a page loads by itself does."""
            if not (request.is_navigation_request() and request.url == EXIT):
                asked.append(request.url)

        def open_one(path: str, **how: object) -> Page:
            context = browser.new_context(**how)  # type: ignore[arg-type]
            page = context.new_page()
            page.on("request", note)
            context.route(EXIT, lambda route: route.fulfill(body=WEATHER, content_type="text/html"))
            page.goto(f"{address}{path}")
            return page

        yield open_one
        browser.close()
        assert [url for url in asked if not url.startswith(f"{address}/")] == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """The original, as a file on the phone."""
    path = tmp_path / "cat.jpg"
    path.write_bytes(original())
    return path
