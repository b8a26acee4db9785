"""A site of pictures, for the tests that ask it."""

from collections.abc import Iterator

import pytest

from tests.fetch.making import Site, picture


@pytest.fixture
def site() -> Iterator[Site]:
    """One that has a picture at /a.jpg."""
    with Site(answers={"/a.jpg": picture()}).running() as found:
        yield found
