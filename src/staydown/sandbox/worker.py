"""One worker: locks itself in, then does one piece of work after the other until nobody asks any
more.

It trusts the bytes it works on with nothing, and nobody trusts it.
"""

import os
import resource
import socket
from collections.abc import Callable, Sequence
from typing import Never

from staydown.errors import StaydownError
from staydown.sandbox.bounds import Bounds
from staydown.sandbox.limits import allow_seconds
from staydown.sandbox.locks import lock_down
from staydown.sandbox.memory import Buffer, close_all, read_shared, share
from staydown.sandbox.messages import (
    MAX_MESSAGE,
    Outcome,
    Reply,
    Request,
    read_request,
    write_reply,
)

type Work = Callable[[bytearray, bytes], Sequence[Buffer]]
"""Given the untrusted bytes and what to do, gives back the answer in parts.

Raises StaydownError with a text that is fit for whoever sent the bytes.
"""


def live(desk: socket.socket, work: Work, bounds: Bounds) -> Never:
    """The whole life of a worker, in a process that was forked for it. `desk` is all it keeps."""
    keep_only(desk.fileno())
    lock_down(bounds)
    while True:
        packet, files, _, _ = socket.recv_fds(desk, MAX_MESSAGE, 1)
        if not packet:
            os._exit(0)
        reply, answers = attempt(work, read_request(packet), files, bounds)
        socket.send_fds(desk, [write_reply(reply)], answers)
        close_all([*files, *answers])


def keep_only(desk: int) -> None:
    """Close everything else: other people's pictures, the listening socket, the terminal."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, desk)
    os.closerange(desk + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def attempt(
    work: Work, request: Request, files: Sequence[int], bounds: Bounds
) -> tuple[Reply, list[int]]:
    """What became of one piece of work, and the shared memory with its answer, if there is one."""
    allow_seconds(bounds.cpu_seconds)
    began = used_ms()
    try:
        parts = work(read_shared(files[0], request.size), request.parameters)
        answer, size = share(parts)
    except StaydownError as error:
        return _refused(str(error), began), []
    except MemoryError:
        return _refused("it needs more memory than it may have", began), []
    except Exception as error:  # libraries raise whatever they like; nothing here may be lost
        return _refused(f"it could not be worked on ({type(error).__name__})", began), []
    return _reply(Outcome.DONE, began, size=size), [answer]


def used_ms() -> int:
    """Milliseconds of the processor that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round((used.ru_utime + used.ru_stime) * 1000)


def _refused(text: str, began: int) -> Reply:
    return _reply(Outcome.REFUSED, began, text=text)


def _reply(outcome: Outcome, began: int, *, size: int = 0, text: str = "") -> Reply:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Reply(outcome=outcome, size=size, cpu_ms=used_ms() - began, peak_kib=peak, text=text)
