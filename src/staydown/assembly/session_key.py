"""The key that signs sessions and forms, made once and kept beside the master key.

Whoever has it can forge a session; whoever loses it signs everybody out.
"""

from contextlib import suppress
from pathlib import Path

from staydown.errors import Misconfigured
from staydown.ids import Randomness, new_secret, system_randomness
from staydown.sealing.key_file import write_once


def open_session_key(path: Path, randomness: Randomness = system_randomness) -> str:
    """The key in `path`, made first with mode 0600 if there is none. Raises Misconfigured."""
    try:
        return _read(path)
    except FileNotFoundError:
        with suppress(FileExistsError):  # another process of ours was faster
            write_once(path, new_secret(randomness) + new_secret(randomness))
    return _read(path)


def _read(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        raise Misconfigured(f"{path} can be read by others: chmod 600 it")
    key = path.read_text().strip()
    if len(key) < 50:
        raise Misconfigured(f"{path} is not a session key: delete it, and everybody signs in again")
    return key
