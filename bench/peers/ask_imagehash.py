"""The perceptual hash of ImageHash, 64 bits, with the cut-off of its own examples."""

import imagehash
import numpy as np
from answering import answer_by_bits, arguments, introduce
from PIL import Image

NAME = "ImageHash pHash"


def hash_file(path: str) -> np.ndarray:
    """(1, 8) packed bits."""
    with Image.open(path) as image:
        bits = imagehash.phash(image).hash
    return np.packbits(bits.ravel())[None]


introduce(
    "imagehash", {"name": NAME, "score": "minus bits of 64", "match_at": -5, "entry_bytes": 8}
)
answer_by_bits(NAME, *arguments(), hash_file)
