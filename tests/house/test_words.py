"""What no file of the project may say."""

import re

import pytest

from tests.house.sources import texts

NEVER = {
    "a package registry's host": r"[p]ypi\.org|[p]ythonhosted|[n]pmjs|[d]eb\.debian\.org",
    "a path of somebody's machine": r"(?<![\w.~-])/(root|work|home|Users|mnt)/\w",
    "a sample picture that shows a person": (
        r"\b[a]stronaut\b|\b[l]fw_|\b[o]livetti|\b[c]ameraman\b|\bdata\.[c]amera\b|\b[l]enna?\b"
    ),
    "a word that judges people": r"(?i)\b([v]ictim|[o]ffender|[p]erpetrator|[r]evenge porn)",
    "work left for nobody": r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b",
}
"""Why → the pattern, written so that it does not match itself."""

ELSEWHERE = {"LICENSE"}


@pytest.mark.parametrize("why", NEVER)
def test_no_file_holds(why: str) -> None:
    pattern = re.compile(NEVER[why])
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts().items()
        if name not in ELSEWHERE
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("why", "line"),
    [
        ("a package registry's host", "--index-url https://{}.org/simple".format("py" + "pi")),
        ("a path of somebody's machine", "open('/{}/someone/x.png')".format("home")),
        ("a sample picture that shows a person", "picture = data.{}()".format("astro" + "naut")),
        ("a word that judges people", "the {} files a notice".format("vic" + "tim")),
        ("work left for nobody", "# {}: later".format("TO" + "DO")),
    ],
)
def test_each_pattern_sees_what_it_is_for(why: str, line: str) -> None:
    assert re.search(NEVER[why], line)


def test_locks_pin_every_package_by_its_digest() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "tools/build.lock"):
        text = texts()[name]
        pins = re.findall(r"^[a-z0-9].*==.*$", text, re.MULTILINE)

        assert len(pins) > 2
        assert [pin for pin in pins if not pin.endswith("\\")] == []


def test_the_demo_needs_nothing_that_must_be_compiled() -> None:
    """`make demo` installs requirements.lock on machines without a compiler."""
    assert "pdqhash" not in texts()["requirements.lock"]
    assert "pdqhash==" in texts()["requirements-dev.lock"]


def test_no_tag_of_a_template_is_broken_over_two_lines() -> None:
    """Such a one is no tag: it is shown as it stands."""
    broken = [
        f"{name}:{number}"
        for name, text in texts().items()
        if name.endswith(".html")
        for number, line in enumerate(text.splitlines(), 1)
        if line.count("{{") != line.count("}}") or line.count("{%") != line.count("%}")
    ]

    assert broken == []
