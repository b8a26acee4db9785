"""What is kept of a registered photograph, and what is looked at in a found picture, before the two
are compared.

With the notifier's consent a small proxy of the photograph is kept: without it only hashes can be
compared, and no doctored copy is found. Of a removed picture only the altered region counts, so
that its innocent original goes on publishing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from staydown.digests import Digest
from staydown.engine.features import Features, no_features
from staydown.engine.fingerprints import (
    Fingerprint,
    fingerprint_hashes,
    fingerprint_registered,
    fingerprint_upload,
)
from staydown.engine.pdq import DihedralHashes, PdqHash
from staydown.engine.pictures import Picture, picture_of
from staydown.engine.verdict import AREA_VALUES, Area, AreaMap

PROXY_SIDE = 800
"""Longest side in pixels of what is kept of a registered photograph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A small copy of a registered photograph: its size in pixels, and how to open it. Most
    comparisons end before anything but its size is needed.
    """

    width: int
    height: int
    open: Callable[[], Picture]

    @staticmethod
    def of(picture: Picture) -> "Proxy":
        """One that is open already."""
        return Proxy(width=picture.width, height=picture.height, open=lambda: picture)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return self.width, self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is kept of a registered photograph. Without a proxy only its hashes can be compared.

    The fingerprint's features are in pixels of the proxy. `focus` marks, on the proxy, the altered
    region of a removed picture: a match must be supported there.
    """

    fingerprint: Fingerprint
    proxy: Proxy | None
    focus: AreaMap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A picture that is looked up."""

    picture: Picture
    fingerprint: Fingerprint


def look_at(picture: Picture, *, is_quick: bool = False) -> Seen:
    """Everything that is needed to look `picture` up, computed once; without local features if that
    is all for `quick`.
    """
    one = fingerprint_hashes(picture) if is_quick else fingerprint_upload(picture)
    return Seen(picture=picture, fingerprint=one)


def know(picture: Picture, *, altered_only: AreaMap | None = None) -> Known:
    """What is kept of `picture`; with `altered_only` (the area map of a removed picture), features
    of altered blocks only.
    """
    proxy = shrink_to_proxy(picture)
    whole = fingerprint_registered(picture_of(proxy.pixels, picture.format, picture.file_digest))
    focus = None if altered_only is None else resize_map(altered_only, proxy)
    features = whole.features if focus is None else within(whole.features, focus)
    fingerprint = Fingerprint(
        file_digest=picture.file_digest,
        pixel_digest=picture.pixel_digest,
        pdq=whole.pdq,
        features=features,
        width=picture.full_size[0],
        height=picture.full_size[1],
    )
    return Known(fingerprint=fingerprint, proxy=Proxy.of(proxy), focus=focus)


NO_DIGEST: Final = Digest("0" * 64)
"""Where there is a hash and no file: no file has this SHA-256, as far as anybody knows."""


def know_hash(found: PdqHash) -> Known:
    """What is kept where nothing is known of a picture but its PDQ: plain copies are found by it.

    What is looked up is turned, and not what is kept: so its own hash stands for the eight.
    """
    fingerprint = Fingerprint(
        file_digest=NO_DIGEST,
        pixel_digest=NO_DIGEST,
        pdq=DihedralHashes(variants=(found,) * 8),
        features=no_features(),
        width=0,
        height=0,
    )
    return Known(fingerprint=fingerprint, proxy=None)


def shrink_to_proxy(picture: Picture) -> Picture:
    """`picture` with a longest side of PROXY_SIDE at most."""
    factor = PROXY_SIDE / max(picture.width, picture.height)
    if factor >= 1:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    small = np.asarray(
        cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
    return picture_of(small, picture.format, picture.file_digest)


def resize_map(areas: AreaMap, proxy: Picture) -> AreaMap:
    """`areas` at the size of the proxy."""
    size = (proxy.width, proxy.height)
    return np.asarray(cv2.resize(areas, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def within(features: Features, areas: AreaMap) -> Features:
    """The features whose centre lies on an altered place."""
    columns = np.clip(features.points[:, 0].round().astype(int), 0, areas.shape[1] - 1)
    rows = np.clip(features.points[:, 1].round().astype(int), 0, areas.shape[0] - 1)
    return features.only(areas[rows, columns] == AREA_VALUES[Area.ALTERED])


def stretch_like(known: Known, proxy: Picture, seen: Fingerprint) -> tuple[Known, Picture]:
    """`known` and its opened `proxy` squashed to the aspect of a found picture, as thumbnails
    often are.
    """
    size = (proxy.width, max(1, round(proxy.width * seen.height / seen.width)))
    pixels = np.asarray(
        cv2.resize(proxy.pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
    squashed = picture_of(pixels, proxy.format, proxy.file_digest)
    features = fingerprint_registered(squashed).features
    fingerprint = replace(known.fingerprint, features=features)
    return replace(known, fingerprint=fingerprint, proxy=Proxy.of(squashed)), squashed
