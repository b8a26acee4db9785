"""Writes words into a PNG, where any viewer shows them, without touching a pixel."""

import zlib
from collections.abc import Mapping

HEAD_BYTES = 33
"""The signature, and the first chunk (PNG 3rd edition §5.2 and §11.2.1)."""


def write_words(png: bytes, words: Mapping[str, str]) -> bytes:
    """The same picture with `words` in tEXt chunks (§11.3.3.2). What is not Latin-1 becomes `?`."""
    chunks = b"".join(_chunk(name, value) for name, value in words.items())
    return png[:HEAD_BYTES] + chunks + png[HEAD_BYTES:]


def _chunk(name: str, value: str) -> bytes:
    data = b"tEXt" + name.encode("latin-1") + b"\0" + value.encode("latin-1", "replace")
    return (len(data) - 4).to_bytes(4) + data + zlib.crc32(data).to_bytes(4)
