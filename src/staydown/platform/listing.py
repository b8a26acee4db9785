"""What a platform shows, where it says so itself: a list in JSON, page by page, over HTTP.

A page is `{"listed": [{"content_ref": …, "url": …, "account_ref": …}, …], "next": …}`: `next` is
what we ask for then as `?after=`, and is missing or empty on the last page. Both the list and the
pictures are asked for by the fetcher, so that neither leads anywhere that the operator did not
allow.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from staydown.casework.existing import MAX_LISTED, Listed, Page
from staydown.casework.uploads import MAX_REF
from staydown.errors import NotFetched

type Fetch = Callable[[str], bytes]

MAX_PAGE_BYTES = 1_000_000
FIELDS = {"content_ref", "url", "account_ref"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedByPlatform:
    """The list at `address`."""

    address: str = field(repr=False)
    fetch: Fetch = field(repr=False)

    def page(self, after: str) -> Page:
        """The page after that one. Raises NotFetched, also for what is no such page."""
        between = "&" if "?" in self.address else "?"
        address = f"{self.address}{between}after={quote(after, safe='')}" if after else self.address
        return read_page(self.fetch(address))

    def read(self, listed: Listed) -> bytes:
        """The bytes of one picture. Raises NotFetched."""
        return self.fetch(listed.place)


def read_page(data: bytes) -> Page:
    """The page in `data`. Raises NotFetched naming what is wrong with it."""
    if len(data) > MAX_PAGE_BYTES:
        raise NotFetched(f"a page of the list has at most {MAX_PAGE_BYTES} bytes")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotFetched("the list of what is published is not JSON") from error
    if not isinstance(found, dict) or not isinstance(found.get("listed"), list):
        raise NotFetched("the list of what is published has no `listed`")
    if len(found["listed"]) > MAX_LISTED:
        raise NotFetched(f"a page lists at most {MAX_LISTED}")
    return Page(
        listed=tuple(_listed(one) for one in found["listed"]),
        next=_text("next", found.get("next") or ""),
    )


def _listed(one: object) -> Listed:
    if not isinstance(one, dict) or set(one) - FIELDS:
        raise NotFetched(f"each of `listed` has {', '.join(sorted(FIELDS))}, and nothing else")
    return Listed(
        content_ref=_text("content_ref", one.get("content_ref"), least=1),
        place=_text("url", one.get("url"), least=1, most=2_000),
        account_ref=_text("account_ref", one.get("account_ref") or "") or None,
    )


def _text(name: str, value: object, *, least: int = 0, most: int = MAX_REF) -> str:
    if isinstance(value, str) and least <= len(value) <= most and value.isprintable():
        return value
    raise NotFetched(f"`{name}` in the list has {least} to {most} printable characters")
