"""Looks at one page: opens it, scrolls through it, and takes down all that came.

The page may do what it likes: everything asked of it has a time limit, and the browser itself too.
"""

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ElementHandle,
    Error,
    FloatRect,
    Page,
    Request,
    Response,
)

from staydown.capture.browser import VIEW
from staydown.capture.seen import Answer, Headers, Seen, Shot
from staydown.clock import Clock

GOTO_SECONDS: Final = 30
SETTLE_SECONDS: Final = 5
SHOT_SECONDS: Final = 10
MAX_SCROLLS: Final = 30
SCROLL_PAUSE_MS: Final = 150
MAX_HEIGHT: Final = 16_000
"""Pixels of a page's screenshot: Chromium draws no more."""
MAX_PICTURE_SHOTS: Final = 100
MIN_PICTURE_PX: Final = 16
"""Smaller ones are not photographed by themselves."""
MAX_KEPT_BYTES: Final = 200_000_000
"""Of all bodies of a page together, decoded."""


SIZE: Final = "(one => [one.scrollWidth, one.scrollHeight])(document.documentElement)"


@dataclass(kw_only=True)  # no slots: playwright notes on it which of its methods it calls
class Look:
    """One page while it is looked at."""

    page: Page
    clock: Clock
    came: list[tuple[Response, datetime]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    kept_bytes: int = 0

    def note_answer(self, response: Response) -> None:
        """An answer came."""
        self.came.append((response, self.clock.now()))

    def note_failure(self, request: Request) -> None:
        """Something was not had."""
        self.failed.append((request.url, request.failure or "it failed"))

    def open(self, url: str) -> Response | None:
        """Go there, and scroll through it so that what loads late loads."""
        answer = None
        try:
            answer = self.page.goto(url, wait_until="load", timeout=GOTO_SECONDS * 1000)
        except Error as error:
            self.problems.append(f"opening it: {_said(error)}")
        try:
            for _ in range(MAX_SCROLLS):
                self.page.mouse.wheel(0, VIEW[1])
                self.page.wait_for_timeout(SCROLL_PAUSE_MS)
                if self.page.evaluate("scrollY + innerHeight >= document.body.scrollHeight - 1"):
                    break
            else:
                self.problems.append("it is longer than was scrolled through")
            self.page.evaluate("scrollTo(0, 0)")
            self.page.wait_for_load_state("networkidle", timeout=SETTLE_SECONDS * 1000)
        except Error as error:
            self.problems.append(f"scrolling through it: {_said(error)}")
        return answer

    def shoot_page(self) -> Shot | None:
        """All of the page, to MAX_HEIGHT."""
        try:
            width, height = self.page.evaluate(SIZE)
            if height > MAX_HEIGHT:
                self.problems.append(f"its screenshot ends after {MAX_HEIGHT} pixels")
            png = self._cut(0, 0, width, min(height, MAX_HEIGHT))
        except Error as error:
            self.problems.append(f"its screenshot: {_said(error)}")
            return None
        return Shot(of=self.page.url, at=self.clock.now(), png=png)

    def shoot_pictures(self) -> Iterator[Shot]:
        """Each picture that came and is shown, cut out where it stands."""
        elements = list(self._find_pictures())
        if len(elements) > MAX_PICTURE_SHOTS:
            self.problems.append(f"of its pictures the first {MAX_PICTURE_SHOTS} were looked at")
        for element in elements[:MAX_PICTURE_SHOTS]:
            try:
                box = element.bounding_box()
                source = element.evaluate("one => one.naturalWidth ? one.currentSrc : ''")
                if not source or not box or not _is_in_reach(box):
                    continue
                png = self._cut(box["x"], box["y"], box["width"], box["height"])
            except Error as error:
                self.problems.append(f"the screenshot of a picture: {_said(error)}")
                continue
            yield Shot(of=str(source), at=self.clock.now(), png=png)

    def _cut(self, x: float, y: float, width: float, height: float) -> bytes:
        """That part of the page, which was scrolled to its top."""
        return self.page.screenshot(
            full_page=True,
            clip={"x": x, "y": y, "width": width, "height": height},
            timeout=SHOT_SECONDS * 1000,
        )

    def _find_pictures(self) -> Iterator[ElementHandle]:
        for frame in self.page.frames:
            try:
                yield from frame.query_selector_all("img")
            except Error as error:
                self.problems.append(f"the pictures of a frame: {_said(error)}")

    def name(self) -> str:
        """Its title."""
        try:
            return self.page.title()
        except Error as error:
            self.problems.append(f"its title: {_said(error)}")
            return ""

    def answers(self) -> Iterator[Answer]:
        """All that came, with what is kept of it."""
        for response, at in self.came:
            try:
                yield self._take(response, at)
            except Error as error:
                self.failed.append((response.url, _said(error)))

    def _take(self, response: Response, at: datetime) -> Answer:
        body, problem = self._body(response)
        request = response.request
        tls: Mapping[str, object] = response.security_details() or {}
        return Answer(
            url=response.url,
            method=request.method,
            kind=request.resource_type,
            at=at,
            asked=_headers((one["name"], one["value"]) for one in request.headers_array()),
            status=response.status,
            reason=response.status_text,
            headers=_headers((one["name"], one["value"]) for one in response.headers_array()),
            tls=tuple((name, str(value)) for name, value in tls.items()),
            body=body,
            problem=problem,
        )

    def _body(self, response: Response) -> tuple[bytes | None, str]:
        if 300 <= response.status < 400:
            return b"", ""  # the browser hands out none of a redirect
        if self.kept_bytes > MAX_KEPT_BYTES:
            return None, f"not kept: the page has more than {MAX_KEPT_BYTES:,} bytes"
        try:
            body = response.body()
        except Error as error:
            return None, f"not kept: {_said(error)}"
        self.kept_bytes += len(body)
        return body, ""


def look_at_page(context: BrowserContext, url: str, clock: Clock) -> Seen:
    """Look at `url`, once. A page that does not answer is told as that, and no error."""
    started = clock.now()
    page = context.new_page()
    look = Look(page=page, clock=clock)
    session = context.new_cdp_session(page)
    session.send("Network.enable")  # now: it hands out certificates of what comes after
    page.on("response", look.note_answer)
    page.on("requestfailed", look.note_failure)
    context.on("page", lambda other: other.close())
    answer = look.open(url)
    is_there = page.url.startswith(("http://", "https://"))
    shot = look.shoot_page() if is_there else None
    pictures = tuple(look.shoot_pictures()) if is_there else ()
    answers = tuple(look.answers())
    browser = context.browser
    return Seen(
        url=url,
        final_url=page.url if is_there else "",
        title=look.name() if is_there else "",
        started_at=started,
        ended_at=clock.now(),
        browser=browser.version if browser else "",
        redirects=_redirects(answer),
        answers=answers,
        failed=tuple(look.failed),
        page=shot,
        pictures=pictures,
        certificates=tuple(_certificates(session, answers)),
        problem="; ".join(look.problems),
    )


def _redirects(answer: Response | None) -> tuple[str, ...]:
    """The addresses that were passed before the last, in order."""
    passed: list[str] = []
    request = answer.request.redirected_from if answer else None
    while request is not None:
        passed.append(request.url)
        request = request.redirected_from
    return tuple(reversed(passed))


def _certificates(
    session: CDPSession, answers: tuple[Answer, ...]
) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """The chain of each origin that was spoken to under TLS, where the browser has kept it."""
    places = (urlsplit(one.url) for one in answers)
    secure = dict.fromkeys(f"https://{one.netloc}" for one in places if one.scheme == "https")
    for origin in secure:
        try:
            said = session.send("Network.getCertificate", {"origin": origin})
        except Error:
            continue
        if said["tableNames"]:
            yield origin, tuple(b64decode(one) for one in said["tableNames"])


def _is_in_reach(box: FloatRect) -> bool:
    """Whether it is large enough to be seen, and not below what is drawn."""
    is_seen = min(box["width"], box["height"]) >= MIN_PICTURE_PX
    return is_seen and min(box["x"], box["y"]) >= 0 and box["y"] + box["height"] <= MAX_HEIGHT


def _headers(said: Iterable[tuple[str, str]]) -> Headers:
    """Without those that HTTP/2 has in place of a first line (RFC 9113 §8.3)."""
    return tuple(pair for pair in said if not pair[0].startswith(":"))


def _said(error: Error) -> str:
    return error.message.splitlines()[0]
