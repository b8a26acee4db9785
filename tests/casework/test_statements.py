"""What both sides are told, and what the public database gets: all of it, and nothing more."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from staydown.casework.commands import Command, CommandKind
from staydown.casework.copies import CopyMove
from staydown.casework.dsa import DsaRecord, check_record, record_of
from staydown.casework.findings import Finding
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.notices import Sender
from staydown.casework.records import PastDecision
from staydown.casework.statements import Circumstance, Statement, state_reasons
from staydown.casework.wording import REFUSALS, as_text, word_answer, word_statement
from staydown.engine.verdict import Verdict
from staydown.errors import BadRecord, NotFound
from staydown.ids import CommandId
from tests.casework.making import AGREED, CASE, COPY, KIM, NOON, case, copy

UNTIL = datetime(2026, 9, 2, tzinfo=UTC)
COMMAND = Command(
    id=CommandId("command_1"),
    kind=CommandKind.REMOVE,
    content_ref="post/3",
    case=CASE,
    issued_at=NOON,
)
PAST = PastDecision(
    by=KIM.id,
    at=NOON,
    copy=COPY,
    move=CopyMove.REMOVE,
    findings=AGREED,
    reason="the reviewer's own words",
    ground=Ground.ILLEGAL,
)
SEEN = Circumstance(
    case=case(),
    command=COMMAND,
    restored=None,
    past=PAST,
    copy=copy(),
    laws=("European Union: Digital Services Act",),
    terms="Community rules, section 4",
)


def text_of(statement: Statement) -> str:
    return as_text("Why", word_statement(statement, UNTIL))


def test_a_statement_says_all_that_the_law_asks_for() -> None:
    text = text_of(state_reasons(SEEN))

    for said in (
        "On 1 March 2026, 12:00 UTC it was decided to take down what this site calls “post/3”.",
        "The site was asked to; it has not said yet that it did.",
        "It is down everywhere on this site, and for good, unless this decision is changed.",
        "We decided because of a notice that we were sent.",
        "The picture was found by a program that compares pictures, when it was posted.",
        "A person looked at it and decided. No machine decided.",
        "They were not sure whether it is intimate.",
        "It is a copy of a photograph of which a part was changed.",
        "(European Union: Digital Services Act). That is why it counts as illegal content.",
        "You can say on this page, until 2 September 2026, 00:00 UTC,",
        "In the European Union a body for settling disputes out of court may help too.",
    ):
        assert said in text


def test_a_reviewers_own_words_and_the_notice_are_not_in_it() -> None:
    text = text_of(state_reasons(SEEN))

    assert "the reviewer's own words" not in text
    assert CASE not in text
    assert KIM.id not in text


def test_what_was_found_by_a_person_says_so() -> None:
    named = replace(SEEN, copy=None, past=replace(PAST, copy=None, take_down=("post/3",)))

    text = text_of(state_reasons(named))

    assert "A person found it; no program did." in text
    assert "of which a part was changed" not in text


def test_the_terms_are_named_where_they_are_the_ground() -> None:
    against_terms = replace(SEEN, past=replace(PAST, ground=Ground.TERMS))

    text = text_of(state_reasons(against_terms))

    assert "It is against the rules of this site: Community rules, section 4." in text
    assert "against the law" not in text


def test_when_it_was_done_and_undone_is_told() -> None:
    done = replace(
        SEEN,
        command=COMMAND.acknowledged(NOON),
        restored=replace(COMMAND, kind=CommandKind.RESTORE, issued_at=UNTIL),
    )

    text = text_of(state_reasons(done))

    assert "The site did so by 1 March 2026, 12:00 UTC." in text
    assert "It was decided to show it again on 2 September 2026, 00:00 UTC." in text
    assert "for good" not in text


@pytest.mark.parametrize("sender", Sender)
def test_whoever_sent_the_notice_is_told_by_kind_only(sender: Sender) -> None:
    text = text_of(state_reasons(replace(SEEN, case=replace(case(), sender=sender))))

    assert ("trusted flagger" in text) is (sender is Sender.TRUSTED_FLAGGER)
    assert ("an authority" in text) is (sender is Sender.AUTHORITY)


def test_without_findings_there_is_no_statement() -> None:
    with pytest.raises(NotFound):
        state_reasons(replace(SEEN, past=replace(PAST, findings=None)))


def test_text_from_right_to_left_and_long_names_stay_whole() -> None:
    strange = replace(SEEN, command=replace(COMMAND, content_ref="‮مرحبا‬" + "x" * 480))

    assert "مرحبا" in text_of(state_reasons(strange))


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_is_explained(refusal: Refusal) -> None:
    told = word_answer([refusal], was_removed=False)

    assert told == (
        "A person looked at it and decided. Nothing was taken down.",
        REFUSALS[refusal],
    )


def test_an_answer_never_says_where_or_how_many() -> None:
    assert word_answer([], was_removed=True) == (
        "A person looked at it and decided.",
        "What should not be there was taken down on this site.",
    )


POSTED = replace(copy(), found_at=datetime(2026, 2, 27, 23, tzinfo=UTC))
RECORD = record_of(state_reasons(replace(SEEN, copy=POSTED)), puid="ab" * 32)


def test_a_record_is_in_the_words_of_the_database() -> None:
    told = RECORD.as_json()

    assert {name: told[name] for name in told if name != "territorial_scope"} == {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_legal_ground": "European Union: Digital Services Act",
        "illegal_content_explanation": (
            "A picture of a person who did not agree to its being shared."
        ),
        "content_type": ["CONTENT_TYPE_SYNTHETIC_MEDIA"],
        "category": "STATEMENT_CATEGORY_CYBER_VIOLENCE",
        "category_specification": ["KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE"],
        "content_date": "2026-02-27",
        "application_date": "2026-03-01",
        "decision_facts": (
            "After a notice, a person looked at the picture and found that it shows somebody who "
            "did not agree to it."
        ),
        "source_type": "SOURCE_ARTICLE_16",
        "automated_detection": "Yes",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": "ab" * 32,
    }
    assert len(RECORD.as_json()["territorial_scope"]) == 30  # type: ignore[arg-type]  # a list


def test_a_record_against_the_terms_has_its_own_fields() -> None:
    against_terms = replace(SEEN, past=replace(PAST, ground=Ground.TERMS))

    told = record_of(state_reasons(against_terms), puid="1").as_json()

    assert told["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert told["incompatible_content_ground"] == "Community rules, section 4"
    assert told["incompatible_content_illegal"] == "No"
    assert "illegal_content_legal_ground" not in told


def test_the_terms_are_linked_where_they_are_the_ground_and_only_there() -> None:
    against_terms = state_reasons(replace(SEEN, past=replace(PAST, ground=Ground.TERMS)))
    url = "https://forum.example/terms"

    told = record_of(against_terms, puid="1", terms_url=url).as_json()

    assert told["decision_ground_reference_url"] == url
    illegal = record_of(state_reasons(SEEN), puid="1", terms_url=url).as_json()
    assert "decision_ground_reference_url" not in illegal


def test_what_was_shown_again_says_since_when() -> None:
    back = replace(state_reasons(SEEN), restored_at=datetime(2026, 3, 9, tzinfo=UTC))

    told = record_of(back, puid="1").as_json()

    assert told["end_date_visibility_restriction"] == "2026-03-09"


ILLEGAL = record_of(state_reasons(SEEN), puid="1").as_json()
WRONG = {
    "a value of an older vocabulary": {"category": "STATEMENT_CATEGORY_NON_CONSENSUAL_BEHAVIOUR"},
    "a keyword of another category": {
        "category_specification": ["KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN"]
    },
    "a field of the other ground": {"incompatible_content_illegal": "No"},
    "a field that is none": {"verdict": "derived"},
    "a country outside": {"territorial_scope": ["US"]},
    "a time instead of a day": {"content_date": "2026-03-01T00:00:00"},
    "a word instead of a list": {"content_type": "CONTENT_TYPE_IMAGE"},
    "yes in another spelling": {"automated_detection": "yes"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_the_database_would_not_take_is_named(change: dict[str, object]) -> None:
    check_record(ILLEGAL)
    [field] = change

    with pytest.raises(BadRecord, match=f"{field}|the record: .*{field}"):
        check_record({**ILLEGAL, **change})


@pytest.mark.parametrize("field", sorted(ILLEGAL))
def test_nothing_may_be_left_out(field: str) -> None:
    with pytest.raises(BadRecord, match=field):
        check_record({name: value for name, value in ILLEGAL.items() if name != field})


def test_an_unaltered_picture_is_no_synthetic_media() -> None:
    plain = replace(SEEN, copy=copy(verdict=Verdict.NEAR_COPY))

    told = record_of(state_reasons(plain), puid="1").as_json()

    assert told["content_type"] == ["CONTENT_TYPE_IMAGE"]
    assert told["category_specification"] == ["KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"]


def test_a_record_holds_nothing_personal() -> None:
    told = str(RECORD.as_json())

    assert [one for one in ("post/3", CASE, KIM.id, "reviewer") if one in told] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"explanation": " "}, "illegal_content_explanation: ' ' does not match"),
        ({"explanation": "x" * 2001}, "illegal_content_explanation: .* is too long"),
        ({"reference": ""}, "illegal_content_legal_ground: ''"),
        ({"facts": ""}, "decision_facts: ''"),
        ({"puid": "a b"}, "puid: 'a b' does not match"),
        ({"reference_url": "ftp://x"}, "decision_ground_reference_url: 'ftp://x' does not match"),
        ({"application_date": date(2026, 1, 1)}, "application_date: cannot be before"),
        ({"end_date": date(2026, 1, 1)}, "end_date_visibility_restriction: cannot be before"),
    ],
)
def test_half_a_record_cannot_be_made(change: dict[str, object], said: str) -> None:
    with pytest.raises(BadRecord, match=said):
        replace(RECORD, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_a_finding_is_told_whatever_it_was() -> None:
    for finding, said in (
        (Finding.YES, "They found it intimate."),
        (Finding.NO, "They did not find it intimate."),
    ):
        found = replace(PAST, findings=replace(AGREED, is_intimate=finding))
        assert said in text_of(state_reasons(replace(SEEN, past=found)))
    assert isinstance(RECORD, DsaRecord)
