"""`staydown keys`: the keys that this installation lives by. API keys are `staydown key`."""

from pathlib import Path

from staydown.assembly.starting import start
from staydown.clock import SystemClock
from staydown.sealing.key_file import make_key_file, read_key_file
from staydown.settings import read_settings


def make_key(path: Path, /) -> None:
    """Make a master key in a file of its own, for an installation that is yet to begin.

    Name the file in STAYDOWN_KEY_FILE, and copy it to a place of its own. `staydown serve` makes
    one by itself if none is named.

    Parameters
    ----------
    path
        The file to make; one that is there is never overwritten.
    """
    print(f"Master key {make_key_file(path).name} in {path}.")


def show_keys(*, data: Path | None = None) -> None:
    """Say which keys these are, and where: their names, never the keys.

    Parameters
    ----------
    data
        The data folder.
    """
    settings = read_settings(data=data)
    house = start(settings)
    print(f"Master key {read_key_file(settings.key_file).name} in {settings.key_file}.")
    print(f"Checkpoint key in {settings.checkpoint_key_file}; to check what it signed:")
    print(house.checkpoints.key.public)


def rotate_key(*, data: Path | None = None) -> None:
    """Exchange the master key: every key of an entry, original or case is wrapped by a new one.

    Servers may go on meanwhile. Killed anywhere, it goes on when it is run again. The old key is
    set aside: it opens nothing here any more, but it opens backups made before.

    Parameters
    ----------
    data
        The data folder.
    """
    settings = read_settings(data=data)
    start(settings)
    from staydown.assembly.master_key import find_masters  # noqa: PLC0415 -- needs Django set up
    from staydown.assembly.rotating import rotate  # noqa: PLC0415 -- needs Django set up

    rotated = rotate(settings.key_file, find_masters(settings.key_file), clock=SystemClock())
    print(f"{rotated.rewrapped} keys were wrapped anew by the key in {settings.key_file}.")
    print(f"Copy it to a place of its own. The old one is {rotated.retired}: it opens nothing here")
    print("any more. Backups from before need it; destroy it together with them.")
