"""A pack is whole, or it does not exist; what is wrong is named: the file, the key, and a mend."""

from pathlib import Path

import pytest

from staydown.errors import BadPack
from staydown.policy.library import gather, read_folder
from staydown.policy.marks import Absent, Known, Mark
from staydown.policy.packs import CopyScope, Hours, InWords
from staydown.policy.reading import read_pack
from tests.policy.making import UK, changed, pack


def test_a_pack_is_read_as_it_is_written() -> None:
    read = pack()

    assert read.regime == "uk-osa"
    assert read.version == "2026-11-01"
    assert read.duties[0].within.value == Hours(hours=48)
    assert isinstance(read.copies, Known)
    assert read.copies.value is CopyScope.SUBSTANTIALLY_SAME
    assert (read.copies.mark, read.copies.source.key) == (Mark.VERIFIED, "memo")
    assert read.copies.words == "the same, or substantially the same"
    assert isinstance(read.appeal, Absent)


def test_a_time_without_a_number_is_read_as_words() -> None:
    read = pack(("hours = 48", 'in_words = "soon"'))

    assert read.duties[0].within.value == InWords(words="soon")


COPIES = '[copies]\nvalue = "substantially_same"\nmark = "V"'
WRONG = {
    "no TOML": ((("[copies]", "[copies"),), "uk.toml: is not TOML: "),
    "no mark": (((COPIES, '[copies]\nvalue = "identical"'),), "uk.toml: copies.mark: is missing"),
    "a mark we do not know": (
        ((COPIES, '[copies]\nvalue = "identical"\nmark = "A"'),),
        "uk.toml: copies.mark: must be one of V, S, K, not 'A'",
    ),
    "a source that is not listed": (
        (('hours = 48, mark = "V", source = "memo"', 'hours = 48, mark = "V", source = "blog"'),),
        "uk.toml: duty[1].within.source: must be one of the sources: memo, own",
    ),
    "no hours": (
        (("hours = 48, ", ""),),
        "uk.toml: duty[1].within.hours: give either hours, or in_words",
    ),
    "hours and words": (
        (("hours = 48", 'hours = 48, in_words = "soon"'),),
        "uk.toml: duty[1].within.hours: give either",
    ),
    "no time at all": ((("hours = 48", "hours = 0"),), "must be a whole number from 1 to 8760"),
    "a time that is a word": ((("hours = 48", 'hours = "48"'),), "must be a whole number"),
    "a time that is yes": ((("hours = 48", "hours = true"),), "must be a whole number"),
    "a duty without a start": (
        (('starts_on = { value = "notice"', 'starts = { value = "notice"'),),
        "uk.toml: duty[1].starts: is not known here: use name, pauses, starts_on, within",
    ),
    "a start we do not know": (
        (('starts_on = { value = "notice"', 'starts_on = { value = "whenever"'),),
        "uk.toml: duty[1].starts_on.value: must be one of notice, order, not 'whenever'",
    ),
    "a key that is misspelt": (
        (("[by_itself]", "[by_self]"),),
        "uk.toml: by_self: is not known here",
    ),
    "an element that is left out": (
        (('contact = { value = "required", mark = "V", source = "memo" }\n', ""),),
        "uk.toml: notice.contact: is missing",
    ),
    "a verdict that is left out": (
        (('derived = { value = "hold", mark = "K", source = "own" }\n', ""),),
        "uk.toml: by_itself.derived: is missing",
    ),
    "a definition that is passed over": (
        (("[definition.consent]\n", "[definition.assent]\n"),),
        "uk.toml: definition.assent: is not known here",
    ),
    "absent without a reason": (
        (('[appeal]\nabsent = "none is in what we read"', '[appeal]\nabsent = ""'),),
        "uk.toml: appeal.absent: must be text in quotes that is not empty",
    ),
    "absent and yet a value": (
        (("[appeal]\n", "[appeal]\nmonths = 6\n"),),
        "uk.toml: appeal.months: is not known here: use absent",
    ),
    "a version that is no day": (
        (("version = 2026-11-01", 'version = "2026-11-01"'),),
        "uk.toml: version: must be a day such as 2026-05-19, without quotes",
    ),
    "a zone that is none": (
        (("Europe/London", "Europe/Atlantis"),),
        "uk.toml: zone: must be a zone such as Europe/Brussels",
    ),
    "a zone that climbs out of its folder": (
        (("Europe/London", "../../etc/passwd"),),
        "uk.toml: zone: must be a zone",
    ),
    "a source that is no address": (
        (("https://www.legislation", "http://www.legislation"),),
        "uk.toml: sources.memo.url: must begin with https://",
    ),
    "no outputs": ((("[[output]]", "[output]"),), "uk.toml: output: must be written as one or"),
}


@pytest.mark.parametrize("what", WRONG)
def test_it_is_refused_with(what: str) -> None:
    changes, message = WRONG[what]

    with pytest.raises(BadPack) as refusal:
        read_pack(changed(*changes), "uk.toml")

    assert message in str(refusal.value)
    assert str(refusal.value).startswith("uk.toml: ")


def test_two_packs_of_one_law_and_one_day_are_refused_by_name() -> None:
    with pytest.raises(BadPack, match=r"^b\.toml: version: a\.toml is of the same day"):
        gather([pack(file="a.toml"), pack(file="b.toml")])


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match="holds no pack"):
        read_folder(tmp_path)


def test_a_folder_that_is_not_there_or_holds_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(BadPack, match="cannot be read"):
        read_folder(tmp_path)
    with pytest.raises(BadPack, match="cannot be read"):
        read_folder(tmp_path / "nowhere")


def test_a_folder_of_ones_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "uk.toml").write_text(UK)
    (tmp_path / "notes.txt").write_text("not a pack")

    assert [one.regime for one in read_folder(tmp_path).all()] == ["uk-osa"]
