"""Letters as PDFs: kept for long, read aloud, and nothing in a text is an instruction."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staydown.documents.letters import Block, Facts, Letter, Section
from staydown.documents.printing import print_letter
from tests.documents.reading import read_pdf
from tests.documents.test_fonts import SPOKEN

DATED = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
MARKUP = '#panic("no") $x$ *bold* = heading @ref <label> \\ // #include "/etc/passwd" `raw`'


def letter(*blocks: Block, title: str = "Why your post was taken down") -> Letter:
    sections = (Section(heading="What was done", blocks=blocks),)
    return Letter(title=title, sections=sections, dated=DATED)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def test_it_says_that_it_keeps_to_both_standards() -> None:
    with opened(print_letter(letter("Words."))) as pdf, pdf.open_metadata() as said:
        assert said["pdfaid:part"] == "2"
        assert said["pdfaid:conformance"] == "A"
        assert said["pdfuaid:part"] == "1"
        assert said["dc:title"] == "Why your post was taken down"


def test_a_screen_reader_finds_language_structure_and_title() -> None:
    with opened(print_letter(letter("Words.", Facts(rows=(("Name", "fact"),))))) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        tags = structure(pdf.Root.StructTreeRoot)

    assert {"/Document", "/H1", "/P", "/Table", "/TR", "/TD"} <= tags


def structure(element: pikepdf.Object) -> set[str]:
    """The types of all elements below."""
    found = {str(element.S)} if "/S" in element else set()
    below = element.get("/K", pikepdf.Array())
    for each in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(each, pikepdf.Dictionary):
            found |= structure(each)
    return found


def test_every_font_is_embedded() -> None:
    with opened(print_letter(letter(*SPOKEN.values()))) as pdf:
        fonts = [each for each in pdf.objects if is_descriptor(each)]
        embedded = [each for each in fonts if {"/FontFile2", "/FontFile3"} & set(each.keys())]

    assert len(fonts) > 5
    assert len(embedded) == len(fonts)


def is_descriptor(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"


def test_nothing_in_a_text_is_an_instruction() -> None:
    assert MARKUP in read_pdf(print_letter(letter(MARKUP, title=MARKUP)))


def test_facts_stand_beside_their_names() -> None:
    pdf = print_letter(letter(Facts(rows=(("Case", "case_1"), ("Decided", "27 November")))))

    assert "Case case_1 Decided 27 November" in read_pdf(pdf)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert print_letter(letter("Words.")) == print_letter(letter("Words."))


def test_a_long_word_stays_on_the_page() -> None:
    pdf = print_letter(letter("x" * 2000))
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        right = max(words.get_charbox(at)[2] for at in range(words.count_chars()))
        width = page.get_width()

    assert right < width - 70  # points: the margin is 28 mm


def test_a_digest_is_copied_whole_though_it_is_printed_on_two_lines() -> None:
    digest = "0123456789abcdef" * 4

    pdf = print_letter(letter(Facts(rows=(("SHA-256", digest),))))

    assert digest in read_pdf(pdf).replace(" ", "")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text(min_size=1), st.text())
def test_any_text_can_be_printed(heading: str, name: str, fact: str) -> None:
    sections = (Section(heading=f"A: {heading}", blocks=(fact, Facts(rows=((name, fact),)))),)
    pdf = print_letter(Letter(title=f"B: {heading}", sections=sections, dated=DATED))

    assert pdf.startswith(b"%PDF-1.7")
