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
from staydown.documents.letters import Block, Code, Facts, Figure, Letter


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
        match block:
            case Facts(rows=rows):
                yield {"rows": [[make_printable(one) for one in row] for row in rows]}
            case Figure(data=data, meaning=meaning):
                yield {"figure": list(data), "meaning": make_printable(meaning)}
            case Code(lines=lines):
                yield {"code": "\n".join(make_printable(line) for line in lines)}
            case _:
                yield {"words": make_printable(block)}


@cache
def _template() -> bytes:
    return files("staydown.documents").joinpath("letter.typ").read_bytes()
