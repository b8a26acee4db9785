"""Keeps the workers: hands each piece of work to a free one, watches the time, replaces who dies.

Whose work is next is for `turns` to say: nobody's files keep those of others waiting.

One process without threads, since it forks. It never looks at the bytes: they pass through it as
shared memory. Everything that was imported before it begins is there for the workers.
"""

import os
import selectors
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from staydown.errors import Misconfigured
from staydown.sandbox.bounds import Bounds
from staydown.sandbox.memory import close_all
from staydown.sandbox.messages import (
    FROM_WORKERS,
    MAX_MESSAGE,
    Garbled,
    Outcome,
    Reply,
    read_reply,
    read_request,
    write_reply,
)
from staydown.sandbox.turns import Crowded, Turns
from staydown.sandbox.worker import Work, live

LOOK_SECONDS: Final = 0.5
BACK_SEAT: Final = 5
"""How much nicer work goes on that takes long: with a third of an equal share (sched(7))."""


@dataclass(eq=False, slots=True, kw_only=True)
class Guest:
    """Somebody who wants one piece of work done, and what they brought."""

    door: socket.socket
    packet: bytes = b""
    client: int = 0
    files: tuple[int, ...] = ()


@dataclass(eq=False, slots=True, kw_only=True)
class Worker:
    """A process, how much it has done, and for whom it works until when (monotonic seconds).

    At `slow_from` it is looked at how many seconds of the processor it has used for that, beyond
    the `used_before`: if those are many, it goes on in the back seat.
    """

    pid: int
    desk: socket.socket
    done: int = 0
    guest: Guest | None = None
    until: float = float("inf")
    slow_from: float = float("inf")
    used_before: float = 0
    is_in_back_seat: bool = False


@dataclass(eq=False, slots=True, kw_only=True)
class Keeper:
    """The keeper of one host's workers."""

    listener: socket.socket
    work: Work
    bounds: Bounds
    workers: list[Worker] = field(default_factory=list)
    turns: Turns[int, Guest] = field(init=False)
    watched: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def __post_init__(self) -> None:
        self.turns = Turns(places=self.bounds.workers, waiting=self.bounds.waiting)

    def keep(self, is_over: Callable[[], bool]) -> None:
        """Serve until it is over; then end every worker."""
        self.listener.setblocking(False)
        self.watched.register(self.listener, selectors.EVENT_READ, self._let_in)
        while len(self.workers) < self.bounds.workers:
            self._hire()
        try:
            while not is_over():
                for ready, _ in self.watched.select(self._patience()):
                    ready.data()
                self._end_stalled()
                self._slow_down()
                self._hand_out()
        finally:
            for worker in self.workers:
                self._end(worker)

    def _patience(self) -> float:
        """Seconds until something is to be looked at."""
        first = min(min(worker.until, worker.slow_from) for worker in self.workers)
        return max(0.0, min(LOOK_SECONDS, first - time.monotonic()))

    def _let_in(self) -> None:
        try:
            door, _ = self.listener.accept()
        except OSError:  # gone again
            return
        door.setblocking(False)
        guest = Guest(door=door)
        self.watched.register(door, selectors.EVENT_READ, lambda: self._listen(guest))

    def _listen(self, guest: Guest) -> None:
        """Take what a guest wants; whoever says anything else, or hangs up, is gone."""
        try:
            packet, files, _, _ = socket.recv_fds(guest.door, MAX_MESSAGE, 1)
            client = read_request(packet).client
        except (OSError, Garbled):
            packet, files, client = b"", [], 0
        if guest.packet or not packet or len(files) != 1:
            close_all(files)
            return self._dismiss(guest)
        guest.packet, guest.files, guest.client = packet, tuple(files), client
        try:
            return self.turns.come(client, guest)
        except Crowded:
            return self._answer(guest, Reply(outcome=Outcome.BUSY))

    def _hand_out(self) -> None:
        """Give what waits to whoever is free."""
        for worker in [one for one in self.workers if one.guest is None]:
            called = self.turns.call_next()
            if called is None:
                return
            _, guest = called
            worker.guest = guest
            now = time.monotonic()
            worker.until = now + self.bounds.wall_seconds
            worker.slow_from = now + self.bounds.quick_seconds
            worker.used_before = used_seconds(worker.pid)
            try:
                socket.send_fds(worker.desk, [guest.packet], guest.files)
            except OSError:
                self._replace(worker, Outcome.DIED)

    def _hear(self, worker: Worker) -> None:
        """Pass on what a worker says; one that says anything unexpected is replaced."""
        if worker not in self.workers:  # replaced a moment ago
            return None
        try:
            packet, files, _, _ = socket.recv_fds(worker.desk, MAX_MESSAGE, 1)
            reply = read_reply(packet)
        except (OSError, Garbled):
            return self._replace(worker, Outcome.DIED)
        is_expected = reply.outcome in FROM_WORKERS and worker.guest is not None
        if not is_expected or len(files) != (reply.outcome is Outcome.DONE):
            close_all(files)
            return self._replace(worker, Outcome.DIED)
        guest, worker.guest, worker.until = worker.guest, None, float("inf")
        worker.slow_from = float("inf")
        worker.done += 1
        if guest:
            self.turns.finish(guest.client)
            self._answer(guest, reply, files)
        close_all(files)
        if worker.is_in_back_seat or worker.done >= self.bounds.works:
            self._replace(worker, Outcome.DIED)
        return None

    def _end_stalled(self) -> None:
        now = time.monotonic()
        for worker in [one for one in self.workers if one.until <= now]:
            self._replace(worker, Outcome.STALLED)

    def _slow_down(self) -> None:
        """Work that costs much gives way to what is quickly done.

        By the processor's time, not the wall's: where a machine is busy, everything takes long. Who
        took the back seat may not leave it again, so such a worker is replaced afterwards.
        """
        now, usual = time.monotonic(), os.getpriority(os.PRIO_PROCESS, 0)
        for worker in [one for one in self.workers if one.slow_from <= now]:
            used = used_seconds(worker.pid) - worker.used_before
            if used < self.bounds.quick_seconds:
                worker.slow_from = now + self.bounds.quick_seconds - used
                continue
            os.setpriority(os.PRIO_PROCESS, worker.pid, usual + BACK_SEAT)
            worker.slow_from, worker.is_in_back_seat = float("inf"), True

    def _replace(self, worker: Worker, outcome: Outcome) -> None:
        """End a worker, tell its guest what became of the work, and hire another.

        Raises Misconfigured if it ended before it was given any work: so would the next.
        """
        text = self._end(worker)
        self.workers.remove(worker)
        if worker.guest:
            self.turns.finish(worker.guest.client)
            self._answer(worker.guest, Reply(outcome=outcome, text=text))
        elif not worker.done:
            raise Misconfigured(f"a worker could not lock itself in: {text}")
        self._hire()

    def _end(self, worker: Worker) -> str:
        """End a worker at once; how it ended: by this, if not by itself before."""
        self.watched.unregister(worker.desk)
        worker.desk.close()
        os.kill(worker.pid, signal.SIGKILL)
        _, status = os.waitpid(worker.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        return signal.Signals(-code).name if code < 0 else f"exit {code}"

    def _answer(self, guest: Guest, reply: Reply, files: "list[int] | None" = None) -> None:
        try:
            socket.send_fds(guest.door, [write_reply(reply)], files or [])
        except OSError:  # they did not wait
            pass
        self._dismiss(guest)

    def _dismiss(self, guest: Guest) -> None:
        self.turns.leave(guest.client, guest)
        if guest.door.fileno() >= 0:
            self.watched.unregister(guest.door)
            guest.door.close()
        close_all(guest.files)
        guest.files = ()

    def _hire(self) -> None:
        """Fork a worker."""
        desk, far_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            try:
                live(far_end, self.work, self.bounds)
            finally:
                os._exit(1)
        far_end.close()
        worker = Worker(pid=pid, desk=desk)
        self.workers.append(worker)
        self.watched.register(desk, selectors.EVENT_READ, lambda: self._hear(worker))


def used_seconds(pid: int) -> float:
    """Seconds of the processor that a process has used; 0 if it has ended.

    The clock of a process has a number made of its id (clock_getcpuclockid(3), Linux).
    """
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0
