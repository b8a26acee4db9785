"""What a refusal says to the person who caused it."""

from staydown.errors import BadNotice, FieldProblem


def test_a_bad_notice_names_every_field_that_is_wrong_at_once() -> None:
    problems = (
        FieldProblem(field="statement", says="please fill this in"),
        FieldProblem(field="originals", says="at most 10 pictures at once"),
    )

    error = BadNotice(*problems)

    assert error.problems == problems
    assert str(error) == "statement: please fill this in; originals: at most 10 pictures at once"
