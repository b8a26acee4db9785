"""What is kept of a picture to find it again: digests, PDQ in eight orientations, local features;
and their packed form.

The packed form is a plain archive of arrays (numpy's .npz, without objects): nothing is ever
unpickled. Features can be partly inverted into a picture, so whoever stores the packed form seals
it.
"""

import io
import zipfile
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from staydown.digests import Digest
from staydown.engine.features import (
    REGISTERED_POINTS,
    UPLOAD_POINTS,
    Features,
    describe,
    no_features,
)
from staydown.engine.page import find_photographs, is_only_text
from staydown.engine.pdq import DihedralHashes, NoHash, PdqHash, hash_pixels
from staydown.engine.pictures import Picture
from staydown.engine.verdict import WhyNot
from staydown.errors import SealBroken

MIN_IN_PAGE = 60
"""With fewer features in a page's photographs, the whole page is looked at."""

type Arrays = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Everything that one picture is compared by. Width and height in pixels of the upright
    picture.
    """

    file_digest: Digest
    pixel_digest: Digest
    pdq: DihedralHashes | NoHash
    features: Features
    width: int
    height: int
    is_only_text: bool = False
    """Whether nothing but writing on a plain ground is to be seen: that proves nothing."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return self.width, self.height


def fingerprint_registered(picture: Picture) -> Fingerprint:
    """The fingerprint of a photograph that is to be found again."""
    return fingerprint(picture, REGISTERED_POINTS)


def fingerprint_upload(picture: Picture) -> Fingerprint:
    """The fingerprint of a picture that is looked up: more keypoints, as most of them may lie on
    what was altered, and all of them in the photographs of a page.
    """
    box = find_photographs(picture.pixels)
    features = no_features() if box is None else describe(box.cut(picture.pixels), UPLOAD_POINTS)
    if box is None or len(features) < MIN_IN_PAGE:
        return fingerprint(picture, UPLOAD_POINTS)
    return replace(fingerprint_hashes(picture), features=features.moved(box.left, box.top))


def fingerprint_hashes(picture: Picture) -> Fingerprint:
    """Digests and PDQ alone."""
    return fingerprint(picture, 0)


def fingerprint(picture: Picture, points: int) -> Fingerprint:
    """The fingerprint of `picture` with at most `points` local features."""
    return Fingerprint(
        file_digest=picture.file_digest,
        pixel_digest=picture.pixel_digest,
        pdq=hash_pixels(picture.pixels),
        features=describe(picture.pixels, points) if points else no_features(),
        width=picture.width,
        height=picture.height,
        is_only_text=is_only_text(picture.pixels),
    )


def pack(one: Fingerprint) -> bytes:
    """One archive of arrays."""
    file = io.BytesIO()
    np.savez(
        file,
        allow_pickle=False,
        digests=np.array([one.file_digest, one.pixel_digest]),
        size=np.array(one.size),
        only_text=np.array(one.is_only_text),
        points=one.features.points,
        sizes=one.features.sizes,
        angles=one.features.angles,
        descriptors=one.features.descriptors,
        **pack_pdq(one.pdq),
    )
    return file.getvalue()


def pack_pdq(pdq: DihedralHashes | NoHash) -> Arrays:
    """Either the hashes and their quality, or the reason for none."""
    if isinstance(pdq, NoHash):
        return {"no_hash": np.array(str(pdq.why))}
    bits = np.frombuffer(b"".join(one.bits for one in pdq.variants), np.uint8).reshape(8, 32)
    return {"hashes": bits, "quality": np.array(pdq.upright.quality)}


def unpack(data: bytes) -> Fingerprint:
    """The fingerprint again. Raises SealBroken if `data` is not a packed one."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return read_arrays({name: arrays[name] for name in arrays.files})
    except (ValueError, KeyError, OSError, EOFError, IndexError, zipfile.BadZipFile) as error:
        raise SealBroken("a stored fingerprint is damaged") from error


def read_arrays(arrays: Arrays) -> Fingerprint:
    """Raises KeyError or ValueError if something is missing."""
    file_digest, pixel_digest = (Digest(str(one)) for one in arrays["digests"])
    width, height = (int(one) for one in arrays["size"])
    features = Features(
        points=np.asarray(arrays["points"], np.float32),
        sizes=np.asarray(arrays["sizes"], np.float32),
        angles=np.asarray(arrays["angles"], np.float32),
        descriptors=np.asarray(arrays["descriptors"], np.uint8),
    )
    return Fingerprint(
        file_digest=file_digest,
        pixel_digest=pixel_digest,
        pdq=read_pdq(arrays),
        features=features,
        width=width,
        height=height,
        is_only_text=bool(arrays["only_text"]),
    )


def read_pdq(arrays: Arrays) -> DihedralHashes | NoHash:
    """Raises KeyError or ValueError if something is missing."""
    if "no_hash" in arrays:
        return NoHash(why=WhyNot(str(arrays["no_hash"])))
    quality = int(np.asarray(arrays["quality"], np.int64))
    rows = np.asarray(arrays["hashes"], np.uint8)
    return DihedralHashes(
        variants=tuple(PdqHash(bits=row.tobytes(), quality=quality) for row in rows)
    )
