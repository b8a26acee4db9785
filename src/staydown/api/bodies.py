"""Reads a request's body while counting its bytes: nobody makes us hold more than the limit.

A declared length over the limit is refused before anything is read; a chunked body (RFC 9112
§7.1) is counted as it comes. Uploaded files stay in memory: an innocent original never touches a
temporary folder.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict

from staydown.assembly.arriving import FORM_SLACK_BYTES
from staydown.errors import BadRequest, TooLarge

PIECE_BYTES = 64 * 1024


class Stream(Protocol):
    """Something that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A multipart body: its texts, and its files as bytes in the order they came."""

    texts: QueryDict
    files: dict[str, tuple[bytes, ...]]

    def text(self, name: str) -> str:
        """The text of that name; empty if there is none. Raises BadRequest if there are several."""
        given = self.lines(name)
        if len(given) > 1:
            raise BadRequest(f"{name}: send it once")
        return given[0] if given else ""

    def lines(self, name: str) -> tuple[str, ...]:
        """Every text of that name."""
        return tuple(str(given) for given in self.texts.getlist(name))

    def refuse_unknown(self, *, texts: set[str], files: set[str]) -> None:
        """Raises BadRequest naming every part that is not among those."""
        unknown = sorted({*self.texts} - texts) + sorted({*self.files} - files)
        if unknown:
            raise BadRequest(f"unknown or misplaced parts of the form: {', '.join(unknown)[:200]}")


def read_body(request: HttpRequest, *, max_bytes: int) -> bytes:
    """All bytes of the body. Raises TooLarge, and BadRequest if the sender stopped early."""
    declared = _declared_length(request)
    if declared is not None and declared > max_bytes:
        raise TooLarge(f"the body has {declared} bytes; at most {max_bytes} are accepted")
    stream: Stream = request if declared is not None else request.META["wsgi.input"]
    try:
        body = read_at_most(stream, max_bytes, expected=declared or 0)
    except UnreadablePostError as error:
        raise BadRequest("the connection ended before the body did: send it again") from error
    if declared is not None and len(body) < declared:
        raise BadRequest(f"the body ended after {len(body)} of {declared} bytes: send it again")
    return body


def read_at_most(stream: Stream, max_bytes: int, *, expected: int = 0) -> bytes:
    """Everything in `stream`. Raises TooLarge as soon as it has given more than `max_bytes`.

    If it gives all that is expected at once, those very bytes are handed on, without a copy.
    """
    pieces = [stream.read(expected or PIECE_BYTES)]
    taken = len(pieces[0])
    while taken <= max_bytes and taken != expected and pieces[-1]:
        pieces.append(stream.read(PIECE_BYTES))
        taken += len(pieces[-1])
    if taken > max_bytes:
        raise TooLarge(f"the body has more than the {max_bytes} bytes that are accepted")
    return pieces[0] if taken == len(pieces[0]) else b"".join(pieces)


def read_form(request: HttpRequest, *, max_bytes: int) -> Form:
    """The multipart form in the body. Raises TooLarge and BadRequest."""
    body = read_body(request, max_bytes=max_bytes + FORM_SLACK_BYTES)
    meta = {"CONTENT_TYPE": request.META["CONTENT_TYPE"], "CONTENT_LENGTH": str(len(body))}
    try:
        texts, files = MultiPartParser(meta, BytesIO(body), [_InMemory(request)], "utf-8").parse()
    except MultiPartParserError as error:
        raise BadRequest(f"the multipart form cannot be read: {error}") from error
    return Form(texts=texts, files=_contents(files))


def is_chunked(request: HttpRequest) -> bool:
    """Whether the body comes in chunks, its length unknown."""
    return "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()


def _declared_length(request: HttpRequest) -> int | None:
    """Content-Length in bytes; None if the body comes in chunks; 0 if there is no body at all."""
    if is_chunked(request):
        return None
    given = request.META.get("CONTENT_LENGTH") or "0"
    if not (given.isascii() and given.isdigit()):
        raise BadRequest("Content-Length is not a number")
    return int(given)


def _contents(files: "MultiValueDict[str, UploadedFile[bytes]]") -> dict[str, tuple[bytes, ...]]:
    return {name: tuple(file.read() for file in files.getlist(name)) for name in files}


class _InMemory(MemoryFileUploadHandler):
    """Keeps every file in memory: the body was measured before."""

    def handle_raw_input(self, *_arguments: object, **_named: object) -> None:
        self.activated = True
