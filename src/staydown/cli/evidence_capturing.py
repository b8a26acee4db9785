"""Pages into a bundle: as a real browser saw them, within the rules of the fetcher."""

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from staydown.assembly.darkroom import some_darkroom
from staydown.cli.evidence import act_of, key_in
from staydown.clock import SystemClock
from staydown.digests import sha256
from staydown.engine.darkroom import Darkroom
from staydown.engine.pdq import NoHash, hash_pixels
from staydown.errors import BadPicture, BadRequest, Misconfigured
from staydown.evidence.bundles import Item, add_items, list_items
from staydown.evidence.custody import Act
from staydown.sealing.signing import SigningKey
from staydown.settings import read_darkroom, read_settings

if TYPE_CHECKING:
    from staydown.assembly.capturing import Browsing

UNCONFIRMED = (
    "nothing was fetched. Say --adult-confirmed if everybody who is shown is an adult. If somebody "
    "may be under 18, fetch and keep no picture: tell the place to the police or to the hotline "
    "against child abuse in your country. `staydown evidence note` notes addresses alone"
)
NEEDED = ("playwright", "warcio")


def capture(
    *url: str,
    out: Path,
    key: Path,
    by: str,
    why: str,
    host: Annotated[list[str] | None, Parameter(negative=())] = None,
    adult_confirmed: bool = False,
) -> None:
    """Capture pages as a browser shows them: screenshots, pictures, headers, and a WARC.

    Only the pages you name, and from their hosts alone: nothing is crawled, no log-in is passed.

    Parameters
    ----------
    url
        The addresses.
    out
        The bundle, a folder; made if there is none. A page that it has already is not asked again.
    key
        The file of the key that signs; made if there is none.
    by
        Who does it.
    why
        Why.
    host
        Another host that the pages may take parts from, NAME or NAME:PORT; repeat for several.
    adult_confirmed
        That everybody who is shown is an adult.
    """
    if not adult_confirmed:
        raise BadRequest(UNCONFIRMED)
    if not url:
        raise BadRequest("no address was named")
    browsing = open_browsing(url, host or ())
    for one in dict.fromkeys(url):
        print(f"{one}: {keep_page(one, out, browsing, act_of(by, why), key_in(key))}")


def keep_page(url: str, bundle: Path, browsing: "Browsing", act: Act, key: SigningKey) -> str:
    """Put a page into the bundle, unless it is there; what was done, in words."""
    if held := folder_of(bundle, url):
        return f"in the bundle already, in {held}"
    items = pack(url, browsing, act)
    add_items(bundle, items, act, key)
    problem = json.loads(items[-1].data)["problem"]
    told = f". Not whole: {problem}" if problem else ""
    return f"{len(items)} files in items/{items[0].name.partition('/')[0]}{told}"


def open_browsing(urls: Sequence[str], hosts: Sequence[str]) -> "Browsing":
    """What looks at pages of these hosts. Raises Misconfigured without the extra, BadRequest."""
    check_needed()
    from staydown.assembly.capturing import Browsing, read_hosts  # noqa: PLC0415 -- needs the extra

    return Browsing(
        hosts=read_hosts(urls, hosts),
        ours=read_settings().unsafe_fetch_networks,
        clock=SystemClock(),
    )


def pack(url: str, browsing: "Browsing", act: Act) -> list[Item]:
    """One page, as items of a folder that its address and the time name."""
    folder = f"{name_folder(url)}-{act.at:%Y%m%dT%H%M%S}"
    with some_darkroom(read_darkroom()) as darkroom:
        files = browsing.capture(
            url, by=act.by, why=act.why, hash_picture=lambda data: hash_picture(data, darkroom)
        )
    return [Item(name=f"{folder}/{name}", data=data, origin="captured") for name, data in files]


def check_needed() -> None:
    """Raises Misconfigured unless what the extra brings is there."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise Misconfigured(
            f"capture needs {' and '.join(missing)}: pip install 'staydown[capture]'"
        )


def name_folder(url: str) -> str:
    """How the folders of that page begin: its address may be long, and hold anything."""
    return f"capture-{sha256(url.encode())[:12]}"


def folder_of(bundle: Path, url: str) -> str | None:
    """Where in the bundle that page lies whole, if it does."""
    begins = f"items/{name_folder(url)}-"
    for each in list_items(bundle):
        if each.path.startswith(begins) and each.path.endswith("/capture.json"):
            return each.path.removesuffix("/capture.json")
    return None


def hash_picture(data: bytes, darkroom: Darkroom) -> Mapping[str, str | int]:
    """Its PDQ, or why it has none. A locked process opens it."""
    try:
        found = hash_pixels(darkroom.open(data).pixels)
    except BadPicture as error:
        return {"no_pdq": str(error)}
    if isinstance(found, NoHash):
        return {"no_pdq": str(found.why).replace("_", " ")}
    return {"pdq": str(found.upright), "pdq_quality": found.upright.quality}
