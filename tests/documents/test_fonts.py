"""What the fonts have, and what is printed for what they have not."""

import pytest

from staydown.documents.fonts import FAMILIES, covered, load_fonts, make_printable

SPOKEN = {
    "English": "It was taken down.",
    "Greek": "Αφαιρέθηκε",
    "Russian": "Удалено",
    "Chinese": "图片已删除",
    "Malay": "Gambar telah dipadamkan",
    "Tamil": "படம் நீக்கப்பட்டது",
    "Spanish": "¿Por qué se retiró?",
    "Hindi": "क्यों हटाया गया",
    "Arabic": "تمت إزالة الصورة",
    "Hebrew": "התמונה הוסרה",
    "Japanese": "画像は削除されました",
    "Korean": "이미지가 삭제되었습니다",
}


def test_every_family_named_is_there() -> None:
    there = {font.family for font in load_fonts().fonts()}

    assert set(FAMILIES) <= there


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_is_printed_as_it_is_written(language: str) -> None:
    assert make_printable(SPOKEN[language]) == SPOKEN[language]


def test_what_cannot_be_seen_or_turns_text_around_is_told_by_its_number() -> None:
    shown = make_printable("gpj.\u202etxt\u2066 \x00\ue000 \ud800end")

    assert shown == "gpj.‹U+202E›txt‹U+2066› ‹U+0000›‹U+E000› ‹U+D800›end"


def test_what_no_font_has_is_told_by_its_number() -> None:
    assert "\U0001f9d1" not in covered()
    assert make_printable("a \U0001f9d1") == "a ‹U+1F9D1›"
