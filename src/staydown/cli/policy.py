"""`staydown policy`: the law as the packs have it, and whether situations worked out by hand agree.

For a lawyer or an operator: needs no data folder, and changes nothing.
"""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from staydown.policy.library import SHIPPED, Library, read_folder, shipped
from staydown.policy.marks import Mark
from staydown.policy.situations import Difference, Situation, differ, read_all
from staydown.policy.telling import tell_law

DIFFERS = 1


def show() -> None:
    """Print what the packs say, as Markdown: docs/law.md is this."""
    print(tell_law(shipped()), end="")


def check(folder: Path | None = None) -> int:
    """Compare situations that were worked out by hand with the packs. Exit code 0 if all agree.

    Parameters
    ----------
    folder
        A folder of your own with `packs` and `situations` in it; otherwise those that come with
        the program.
    """
    library = read_folder(folder / "packs") if folder else shipped()
    situations = read_all(folder / "situations" if folder else files(SHIPPED) / "situations")
    console = Console(highlight=False)
    _list_packs(library, console)
    wrong = 0
    for situation in situations:
        differences = differ(situation, library)
        wrong += bool(differences)
        _tell(situation, differences, console)
    console.print(
        f"\n{len(situations)} situations, {wrong} worked out otherwise than by the packs."
    )
    return DIFFERS if wrong else 0


def _list_packs(library: Library, console: Console) -> None:
    for pack in library.all():
        counted = ", ".join(f"{len(pack.marked(mark))} [{mark}]" for mark in Mark)
        console.print(escape(f"{pack.regime} {pack.version}: {counted}"), soft_wrap=True)


def _tell(situation: Situation, differences: tuple[Difference, ...], console: Console) -> None:
    word = "[red]differs[/]" if differences else "[green]agrees[/]"
    console.print(f"{word} {escape(f'{situation.file}: {situation.name}')}", soft_wrap=True)
    for one in differences:
        by_hand, by_packs = _plain(one.by_hand), _plain(one.by_packs)
        line = f"  → {one.about}: by hand {by_hand}, by the packs {by_packs}"
        console.print(escape(line), soft_wrap=True)


def _plain(answer: datetime | str) -> str:
    if isinstance(answer, str):
        return answer
    return f"{answer.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
