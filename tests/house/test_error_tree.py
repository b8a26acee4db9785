"""One tree of errors, drawn at the top of its module, and mapped to HTTP once."""

import re

from staydown import errors
from staydown.api.problems import STATUS
from staydown.errors import StaydownError
from tests.house.sources import classes, modules


def descendants(kind: type[StaydownError]) -> list[type[StaydownError]]:
    return [each for child in kind.__subclasses__() for each in (child, *descendants(child))]


def drawn_tree() -> dict[str, str]:
    """Name → name of its parent, read off the drawing's indentation."""
    path: list[tuple[int, str]] = []
    parents: dict[str, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        if not (found := re.match(r"^( *)[*+.-] (\w+)", line)):
            continue
        depth, name = len(found[1]), found[2]
        path = [(d, n) for d, n in path if d < depth]
        if path:
            parents[name] = path[-1][1]
        path.append((depth, name))
    return parents


def test_the_drawing_is_the_tree() -> None:
    actual = {kind.__name__: kind.__bases__[0].__name__ for kind in descendants(StaydownError)}

    assert drawn_tree() == actual


def test_every_error_that_is_raised_for_a_caller_lives_in_the_tree() -> None:
    strays = [
        f"{module.name}: {kind.name}"
        for module in modules()
        for kind in classes(module)
        if kind.name.endswith("Error") and kind.name != "StaydownError"
        if any(getattr(base, "id", "").endswith(("Error", "Exception")) for base in kind.bases)
        if module.name != "src/staydown/errors.py"
    ]

    assert strays == []


def test_every_error_has_a_row_in_the_map_to_http_or_inherits_one() -> None:
    unmapped = [
        kind.__name__
        for kind in descendants(StaydownError)
        if not any(parent in STATUS for parent in kind.__mro__)
    ]

    assert unmapped == []


def test_what_is_our_fault_is_a_500_and_what_is_the_callers_is_not() -> None:
    def status(kind: type[StaydownError]) -> int:
        return next(STATUS[parent] for parent in kind.__mro__ if parent in STATUS)

    leaves = [kind for kind in descendants(StaydownError) if not kind.__subclasses__()]
    ours = {kind.__name__ for kind in leaves if status(kind) >= 500}

    assert ours == {"KeyGone", "Misconfigured", "NotSent", "StoryBroke", "TooBusy", "Unanswered"}
