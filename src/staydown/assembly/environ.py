"""What came over HTTP as a WSGI application expects it.

From ASGI 3.0, "HTTP Connection Scope", to PEP 3333: text that is bytes on the wire is latin-1 here.
A header with an underscore in its name is left out: in the environment it could not be told from
the one with a hyphen, and so could pass for a header that a proxy vouches for.
"""

import sys
from collections.abc import Sequence
from typing import TypedDict
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

UNPREFIXED = {"CONTENT_TYPE", "CONTENT_LENGTH"}
"""Headers that have no HTTP_ before their name (RFC 3875 §4.1)."""


class Scope(TypedDict):
    """The part of a connection's scope that is read here."""

    type: str
    http_version: str
    method: str
    scheme: str
    raw_path: bytes
    query_string: bytes
    headers: Sequence[tuple[bytes, bytes]]
    client: tuple[str, str | int] | None
    server: tuple[str, str | int] | None


def environ_of(scope: Scope) -> WSGIEnvironment:
    """The environment of one request, without its body."""
    address, _ = scope["client"] or ("", "")
    name, port = scope["server"] or ("", "")
    return {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": name,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": address,
        **headers_of(scope),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers under their names in CGI; what comes several times is joined (RFC 9110 §5.2)."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        if b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key in UNPREFIXED else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","  # RFC 9113 §8.2.3
        text = value.decode("latin-1")
        found[key] = f"{found[key]}{between}{text}" if key in found else text
    return found
