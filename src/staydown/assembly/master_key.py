"""The master key of an installation: made once, before anything is sealed, and never again.

A fresh key in the place of a lost one would open nothing of what is there, and would seal what
comes next under a key that nobody copied. So a missing key, or another one, stops the program.
"""

from pathlib import Path

from staydown.errors import Misconfigured, SealBroken
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import MasterKey
from staydown.sealing.key_file import make_key_file, read_key_file
from staydown.storage.vault import holds_sealed, try_key

MEND = "put it back, or say in STAYDOWN_KEY_FILE where it is"


def open_master_key(path: Path, randomness: Randomness = system_randomness) -> MasterKey:
    """The key in `path`, made first if there is none and nothing was sealed yet.

    Raises Misconfigured if it is missing, is not the one, or can be read by others.
    """
    if not path.exists() and not holds_sealed():
        try:
            return make_key_file(path, randomness)
        except Misconfigured:
            if not path.exists():
                raise  # otherwise another process of ours was faster: its key is the one
    return read_master_key(path)


def read_master_key(path: Path) -> MasterKey:
    """The key in `path`, once it has opened what is sealed. Raises Misconfigured."""
    if not path.exists():
        raise Misconfigured(f"the master key is not at {path}, where it was looked for: {MEND}")
    master = read_key_file(path)
    try:
        try_key(master)
    except SealBroken as error:
        raise Misconfigured(f"{path} is not the key that sealed this database: {MEND}") from error
    return master
