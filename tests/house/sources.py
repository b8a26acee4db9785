"""Reads the project's own files, for tests about how they are written.

Walks the tree itself, so that the tests hold in an unpacked archive as well as in a checkout.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "staydown"
NOT_OURS = {".git", ".venv", ".uv", "build", "dist", "data", "out"}
MADE_BY_TOOLS = ("__pycache__", "_cache", ".egg-info", ".hypothesis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One Python file and its syntax tree. `name` is its path from the root, for messages."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())


def is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return parts[0] not in NOT_OURS and not any(part.endswith(MADE_BY_TOOLS) for part in parts)


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project, sorted."""
    tops = [top for top in ROOT.iterdir() if is_ours(top)]
    found = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return tuple(sorted(path for path in found if path.is_file() and is_ours(path)))


@cache
def texts() -> dict[str, str]:
    """Path from the root → text, of every file that is text."""
    found: dict[str, str] = {}
    for path in files():
        try:
            found[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@cache
def modules(under: str = "src/staydown") -> tuple[Module, ...]:
    """Every Python module below a folder."""
    return tuple(
        Module(name=name, text=text, tree=ast.parse(text))
        for name, text in texts().items()
        if name.startswith(f"{under}/") and name.endswith(".py")
    )


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(module: Module) -> Iterator[ast.ClassDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            yield node


def calls(module: Module, name: str) -> Iterator[ast.Call]:
    """Calls of something called `name`, however it was imported."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called(node) == name:
            yield node


def called(call: ast.Call) -> str:
    """The last word of what is called: `replace` of `dataclasses.replace(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
