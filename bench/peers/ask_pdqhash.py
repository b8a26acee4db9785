"""PDQ by the reference's own code, each query in its eight turns."""

import numpy as np
import pdqhash
from answering import answer_by_bits, arguments, introduce
from PIL import Image

NAME = "pdqhash, 8 turns"


def hash_file(path: str) -> np.ndarray:
    """(8, 32) packed bits, as the picture stands first."""
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("RGB"))
    turns, _ = pdqhash.compute_dihedral(pixels)
    return np.packbits(np.asarray(turns, np.uint8), axis=1)


introduce(
    "pdqhash", {"name": NAME, "score": "minus bits of 256", "match_at": -31, "entry_bytes": 32}
)
answer_by_bits(NAME, *arguments(), hash_file)
