"""The report on a sealed bundle, as a PDF to hand on."""

from collections.abc import Iterator
from pathlib import Path

from staydown.assembly.darkroom import some_darkroom
from staydown.cli.files import read_picture
from staydown.clock import SystemClock
from staydown.documents.printing import print_letter
from staydown.engine.pictures import encode_jpeg
from staydown.errors import BadRequest
from staydown.evidence.contents import Contents, open_contents
from staydown.evidence.reporting import DRAWING, Reporting
from staydown.evidence.verifier.checks import Trust
from staydown.evidence.words import load_words
from staydown.settings import read_darkroom

QUALITY = 85


def report(
    bundle: Path,
    /,
    *,
    out: Path,
    language: str = "en",
    key: list[str] | None = None,
    authority: Path | None = None,
) -> None:
    """Write a report on a sealed bundle as a PDF: what lies in it, who did what, how to check it.

    Parameters
    ----------
    bundle
        The folder.
    out
        The PDF to write.
    language
        `en`, `zh` or `ar`.
    key
        A public key that you believe; repeat for several. Without one no drawing is shown.
    authority
        Root certificates of a timestamp authority that you believe, in PEM.
    """
    words, at = load_words(language), SystemClock().now()
    trust = Trust(keys=frozenset(key or ()), authorities=_read(authority) if authority else None)
    contents = open_contents(bundle, trust)
    drawings = dict(_draw_again(contents)) if key else {}
    written = Reporting(contents=contents, words=words, drawings=drawings, at=at).write()
    _write(out, print_letter(written))
    print(f"{out}: {len(contents.items)} items, {len(drawings)} drawings.")


def _draw_again(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """The drawings, opened as every picture of somebody else is, and written anew.

    What a drawing shows is its signer's word: so only with a key that is believed.
    """
    with some_darkroom(read_darkroom()) as darkroom:
        for each in contents.named(DRAWING):
            if each.origin == "derived":
                picture = read_picture(contents.folder / each.path, darkroom)
                yield each.path, encode_jpeg(picture.pixels, QUALITY)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadRequest(f"{path}: it cannot be read ({error.strerror})") from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadRequest(f"{path}: it cannot be written ({error.strerror})") from error
