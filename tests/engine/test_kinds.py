"""What a file is is told from its content; what is not opened is refused by its name."""

import pytest

from staydown.engine.kinds import BEGINNINGS, Kind, kind_of
from staydown.engine.pictures import encode_as, open_picture
from staydown.engine.rehearsal import draw_noise
from staydown.errors import BadPicture


def box(brand: bytes, *like: bytes) -> bytes:
    """The beginning of a file in boxes."""
    inside = brand + bytes(4) + b"".join(like)
    return (8 + len(inside)).to_bytes(4, "big") + b"ftyp" + inside + bytes(100)


REFUSED = {
    "a PDF": b"%PDF-1.7\n",
    "an SVG drawing": b'<?xml version="1.0"?>\n<!-- a drawing -->\n<svg xmlns="x"/>',
    "a web page": b"<!DOCTYPE html><title>x</title>",
    "a Photoshop file": b"8BPS\0\1",
    "JPEG XL": b"\xff\x0a\xfa\x1f",
    "JPEG 2000": b"\xff\x4f\xff\x51\0\x2f",
    "an icon": b"\0\0\1\0\1\0\x10\x10",
    "a camera's raw file": box(b"crx "),
    "a PNM picture (PBM, PGM, PPM)": b"P6\n2 2\n255\n" + bytes(12),
    "a video": box(b"isom", b"iso2", b"avc1", b"mp41"),
    "a video (Matroska or WebM)": b"\x1aE\xdf\xa3\x01\0\0\0",
    "a video (AVI)": b"RIFF\0\0\0\0AVI LIST",
    "an archive or document (ZIP)": b"PK\x03\x04\x14\0",
    "text": "héllo, this is no picture".encode(),
    "this kind of file": b"\x80\x81\x82\x83",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_opened_is_refused_by_its_name(what: str) -> None:
    with pytest.raises(BadPicture) as refusal:
        kind_of(REFUSED[what])

    assert str(refusal.value) == (
        f"{what} is not opened: send a picture as JPEG, PNG, GIF, WebP, AVIF, HEIC, TIFF or BMP"
    )


@pytest.mark.parametrize("mark", BEGINNINGS)
def test_no_mark_is_hidden_by_another(mark: bytes) -> None:
    with pytest.raises(BadPicture, match="is not opened"):
        kind_of(mark + bytes(64))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (box(b"avif", b"mif1"), Kind.AVIF),
        (box(b"avis"), Kind.AVIF),
        (box(b"heic", b"mif1"), Kind.HEIF),
        (box(b"mif1", b"miaf", b"avif"), Kind.AVIF),
        (box(b"mif1", b"heic"), Kind.HEIF),
        (b"II*\0" + bytes(20), Kind.TIFF),
    ],
)
def test_brands_say_how_a_picture_is_coded(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.HEIF])
def test_every_kind_is_what_its_library_writes(kind: Kind) -> None:
    picture = open_picture(encode_as(draw_noise(), kind))

    assert (picture.format, picture.width, picture.height) == (kind, 256, 256)
