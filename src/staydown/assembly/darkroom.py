"""The darkroom of an installation: files are opened in locked processes, and come back as pictures.

What comes back was made by a process that read hostile bytes, so it is checked as such: it may say
that a picture looks like another one, and nothing else.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from staydown.assembly.keeping import WORKS, command_for, environment
from staydown.engine.darkroom import (
    Task,
    read_known,
    read_opened,
    read_seen,
    read_views,
    write_order,
)
from staydown.engine.negatives import Spoiled
from staydown.engine.pictures import LIMITS, Limits, Picture, check_bytes
from staydown.engine.subjects import Known, Seen
from staydown.engine.views import FIRST, View
from staydown.errors import BadPicture, Misconfigured, TooBusy, TooCostly
from staydown.sandbox.bounds import Bounds
from staydown.sandbox.client import Answer, Away, ask
from staydown.sandbox.messages import Outcome, Reply

STARTS_WITHIN_SECONDS: Final = 60
LOOK_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedDarkroom:
    """Has locked processes do it: the keeper listens at `address`.

    Without an address nothing is opened: Misconfigured.
    """

    address: Path | None
    limits: Limits = LIMITS

    def open(self, data: bytes, view: View = FIRST) -> Picture:
        """Raises BadPicture, TooBusy."""
        return self._develop(Task.OPEN, data, read_opened, view)

    def views(self, data: bytes) -> tuple[Picture, ...]:
        """Raises BadPicture, TooBusy."""
        return self._develop(Task.VIEWS, data, read_views)

    def look_at(self, data: bytes) -> tuple[Seen, ...]:
        """Raises BadPicture, TooBusy."""
        return self._develop(Task.LOOK_AT, data, read_seen)

    def know(self, data: bytes) -> Known:
        """Raises BadPicture, TooBusy."""
        return self._develop(Task.KNOW, data, read_known)

    def _develop[T](
        self, task: Task, data: bytes, read: Callable[[memoryview], T], view: View = FIRST
    ) -> T:
        check_bytes(data, self.limits)  # else it is not even carried there
        answer = self._ask(data, write_order(task, self.limits, view))
        if answer.reply.outcome is not Outcome.DONE:
            raise refusal_of(answer.reply)
        try:
            return read(answer.data)
        except Spoiled as error:
            raise TooCostly("opening the picture failed: it is not an ordinary one") from error

    def _ask(self, data: bytes, order: bytes) -> Answer:
        if self.address is None:
            raise Misconfigured("no darkroom: `staydown serve` starts one, see docs/operating.md")
        try:
            return ask(self.address, data, order, max_bytes=Bounds().answer_bytes)
        except Away as error:
            raise TooBusy("no picture can be opened right now: try again in a minute") from error


def refusal_of(reply: Reply) -> BadPicture | TooBusy:
    """What to say of a picture that was not developed."""
    match reply.outcome:
        case Outcome.REFUSED:
            return BadPicture(reply.text)
        case Outcome.BUSY:
            return TooBusy("too many pictures at once: try again in a minute")
        case Outcome.STALLED:
            return TooCostly("opening the picture took longer than it may")
        case _ if reply.text == "SIGXCPU":
            return TooCostly("opening the picture took longer than it may")
    return TooCostly("opening the picture ended the process that tried: it is not an ordinary one")


@contextmanager
def darkroom_running(
    workers: int, limits: Limits = LIMITS, *, works: int = WORKS
) -> Iterator[LockedDarkroom]:
    """A darkroom for as long as this lasts, its keeper a process of its own; each worker opens so
    many files.
    """
    with TemporaryDirectory(prefix="staydown-darkroom-") as folder:  # its owner's alone
        address = Path(folder) / "keeper"
        line = command_for(address, workers, parent=os.getpid(), works=works)
        keeper = subprocess.Popen(line, env=environment())  # noqa: S603 -- ourselves
        try:
            wait_for(address, lambda: keeper.poll() is None)
            yield LockedDarkroom(address=address, limits=limits)
        finally:
            keeper.terminate()
            keeper.wait()


@contextmanager
def some_darkroom(address: Path | None) -> Iterator[LockedDarkroom]:
    """The one at that address, or, if none was named, one of its own for as long as this lasts."""
    if address:
        yield LockedDarkroom(address=address)
        return
    with darkroom_running(workers=1) as darkroom:
        yield darkroom


def wait_for(address: Path, is_alive: Callable[[], bool] = lambda: True) -> None:
    """Until somebody listens there. Raises Misconfigured if nobody ever will."""
    end = time.monotonic() + STARTS_WITHIN_SECONDS
    while not address.exists():
        if not is_alive() or time.monotonic() > end:
            raise Misconfigured("the locked processes that open pictures could not be started")
        time.sleep(LOOK_SECONDS)
