"""What a browser saw of one page, as values."""

from dataclasses import dataclass, field
from datetime import datetime

type Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, `body` decoded: not the bytes of the wire; None, and `problem`, if not kept."""

    url: str
    method: str
    kind: str
    """What the browser wanted it for: document, image, script…"""
    at: datetime
    asked: Headers
    status: int
    reason: str
    headers: Headers
    tls: tuple[tuple[str, str], ...] = ()
    body: bytes | None = field(default=None, repr=False)
    problem: str = ""

    def header(self, name: str) -> str:
        """The first of that name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def is_picture(self) -> bool:
        """Whether it was used as a picture, or says that it is one."""
        is_used = self.kind == "image" and 200 <= self.status < 300
        return is_used or self.header("content-type").startswith("image/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A screenshot: of the whole page, or of one picture as it stood there."""

    of: str
    """The address of the page or of the picture."""
    at: datetime
    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page as it was seen; `problem` says why it was not seen whole."""

    url: str
    final_url: str
    title: str
    started_at: datetime
    ended_at: datetime
    browser: str
    redirects: tuple[str, ...]
    answers: tuple[Answer, ...]
    failed: tuple[tuple[str, str], ...]
    """Address and what went wrong."""
    page: Shot | None
    pictures: tuple[Shot, ...]
    certificates: tuple[tuple[str, tuple[bytes, ...]], ...]
    """Origin and its chain, in DER."""
    problem: str
