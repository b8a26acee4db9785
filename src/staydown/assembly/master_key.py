"""The master key of an installation: made before anything is sealed; only rotation exchanges it.

A fresh key in the place of a lost one would open nothing of what is there, and would seal what
comes next under a key that nobody copied. So a missing key, or another one, stops the program.
"""

from functools import partial
from pathlib import Path

from staydown.errors import Misconfigured, SealBroken
from staydown.ids import Randomness, system_randomness
from staydown.sealing.key_file import make_key_file
from staydown.sealing.masters import Masters, read_masters
from staydown.storage.vault import holds_sealed, try_keys

MEND = "put it back, or say in STAYDOWN_KEY_FILE where it is"


def open_masters(path: Path, randomness: Randomness = system_randomness) -> Masters:
    """The key in `path`, made first if there is none and nothing was sealed yet.

    With the one that is to take its place, while it is rotated. Raises Misconfigured if it is
    missing, is not the one, or can be read by others.
    """
    if not path.exists() and not holds_sealed():
        try:
            make_key_file(path, randomness)
        except Misconfigured:
            if not path.exists():
                raise  # otherwise another process of ours was faster: its key is the one
    return find_masters(path)


def find_masters(path: Path) -> Masters:
    """The key in `path`, once it has opened what is sealed. Raises Misconfigured."""
    if not path.exists():
        raise Misconfigured(f"the master key is not at {path}, where it was looked for: {MEND}")
    masters = Masters(read=partial(read_masters, path))
    try:
        try_keys(masters)
    except SealBroken as error:
        raise Misconfigured(f"{path} is not the key that sealed this database: {MEND}") from error
    return masters
