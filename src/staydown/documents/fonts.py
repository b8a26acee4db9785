"""The fonts that documents carry, and what to print for a character that none of them has.

Noto, under the SIL Open Font License, out of packages: a PDF/A embeds its fonts, and may hold no
character without a picture (ISO 19005-2, 6.2.11). Latin, Greek, Cyrillic, Arabic, Hebrew, the
scripts of India, Chinese, Japanese and Korean.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTCollection, TTFont
from typst import Fonts

FOLDERS: Final = (
    ("justmytype_western_core", "fonts/ofl/notosans"),
    ("justmytype_western_core", "fonts/ofl/notosansmono"),
    ("justmytype_intl_rtl", "fonts/ofl"),
    ("justmytype_intl_south_asia", "fonts/ofl"),
    ("noto_cjk_sans_otc", ""),
)
FAMILIES: Final = (
    *("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"),
    *("Noto Sans Tamil", "Noto Sans Bengali", "Noto Sans Telugu", "Noto Sans CJK SC"),
)
JOINERS: Final = frozenset("\u200c\u200d")  # spelling in Persian and in the scripts of India
UNSAFE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


@cache
def load_fonts() -> Fonts:
    """The fonts, ready for printing. Takes a tenth of a second, once for each process."""
    return Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in _folders()],
    )


@cache
def covered() -> frozenset[str]:
    """Every character that one of the fonts has a picture of."""
    paths = sorted(each for folder in _folders() for each in folder.rglob("*.[ot]t[fc]"))
    return frozenset(chr(each) for path in paths for each in _codes(path))


def make_printable(text: str) -> str:
    """The text, with what can't be printed told by its number, as in ‹U+202E›.

    So are characters that nobody sees and that turn text around. Line ends become spaces.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(each if _is_printable(each) else f"‹U+{ord(each):04X}›" for each in spaced)


def _is_printable(character: str) -> bool:
    if character in JOINERS:
        return True
    return unicodedata.category(character) not in UNSAFE and character in covered()


def _folders() -> list[Path]:
    return [Path(str(files(package))) / inside for package, inside in FOLDERS]


def _codes(path: Path) -> set[int]:
    """The characters of a font, or of a collection of them."""
    if path.suffix == ".ttf":
        with TTFont(path, lazy=True) as font:
            return set(font.getBestCmap())
    with TTCollection(path, lazy=True) as fonts:
        return {each for font in fonts for each in font.getBestCmap()}
