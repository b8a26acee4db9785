"""The master keys of a process: one wraps, and while they are being exchanged two unwrap.

They are read again when something is met that none of them opens, so that a server which runs on
while the key is rotated goes on. Beside the key file, `NAME.next` is the key that takes its place.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from staydown.errors import Misconfigured, SealBroken
from staydown.sealing.envelope import DataKey, MasterKey, WrappedKey
from staydown.sealing.key_file import read_key_file

type Read = Callable[[], tuple[MasterKey, ...]]


def next_path(path: Path) -> Path:
    """Where the key lies that is to take the place of the one in `path`."""
    return path.with_name(f"{path.name}.next")


def read_masters(path: Path) -> tuple[MasterKey, ...]:
    """The key in `path`, and the one that is taking its place, if any. Raises Misconfigured."""
    coming = next_path(path)
    return (read_key_file(path), *([read_key_file(coming)] if coming.exists() else []))


@dataclass(slots=True, kw_only=True)
class Masters:
    """What `read` found: the first one wraps. May be shared by threads.

    One that is not found any more may have wrapped what is about to be kept, so it stays until the
    process ends.
    """

    read: Read
    _held: tuple[MasterKey, ...] = field(default=(), init=False, repr=False)

    def __post_init__(self) -> None:
        self._held = self.read()

    @property
    def wrapping(self) -> MasterKey:
        """The one that wraps."""
        return self._held[0]

    def find(self, name: str) -> MasterKey:
        """The one with this name. Raises SealBroken if it is not here."""
        for key in self._twice():
            if key.name == name:
                return key
        raise SealBroken("the master key was rotated, and the new one is not where it should be")

    def unwrap(self, wrapped: WrappedKey, *, context: str) -> DataKey:
        """The data key, by whichever of them opens it. Raises SealBroken."""
        broken = SealBroken(context)
        for key in self._twice():
            try:
                return key.unwrap(wrapped, context=context)
            except SealBroken as error:
                broken = error
        raise broken

    def _twice(self) -> Iterator[MasterKey]:
        """Those that are held, and then those that are found on reading again."""
        yield from self._held
        with suppress(Misconfigured):  # the file may be away for a moment, or for good
            found = self.read()
            self._held = tuple(dict.fromkeys((*found, *self._held)))
        yield from self._held


def one_master(key: MasterKey) -> Masters:
    """Just this one."""
    return Masters(read=lambda: (key,))
