"""The audit chain on the command line: is it whole, here or as it was handed out; handing it out.

An auditor without this installation runs `python -m staydown.audit`, which needs no database.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from staydown.assembly.starting import start
from staydown.audit.verify import Auditor, tell, verify_export
from staydown.errors import BadRequest
from staydown.settings import read_settings
from staydown.timestamps import Authorities, read_authorities

if TYPE_CHECKING:
    from staydown.assembly.house import House


def verify_audit(
    export: Path | None = None,
    /,
    *,
    key: list[str] | None = None,
    authority: Path | None = None,
    checkpoint: list[Path] | None = None,
    data: Path | None = None,
) -> None:
    """Check the audit chain, and print its length and last digest. The first break is named.

    Parameters
    ----------
    export
        A chain that was handed out: the folder, or its chain.jsonl. Without it, the chain of this
        installation.
    key
        A public key by which checkpoints are believed; repeat for several.
    authority
        Root certificates, in PEM, by which timestamps are believed.
    checkpoint
        A checkpoint that you hold; repeat for several.
    data
        The data folder.
    """
    if export is None:
        _verify_ours(_open(data))
        return
    auditor = Auditor(
        keys=frozenset(key or ()),
        authorities=_read(authority) if authority else None,
        held=tuple(checkpoint or ()),
    )
    print("\n".join(tell(verify_export(export, auditor), auditor)))


def export_audit(folder: Path, /, *, data: Path | None = None) -> None:
    """Write the audit chain and its checkpoints into a fresh folder, for somebody to check.

    Parameters
    ----------
    folder
        The folder to make.
    data
        The data folder.
    """
    house = _open(data)
    verified = house.checkpoints.export(folder)
    print(f"{verified.length} entries in {folder}, ending in {verified.head}.")
    print(f"Checkpoints are signed by {house.checkpoints.key.public}.")


def make_checkpoint(*, data: Path | None = None) -> None:
    """Sign where the audit chain stands, and have it timestamped. Print the signed statement.

    Parameters
    ----------
    data
        The data folder.
    """
    house = _open(data)
    house.checkpoints.make()
    house.checkpoints.ask()
    *_, last = [None, *house.checkpoints.shelf.all()]
    if last is None:
        raise BadRequest("the audit chain is empty: there is nothing to sign")
    print(last.signed.written().decode(), end="")


def _verify_ours(house: "House") -> None:
    intact = house.journal.verify()
    house.checkpoints.check()
    print(f"The audit chain is whole: {intact.length} entries, ending in {intact.head}.")


def _read(path: Path) -> Authorities:
    try:
        return read_authorities(path.read_bytes())
    except OSError as error:
        raise BadRequest(f"{path}: it cannot be read ({error.strerror})") from error


def _open(data: Path | None) -> "House":
    return start(read_settings(data=data))
