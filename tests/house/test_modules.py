"""How a module is written: its opening, its size, its names."""

import ast
import re

from tests.house.sources import SRC, calls, classes, functions, modules

EVERYWHERE = (*modules("src/staydown"), *modules("tests"))
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40
JUNK_DRAWERS = {
    "base", "common", "core", "helpers", "helper", "manager", "managers", "misc", "services",
    "shared", "tools", "util", "utils",
}  # fmt: skip
VAGUE_VERBS = ("get_", "do_", "handle_", "process_")
VAGUE_NOUNS = ("Manager", "Service", "Helper", "Handler", "Util", "Utils")
DICTATED = {
    "handle_raw_input",
    "handle_starttag",
    "get_openapi_schema",
    "get_user",
    "get_extra_info",
}
"""Names that a library looks for."""


def test_every_module_opens_by_saying_what_it_knows() -> None:
    assert [module.name for module in EVERYWHERE if not ast.get_docstring(module.tree)] == []


def test_every_public_thing_says_what_it_is() -> None:
    silent = [
        f"{module.name}: {node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


def test_no_module_is_longer_than_300_lines() -> None:
    long = {module.name: module.lines for module in EVERYWHERE}

    assert {name: lines for name, lines in long.items() if lines > MAX_MODULE_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{module.name}: {function.name}"
        for module in EVERYWHERE
        for function in functions(module)
        if (function.end_lineno or 0) - function.lineno + 1 > MAX_FUNCTION_LINES
    ]

    assert long == []


def test_no_module_is_a_junk_drawer() -> None:
    stems = {
        path.relative_to(SRC): path.stem for path in SRC.rglob("*") if path.suffix in {".py", ""}
    }

    assert [str(path) for path, stem in stems.items() if stem in JUNK_DRAWERS] == []


def test_functions_are_named_by_what_they_do() -> None:
    vague = [
        f"{module.name}: {function.name}"
        for module in modules()
        for function in functions(module)
        if function.name.lstrip("_").startswith(VAGUE_VERBS) and function.name not in DICTATED
    ]

    assert vague == []


def test_types_are_named_by_what_they_are() -> None:
    vague = [
        f"{module.name}: {kind.name}"
        for module in modules()
        for kind in classes(module)
        if kind.name.endswith(VAGUE_NOUNS)
    ]

    assert vague == []


def test_checking_returns_proof_or_raises_and_never_a_bool() -> None:
    traps = [
        f"{module.name}: {function.name}"
        for module in modules()
        for function in functions(module)
        if function.name.lstrip("_").startswith(("verify", "check"))
        if isinstance(function.returns, ast.Name) and function.returns.id == "bool"
    ]

    assert traps == []


def test_a_proof_is_made_only_where_it_is_defined() -> None:
    proofs = {
        kind.name: module.name
        for module in modules()
        for kind in classes(module)
        if (ast.get_docstring(kind) or "").startswith("Proof that")
    }
    forged = [
        f"{module.name} makes {name}"
        for name, home in proofs.items()
        for module in modules()
        if module.name != home and any(calls(module, name))
    ]

    assert proofs["Intact"] == "src/staydown/audit/chain.py"
    assert forged == []


def test_only_the_table_of_moves_changes_a_state() -> None:
    dodging = [
        module.name
        for module in modules()
        if module.name not in MOVE_TABLES
        for call in calls(module, "replace")
        if any(keyword.arg == "state" for keyword in call.keywords)
    ]

    assert dodging == []


MOVE_TABLES = {
    f"src/staydown/casework/{name}.py"
    for name in ("appeals", "case_files", "cases", "copies", "misuse")
}


def keywords_of_dataclass(kind: ast.ClassDef) -> set[str] | None:
    """The switches that a dataclass turns on; None if the class is no dataclass."""
    for decorator in kind.decorator_list:
        if isinstance(decorator, ast.Name) and decorator.id == "dataclass":
            return set()
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "dataclass":
            return {keyword.arg or "" for keyword in decorator.keywords}
    return None


MUTABLE = {"SetClock", "DatabaseBank", "FolderBank", "Story", "Teller", "Load", "Share"}
MUTABLE |= {"Masters", "Archive", "Walk", "_Laws"}
MUTABLE |= {"Guest", "Worker", "Keeper", "Turns", "Stopwatch", "Rates", "Callers"}
MUTABLE |= {"Proxy", "Look"}
MUTABLE |= {"Catalogue", "CopyIndex", "HammingIndex", "Scenes"}
"""No values: a clock that is set, banks that remember what they unsealed, the demo as it goes, and
what bodies that are coming in weigh; who works for whom in the sandbox, and whose turn it is;
the master keys that are read again; a file that is being written; what is counted on the way;
frames as they come; what a browser asked for so far, and a page while it is looked at.
"""


def test_values_are_frozen_slotted_and_keyword_only() -> None:
    loose = [
        f"{module.name}: {kind.name}"
        for module in modules()
        for kind in classes(module)
        if kind.name not in MUTABLE
        if (switches := keywords_of_dataclass(kind)) is not None
        if not {"frozen", "slots", "kw_only"} <= switches
    ]

    assert loose == []


MAY_TOUCH_THE_WORLD = {
    "src/staydown/clock.py",  # the wall clock
    "src/staydown/ids.py",  # random bytes
    "src/staydown/settings/__init__.py",  # the environment
    "src/staydown/engine/pictures.py",  # opening pictures
    "src/staydown/assembly/wsgi.py",  # tells Django which settings module is ours
}


def test_few_modules_use_what_is_banned_elsewhere() -> None:
    excused = {module.name for module in modules() if "noqa: TID251" in module.text}

    assert excused - MAY_TOUCH_THE_WORLD == set()


def test_every_exception_to_a_rule_gives_its_reason() -> None:
    mark = re.compile(r"#\s*(noqa|type:\s*ignore|fmt:\s*skip|pragma)")
    bare = [
        f"{module.name}:{number}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), 1)
        if mark.search(line) and not re.search(r" -- \w|ignore\[[\w-]+\]  # \w", line)
    ]

    assert bare == []
