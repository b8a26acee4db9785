"""Where something is, noted in a bundle without a picture: for when nobody may keep one."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from staydown.assembly.existing import networks_of
from staydown.cli.evidence import act_of, key_in
from staydown.clock import SystemClock
from staydown.digests import Json, sha256
from staydown.errors import BadRequest, ForbiddenPlace, NotFetched
from staydown.evidence.bundles import Item, add_items
from staydown.fetch.bounds import Bounds
from staydown.fetch.fetcher import Fetcher
from staydown.fetch.places import Origin, read_place
from staydown.settings import read_settings

PAGE = Bounds(max_bytes=5_000_000)
"""A page of text; a picture that is larger is not even fetched to its end."""
MAX_LINKS = 500
NO_PAGE = "it is no page of text: nothing of it was kept but its digest"


def note(*url: str, out: Path, key: Path, by: str, why: str) -> None:
    """Note down where something is: address, time, digest, addresses of its pictures. No picture.

    For when somebody who is shown may be under 18, or nobody said that all are adults. Each page is
    asked for once, as text; its pictures are not asked for, and nothing of the page is kept.

    Parameters
    ----------
    url
        The addresses.
    out
        The bundle, a folder; made if there is none.
    key
        The file of the key that signs; made if there is none.
    by
        Who does it.
    why
        Why.
    """
    if not url:
        raise BadRequest("no address was named")
    places = {one: _origin(one) for one in dict.fromkeys(url)}
    for one, origin in places.items():
        act = act_of(by, why)
        fetcher = Fetcher(allowed=(origin,), ours=networks_of(read_settings()), bounds=PAGE)
        said = note_page(one, fetcher)
        name = f"note-{sha256(one.encode())[:12]}-{act.at:%Y%m%dT%H%M%S}/note.json"
        data = (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()
        add_items(out, (Item(name=name, data=data, origin="captured"),), act, key_in(key))
        print(f"{one}: {said['problem'] or said['sha256']}")


def note_page(url: str, fetcher: Fetcher) -> dict[str, Json]:
    """What can be told of a page without keeping anything of it."""
    said: dict[str, Json] = {
        "url": url,
        "asked_at": SystemClock().now().isoformat(),
        "sha256": None,
        "size": None,
        "pictures": [],
        "problem": None,
        "kept": "addresses, sizes, times and digests; no page and no picture",
    }
    try:
        body = fetcher.fetch(url)
    except (NotFetched, ForbiddenPlace) as error:
        return said | {"problem": str(error)}
    said |= {"sha256": sha256(body), "size": len(body)}
    if not _is_page(body):
        return said | {"problem": NO_PAGE}
    return said | {"pictures": list(find_pictures(url, body.decode("utf-8", "replace")))}


def find_pictures(url: str, page: str) -> tuple[str, ...]:
    """The addresses of the pictures on a page, in its order, each once; at most MAX_LINKS."""
    found = _Pictures()
    found.feed(page)
    whole = dict.fromkeys(_join(url, one) for one in found.sources)
    return tuple(one for one in whole if one)[:MAX_LINKS]


def _join(url: str, source: str) -> str:
    """The full address, empty unless it leads into the web."""
    try:
        joined = urljoin(url, source.strip())
        return joined if urlsplit(joined).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _is_page(body: bytes) -> bool:
    beginning = body[:4096]
    return b"\0" not in beginning and b"<" in beginning


def _origin(url: str) -> Origin:
    try:
        place = read_place(url)
    except NotFetched as error:
        raise BadRequest(f"{url}: {error}") from error
    return Origin(scheme=place.scheme, host=place.host, port=place.port)


class _Pictures(HTMLParser):
    """Collects where pictures of a page lie."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.sources += _sources(tag, dict(attrs))


def _sources(tag: str, said: dict[str, str | None]) -> Iterator[str]:
    """What one element says of pictures: `src`, and each of `srcset`."""
    if tag not in {"img", "source", "video"}:
        return
    for name in ("src", "poster"):
        if value := said.get(name):
            yield value
    for part in (said.get("srcset") or "").split(","):
        if words := part.split():
            yield words[0]
