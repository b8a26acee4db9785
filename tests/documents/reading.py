"""Reads documents as a reader does."""

import pypdfium2


def read_pdf(pdf: bytes) -> str:
    """The text of all pages, in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())
