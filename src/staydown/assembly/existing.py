"""The connector to what the platform shows already, by the operator's settings."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

from staydown.casework.existing import Existing
from staydown.errors import ForbiddenPlace, Misconfigured, NotFetched
from staydown.fetch.addresses import Network
from staydown.fetch.bounds import Bounds
from staydown.fetch.fetcher import Fetcher
from staydown.fetch.places import Origin, check_place, read_place
from staydown.platform.folder import FolderOfPictures
from staydown.platform.listing import ListedByPlatform
from staydown.settings import PREFIX, Settings


def open_existing(settings: Settings) -> Existing | None:
    """The connector; None if none was named. Raises Misconfigured for a list that may not be had.

    What begins with http is the address of a list, and anything else a folder.
    """
    if not settings.existing:
        return None
    if not settings.existing.startswith(("http://", "https://")):
        folder = Path(settings.existing)
        return FolderOfPictures(folder=folder, max_bytes=settings.max_upload_bytes)
    fetcher = fetcher_for(settings)
    try:
        check_place(read_place(settings.existing), fetcher.allowed)
    except ForbiddenPlace as error:
        raise Misconfigured(f"{PREFIX}EXISTING: {error}: see {PREFIX}FETCH_FROM") from None
    except NotFetched as error:
        raise Misconfigured(f"{PREFIX}EXISTING: {error}") from None
    return ListedByPlatform(address=settings.existing, fetch=fetcher.fetch)


def fetcher_for(settings: Settings) -> Fetcher:
    """The fetcher; it asks nobody unless the operator allowed some."""
    return Fetcher(
        allowed=tuple(Origin.parse(text) for text in settings.fetch_from),
        ours=networks_of(settings),
        bounds=replace(Bounds(), max_bytes=settings.max_upload_bytes),
    )


def networks_of(settings: Settings) -> tuple[Network, ...]:
    """The networks of our own that may be asked."""
    return tuple(ip_network(text) for text in settings.unsafe_fetch_networks)
