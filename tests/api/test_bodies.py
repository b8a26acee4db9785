"""A body is counted while it comes, and what is too large is refused before it is held."""

from dataclasses import dataclass
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from staydown.api.bodies import PIECE_BYTES, read_at_most, read_body, read_form
from staydown.errors import BadRequest, TooLarge


@dataclass(slots=True)
class Tap:
    """A stream that never ends, and counts what was taken from it."""

    given: int = 0

    def read(self, size: int, /) -> bytes:
        self.given += size
        return b"x" * size


def test_an_endless_body_is_left_as_soon_as_it_is_over_the_limit() -> None:
    tap = Tap()

    with pytest.raises(TooLarge, match="more than the 1000000 bytes"):
        read_at_most(tap, 1_000_000)

    assert tap.given <= 1_000_000 + PIECE_BYTES


def test_a_body_of_exactly_the_limit_is_taken() -> None:
    request = RequestFactory().post("/", b"x" * 1000, content_type="image/jpeg")

    assert read_body(request, max_bytes=1000) == b"x" * 1000


def test_a_declared_length_over_the_limit_is_refused_before_a_byte_is_read() -> None:
    tap = Tap()
    request = RequestFactory().post("/", b"", content_type="image/jpeg")
    request.META |= {"wsgi.input": tap, "CONTENT_LENGTH": "1001"}

    with pytest.raises(TooLarge, match="the body has 1001 bytes; at most 1000"):
        read_body(request, max_bytes=1000)

    assert tap.given == 0


def test_a_chunked_body_is_counted_without_a_declared_length() -> None:
    request = RequestFactory().post("/", b"", content_type="image/jpeg")
    request.META |= {"wsgi.input": Tap(), "HTTP_TRANSFER_ENCODING": "chunked"}

    with pytest.raises(TooLarge):
        read_body(request, max_bytes=1000)


@pytest.mark.parametrize("length", ["-1", "ten", "1e3", "１０"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    request = RequestFactory().post("/", b"x", content_type="image/jpeg")
    request.META["CONTENT_LENGTH"] = length

    with pytest.raises(BadRequest, match="Content-Length is not a number"):
        read_body(request, max_bytes=1000)


def test_a_form_without_a_boundary_cannot_be_read() -> None:
    request = RequestFactory().post("/", b"x", content_type="multipart/form-data")

    with pytest.raises(BadRequest, match="the multipart form cannot be read"):
        read_form(request, max_bytes=1000)


def test_a_body_that_lies_in_memory_is_not_copied() -> None:
    body = b"x" * 100_000
    request = RequestFactory().post("/", b"", content_type="image/jpeg")
    request.META |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    request = WSGIRequest(request.META)

    assert read_body(request, max_bytes=100_000) is body


class Trickle:
    """A stream that gives three bytes at a time, as an unbuffered one may."""

    def __init__(self, count: int) -> None:
        self.left = count

    def read(self, size: int, /) -> bytes:
        given = min(size, self.left, 3)
        self.left -= given
        return b"x" * given


def test_a_body_that_comes_in_pieces_is_put_together() -> None:
    assert read_at_most(Trickle(10), 100, expected=10) == b"x" * 10
    assert read_at_most(Trickle(7), 100, expected=10) == b"x" * 7
    assert read_at_most(Trickle(100), 100) == b"x" * 100
    with pytest.raises(TooLarge):
        read_at_most(Trickle(101), 100)
