"""The system's Chromium, in its own sandbox, as an ordinary user, with a profile for once.

It knows no way to the network but the proxy: it looks no name up by itself, speaks no QUIC, and
sends no WebRTC around the proxy.
"""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Error, sync_playwright

from staydown.errors import Misconfigured

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
ORDINARY: Final = "nobody"
"""Who runs it if we are root."""
MAX_BROWSER_SECONDS: Final = 150
"""After that it is ended, whatever it does."""
VIEW: Final = (1280, 800)
FLAGS: Final = (
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


@contextmanager
def open_browser(proxy_port: int) -> Iterator[BrowserContext]:
    """A fresh browser. Raises Misconfigured if there is none, or it has no sandbox here."""
    with tempfile.TemporaryDirectory(prefix="staydown-capture-", ignore_cleanup_errors=True) as top:
        home = Path(top) / "home"
        home.mkdir()
        Path(top).chmod(0o755)
        program = _write_program(Path(top), home)
        with sync_playwright() as playwright:
            try:
                context = playwright.chromium.launch_persistent_context(
                    home,
                    executable_path=program,
                    chromium_sandbox=True,
                    headless=True,
                    accept_downloads=False,
                    service_workers="block",
                    viewport={"width": VIEW[0], "height": VIEW[1]},
                    env={"HOME": str(home), "TMPDIR": str(home), "PATH": "/usr/bin:/bin"},
                    args=[f"--proxy-server=http://127.0.0.1:{proxy_port}", *FLAGS],
                )
            except Error as error:
                said = str(error).splitlines()[0]
                raise Misconfigured(f"Chromium does not start with its sandbox: {said}") from error
            try:
                yield context
            finally:
                _close(context)


def _close(context: BrowserContext) -> None:
    try:
        context.close()
    except Error:
        return  # it was ended already


def _write_program(top: Path, home: Path) -> Path:
    """A script that starts it as an ordinary user, for a while. Raises Misconfigured."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise Misconfigured("there is no Chromium on this machine: apt-get install chromium")
    words = ["exec", "timeout", "--foreground", "-k", "5", str(MAX_BROWSER_SECONDS)]
    if os.geteuid() == 0:
        words += _become(home)
    program = top / "browser"
    program.write_text(f'#!/bin/sh\n{" ".join(words)} {chromium} "$@"\n')
    program.chmod(0o755)
    return program


def _become(home: Path) -> list[str]:
    if shutil.which("setpriv") is None:
        raise Misconfigured("a browser is not run as root: use another user, or install setpriv")
    who = pwd.getpwnam(ORDINARY)
    os.chown(home, who.pw_uid, who.pw_gid)
    ids = [f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}"]
    return ["setpriv", *ids, "--clear-groups", "--no-new-privs"]
