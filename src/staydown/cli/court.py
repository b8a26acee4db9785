"""`staydown case file`: one case into a bundle of evidence, with the chain that it stands in."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from staydown.assembly.starting import start
from staydown.cli.evidence import act_of, key_in
from staydown.evidence.bundles import Item, add_items, refuse_sealed
from staydown.ids import CaseId
from staydown.settings import read_settings

if TYPE_CHECKING:
    from staydown.assembly.house import House
    from staydown.casework.handing_over import Made


def make_case_file(
    case: str, /, *, out: Path, key: Path, by: str, data: Path | None = None
) -> None:
    """Put all of one case into a bundle of evidence, for a court: seal it with `evidence seal`.

    A lead asks for it on the page of the case at the desk, and a second person agrees. It may be
    made for a week, and each time is noted in the audit chain. No picture is in it.

    Parameters
    ----------
    case
        Its number.
    out
        The bundle, a folder; made if there is none.
    key
        The file of the key that signs; made if there is none.
    by
        Who does it.
    data
        The data folder.
    """
    house = start(read_settings(data=data))
    refuse_sealed(out)  # first: once it is noted, it is made
    signing = key_in(key)
    made = house.handing_over.make(CaseId(case))
    items = tell_case_file(house, CaseId(case), made)
    listed = add_items(out, items, act_of(by, made.why), signing)
    print("\n".join(f"{each.sha256}  {each.path}" for each in listed))


def tell_case_file(house: "House", case: CaseId, made: "Made") -> Iterator[Item]:
    """The papers, and the audit chain with its checkpoints, in a folder of their own."""
    folder = f"{case}-{made.digest[:12]}"
    for paper in made.papers:
        yield Item(name=f"{folder}/{paper.name}", data=paper.data, origin="derived")
    with TemporaryDirectory(prefix="staydown-audit-") as temporary:
        exported = Path(temporary) / "audit"
        house.checkpoints.export(exported)
        for path in sorted(one for one in exported.rglob("*") if one.is_file()):
            name = f"{folder}/audit/{path.relative_to(exported).as_posix()}"
            yield Item(name=name, data=path.read_bytes(), origin="derived")
