"""Prints a letter as a PDF that lasts (PDF/A-2a) and that a screen reader reads (PDF/UA-1).

Typst checks both standards as it writes. What stands in a letter reaches it as data: nothing in a
text is taken for an instruction.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import typst

from staydown.documents.fonts import FAMILIES, load_fonts, make_printable
from staydown.documents.letters import Block, Facts, Letter


def print_letter(letter: Letter) -> bytes:
    """The PDF: A4, tagged, fonts embedded. The same letter gives the same bytes."""
    told = {
        "title": make_printable(letter.title),
        "language": letter.language,
        "fonts": FAMILIES,
        "sections": [
            {"heading": make_printable(one.heading), "blocks": list(_blocks(one.blocks))}
            for one in letter.sections
        ],
    }
    made = typst.compile(
        _template(),
        font_paths=load_fonts(),
        sys_inputs={"letter": json.dumps(told)},
        pdf_standards=["a-2a", "ua-1"],  # ISO 19005-2, ISO 14289-1
        timestamp=int(letter.dated.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


def _blocks(blocks: tuple[Block, ...]) -> Iterator[dict[str, object]]:
    for block in blocks:
        if isinstance(block, Facts):
            rows = [[make_printable(name), make_printable(fact)] for name, fact in block.rows]
            yield {"rows": rows}
        else:
            yield {"words": make_printable(block)}


@cache
def _template() -> bytes:
    return files("staydown.documents").joinpath("letter.typ").read_bytes()
