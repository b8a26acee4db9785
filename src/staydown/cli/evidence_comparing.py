"""The proof in a bundle: what was compared, what was found, and what that does not show."""

from collections.abc import Iterator
from pathlib import Path

from staydown.cli.evidence import act_of, key_in
from staydown.cli.pictures import Pair, look_at_two
from staydown.cli.statements import outcome, write_figures, write_statement
from staydown.engine.pictures import encode_png
from staydown.evidence.bundles import Item, add_items, list_items


def compare(
    bundle: Path,
    original: Path,
    found: Path,
    /,
    *,
    key: Path,
    by: str,
    why: str,
    adult_confirmed: bool = False,
) -> None:
    """Put into a bundle the proof that a found picture was made from an original: figures, and
    a statement for a court; and a drawing, in which what was altered is covered.

    Parameters
    ----------
    bundle
        The folder, not sealed yet.
    original
        The photograph as it was.
    found
        The picture that may be made from it; neither is copied.
    key
        The file of the key that signs; made if there is none.
    by
        Who does it.
    why
        Why.
    adult_confirmed
        That everybody who is shown is an adult. Without it nothing is drawn.
    """
    pair = look_at_two(original, found)
    digest = pair.seen.picture.file_digest
    held = [each.path for each in list_items(bundle) if each.sha256 == digest]
    items = prove(pair, held, is_drawn=adult_confirmed)
    listed = add_items(bundle, items, act_of(by, why), key_in(key))
    print(outcome(pair.finding.comparison))
    print("\n".join(f"{each.sha256}  {each.path}" for each in listed))


def prove(pair: Pair, held: list[str], *, is_drawn: bool) -> Iterator[Item]:
    """The items, in a folder that both digests name."""
    one, other = pair.original, pair.seen.picture
    folder = f"comparison-{one.file_digest[:12]}-{other.file_digest[:12]}"
    files = {
        "figures.json": write_figures(pair.finding, one, other),
        "statement.txt": write_statement(pair.finding, one, other, held),
    }
    if is_drawn:
        files["overlay.png"] = encode_png(pair.draw())
    for name, data in files.items():
        yield Item(name=f"{folder}/{name}", data=data, origin="derived")
