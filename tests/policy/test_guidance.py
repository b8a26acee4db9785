"""Where people can turn, by country: each line with its source, its day, and how sure it is."""

import re
from datetime import date

import pytest

from staydown.errors import BadPack, NotFound
from staydown.policy.guidance import (
    Country,
    CountryId,
    Kind,
    Line,
    read_country,
    read_shared,
    shipped_guidance,
)
from staydown.policy.marks import Mark

COUNTRIES = shipped_guidance().countries
LINES = [(country, line) for country in COUNTRIES.values() for line in country.lines]
EXPECTED = ("au", "eu", "gb", "in", "sg", "us")
LINE = """
[[line]]
kind = "help"
name = "A helpline"
does = "Somebody to talk to."
phone = "116 111"
mark = "V"
source = "https://help.example"
checked = 2026-11-27
"""


def line_of(text: str) -> Line:
    [line] = read_shared(text)
    return line


def test_the_six_countries_are_there_in_the_order_of_their_names() -> None:
    assert sorted(COUNTRIES) == list(EXPECTED)
    names = [country.name for country in COUNTRIES.values()]
    assert names == sorted(names)


@pytest.mark.parametrize("country", EXPECTED)
@pytest.mark.parametrize("kind", Kind)
def test_each_country_has_something_of_every_kind(country: str, kind: Kind) -> None:
    assert shipped_guidance().country(country).of(kind) != ()


@pytest.mark.parametrize("country", EXPECTED)
def test_the_countrys_own_lines_come_before_those_for_everybody(country: str) -> None:
    found = shipped_guidance().country(country)

    assert [line.name for line in found.of(Kind.UNDER_18)][-1] == "Take It Down"
    assert len(found.of(Kind.UNDER_18)) > 1


def test_singapore_has_the_commission_and_the_protection_from_harassment_act() -> None:
    names = {line.name for line in shipped_guidance().country("sg").lines}

    assert {"Online Safety Commission", "Protection from Harassment Act"} <= names


def test_every_line_has_a_source_and_a_day_that_was() -> None:
    for _, line in LINES:
        assert re.fullmatch(r"https://[^\s<>\"]+", line.source)
        assert re.fullmatch(r"(https://[^\s<>\"]+)?", line.address)
        assert date(2026, 11, 1) <= line.checked <= date(2027, 12, 31)
        assert line.does.endswith(".")


def test_nobody_is_said_to_have_been_read_on_their_own_page_who_was_read_elsewhere() -> None:
    """A verified line is from the service's own host or from a page of a government or court."""
    official = re.compile(r"\.gov\b|\.gov\.|judiciary\.|legislation\.|europa\.eu|ofcom\.org\.uk")
    for _, line in LINES:
        if line.mark is Mark.VERIFIED and line.address and not official.search(line.source):
            assert host(line.source) == host(line.address) or line.name in OWN_WORDS


OWN_WORDS = {
    "SHECARES@SCWO",  # its founder's
    "Helpline for intimate image abuse (SWGfL)",  # the charity's that runs it
    "Report Remove (Childline and IWF)",  # one of the two that run it
    "Tinkle Friend",  # the society's that runs it
}


def host(address: str) -> str:
    """The last two labels of a host, which is enough for the addresses here."""
    return ".".join(address.split("/")[2].split(".")[-2:])


def test_a_country_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        shipped_guidance().country("xx")


def test_a_file_is_read_and_its_name_is_the_country() -> None:
    shared = read_shared(LINE)

    country = read_country(f'name = "Atlantis"\n{LINE}', "at.toml", shared)

    assert country == Country(id=CountryId("at"), name="Atlantis", lines=(*shared, *shared))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('source = "https://help.example"\n', "", "line[1].source: is missing"),
        ("checked = 2026-11-27", "", "line[1].checked: is missing"),
        ('mark = "V"', "", "line[1].mark: is missing"),
        ('mark = "V"', 'mark = "sure"', "line[1].mark: must be one of V, S, K, not 'sure'"),
        ("https://help", "http://help", "line[1].source: must begin with https://"),
        ("116 111", "call us", "line[1].phone: must be digits, with spaces or hyphens between"),
        ("kind =", "knid =", "line[1].knid: is not known here"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(before: str, after: str, said: str) -> None:
    assert line_of(LINE).phone == "116 111"

    with pytest.raises(BadPack) as refusal:
        read_shared(LINE.replace(before, after))

    assert f"everywhere.toml: {said}" in str(refusal.value)
