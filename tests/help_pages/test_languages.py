"""A language is in the address of a page, and in nothing else."""

import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import translation

from staydown.assembly.house import House
from staydown.casework.elements import Addition, add_to
from staydown.casework.notices import NoticeForm, check_form, parse_notice
from staydown.casework.recovery import read_secret, word_list
from staydown.errors import BadNotice, BadRequest, FieldProblem
from staydown.help_pages.languages import say_problem
from staydown.help_pages.phrases import ABOUT_FIELDS, ABOUT_WORDS
from staydown.ids import NoticeId
from tests.casework.making import CASE, NOON
from tests.casework.test_notices import FORM

ARABIC = {"Accept-Language": "ar,en;q=0.5"}
CODES = [code for code, _name in django_settings.LANGUAGES]
PAGES = ["/", "/help/more", "/help/check", "/help/where", "/help/where/sg"]


def asked_in_arabic(visitor: Client, path: str) -> str:
    return visitor.get(path, headers=ARABIC).content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_each_page_is_there_in_each_language(
    code: str, path: str, house: House, visitor: Client
) -> None:
    page = visitor.get(f"/{code}{path}").content.decode()
    ours = re.findall(r'(?:href|action)="(/(?!static)[^"]*)"', page.partition("<main")[2])

    assert re.search(rf'<html lang="{code}" dir="(rtl|ltr)">', page.replace("zh-Hans", "zh-hans"))
    assert ('dir="rtl">' in page.partition("<head>")[0]) == (code == "ar")
    assert [link for link in ours if not link.startswith(f"/{code}/")] == []


def test_a_page_leads_to_itself_in_every_language(house: House, visitor: Client) -> None:
    page = visitor.get("/ar/help/where/sg").content.decode()

    for code in CODES:
        address = "/help/where/sg" if code == "en" else f"/{code}/help/where/sg"
        assert f'<a href="{address}" lang=' in page
        assert visitor.get(address).status_code == 200


def test_an_answer_to_a_form_leads_nowhere_else(house: House, visitor: Client) -> None:
    page = visitor.post("/help/check", {"case": "case_x", "secret": "y"}).content.decode()

    assert 'class="languages"' not in page


def test_who_asks_for_a_language_is_led_to_its_form_and_back_only_if_they_want(
    house: House, visitor: Client
) -> None:
    led = visitor.get("/", headers=ARABIC)

    assert (led.status_code, led.headers["Location"]) == (302, "/ar/")
    assert 'href="/?stay" lang="en"' in visitor.get("/ar/").content.decode()
    assert '<html lang="en"' in asked_in_arabic(visitor, "/?stay")
    assert '<html lang="en"' in asked_in_arabic(visitor, "/help/check")
    assert set(visitor.cookies) <= {"csrftoken"}


def test_the_pages_of_others_stay_english(house: House, visitor: Client) -> None:
    assert '<html lang="en">' in asked_in_arabic(visitor, "/desk/sign-in")
    assert "no such page" in asked_in_arabic(visitor, "/posts/x/y")
    assert visitor.get("/ar/desk/sign-in").status_code == 404


def test_unreviewed_words_say_so(house: House, visitor: Client) -> None:
    with translation.override("es"):
        said = translation.gettext(
            "A machine translated these pages, and nobody has checked them yet. If something is "
            "unclear, the English page counts."
        )

    assert said in visitor.get("/es/help/check").content.decode()
    assert "A machine translated" not in visitor.get("/help/check").content.decode()


def problems_of(form: NoticeForm) -> list[FieldProblem]:
    return list(check_form(form))


def test_whatever_is_wrong_with_a_form_can_be_said(house: House) -> None:
    long = "x" * 30_000
    found = [
        *problems_of(NoticeForm()),
        *problems_of(NoticeForm(statement=long, locations=(long,), contact="\0", signature=long)),
        *problems_of(NoticeForm(locations=tuple(map(str, range(2000))))),
        *problems_of(NoticeForm(fingerprints=("x",) * 100)),
    ]
    notice = parse_notice(FORM, id=NoticeId("notice_1"), case=CASE, at=NOON)
    for addition in (Addition(), Addition(contact=long)):
        with pytest.raises(BadNotice) as refused:
            add_to(notice, addition)
        found += refused.value.problems

    unsaid = {problem.says for problem in found} - set(ABOUT_FIELDS)

    assert {says for says in unsaid if not says.startswith("must be one of")} == set()
    assert len({problem.says for problem in found}) > 5


@pytest.mark.parametrize("typed", [["abandon"] * 14, ["abandon"] * 15, ["nowhere"] + ["able"] * 14])
def test_whatever_is_wrong_with_words_can_be_said(typed: list[str]) -> None:
    assert "able" in word_list()
    with pytest.raises(BadRequest) as refused:
        read_secret(" ".join(typed))

    assert refused.value.says in ABOUT_WORDS


def test_where_there_are_no_words_for_a_problem_it_is_still_said_that_there_is_one() -> None:
    about = {"number": 2, "problem": "the JPEG comes in 900 scans"}
    problem = FieldProblem(field="originals", says="picture {number}: {problem}", facts=about)

    assert say_problem(problem) == "picture 2: the JPEG comes in 900 scans"
    with translation.override("es"):
        assert "JPEG" not in say_problem(problem)
        assert "2" in say_problem(problem)
