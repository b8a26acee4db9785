"""`staydown backup`, `staydown restore`, and the rehearsal `staydown keys drill`."""

from pathlib import Path
from typing import TYPE_CHECKING

from staydown.assembly.starting import start
from staydown.errors import BadRequest, Misconfigured, SealBroken
from staydown.sealing.key_file import read_key_file
from staydown.settings import PREFIX, Settings, read_settings

if TYPE_CHECKING:
    from staydown.assembly.drilling import Loss
    from staydown.assembly.house import House

NOT_ALL = 1


def backup(folder: Path, /, *, keys_only: bool = False, data: Path | None = None) -> None:
    """Write a backup while the server runs: data in a fresh file, wrapped keys over those before.

    Neither holds the master key: copy that once to a place of its own.

    Parameters
    ----------
    folder
        Where to write; on another disk. Made if it is not there.
    keys_only
        Write the wrapped keys alone, without what was destroyed since. Quick: often is good.
    data
        The data folder.
    """
    house = start(read_settings(data=data))
    if keys_only:
        print(house.backups.back_up_keys(folder))
        return
    written = house.backups.back_up(folder)
    print(f"{written.data}\n{written.keys}")
    print(f"The audit chain has {written.head.length} entries in it.")


def restore(
    backup: Path,
    /,
    *,
    keys: Path | None = None,
    ledger: list[Path] | None = None,
    unsafe_without_ledger: bool = False,
    data: Path | None = None,
) -> None:
    """Read a backup into an empty installation, without what was forgotten since it was made.

    The master key has to be in its place first. Nothing is kept unless everything opens.

    Parameters
    ----------
    backup
        The data file.
    keys
        The wrapped keys, the newest there are. Those beside the data file if none are named.
    ledger
        The ledger of what was forgotten; repeat for several. The one of the settings is read too.
    unsafe_without_ledger
        Restore though there is no ledger. Harms people who took something back after the keys were
        written: it comes back.
    data
        The data folder.
    """
    settings = read_settings(data=data)
    if not settings.key_file.exists():
        raise Misconfigured(
            f"the master key is not at {settings.key_file}: put your copy there first, or say in "
            f"{PREFIX}KEY_FILE where it is"
        )
    house = start(settings)
    ended = read_ledgers(settings, ledger or [], is_unsafe=unsafe_without_ledger)
    restored = house.backups.restore(backup, keys, ended)
    print(f"{restored.rows} rows, and {restored.opened} sealed things, each of which opens.")
    print(f"The audit chain is whole: {restored.head.length} entries, and one about this.")
    _ask_for_checkpoint_key(house)


def drill_loss(*, copy: Path | None = None, data: Path | None = None) -> int:
    """Rehearse the loss of the master key on a copy of the data: what would stay shut for good?

    The exit code is 1 if a copy of the key is named and does not open all of it.

    Parameters
    ----------
    copy
        Your copy of the master key: does it open everything?
    data
        The data folder.
    """
    house = start(read_settings(data=data))
    from staydown.assembly.drilling import drill  # noqa: PLC0415 -- needs Django set up

    key = read_key_file(copy) if copy else None
    losses = drill(house.backups.vault, house.clock, key)
    _print_losses(losses)
    shut = sum(loss.things - loss.opened for loss in losses)
    if key is None:
        print("\nName your copy of the key with --copy to see that it opens all of this.")
        return 0
    print(f"\nThe copy opens all but {shut} of it." if shut else "\nThe copy opens all of it.")
    return NOT_ALL if shut else 0


def _print_losses(losses: "tuple[Loss, ...]") -> None:
    print("Without the master key these stay shut, for ever:")
    for loss in losses:
        print(f"  {loss.things:>8} of {loss.subjects}, {loss.bytes:,} bytes: {loss.kind}")
    print("These stay readable: cases, their states and times, the platform's references, who")
    print("decided and when, the audit chain. Nothing would be recognised any more.")


def _ask_for_checkpoint_key(house: "House") -> None:
    """Another key than the one of before is no reason to restore nothing, and must be said."""
    try:
        house.checkpoints.check()
    except SealBroken as error:
        place = house.settings.checkpoint_key_file
        print(f"But {error}: put your copy of the checkpoint key at {place}.")


def read_ledgers(settings: Settings, named: list[Path], *, is_unsafe: bool) -> frozenset[str]:
    """The ids in all ledgers that there are. Raises BadRequest if there is none."""
    from staydown.assembly.ledger import read_ledger  # noqa: PLC0415 -- needs Django set up

    own = [settings.ledger_file] if settings.ledger_file.exists() else []
    if not (named or own or is_unsafe):
        raise BadRequest(
            f"there is no ledger of what was forgotten at {settings.ledger_file}: name yours with "
            "--ledger. Without it, what was taken back since the keys were written comes back: "
            "--unsafe-without-ledger, if it is lost"
        )
    return frozenset().union(*(read_ledger(path) for path in (*named, *own)))
