"""Words in a PNG: it opens as before."""

import numpy as np

from staydown.capture.png_text import write_words
from staydown.engine.pictures import encode_png, open_picture


def test_the_picture_opens_as_before() -> None:
    png = encode_png(np.full((20, 30, 3), 90, np.uint8))

    written = write_words(png, {"Source": "https://forum.example/ü", "Creation Time": "now"})

    assert b"Source\0https://forum.example/\xfc" in written
    assert (open_picture(written).pixels == open_picture(png).pixels).all()
