"""The process that answers requests. It ends with the one that started it, however that one ended.

Left alone it would go on taking uploads while nobody performs jobs, and hold the port against a new
start.
"""

import os
import signal
from threading import Thread
from time import sleep

from staydown.assembly.front import Front

PAUSE_SECONDS = 1


def load_application(parent: int, _target: str) -> Front:
    """The application, for granian, which calls this in the process that answers."""
    Thread(target=end_with, args=(parent,), daemon=True).start()
    from staydown.assembly.asgi import application  # noqa: PLC0415 -- it sets up this process

    return application


def end_with(parent: int) -> None:
    """Once `parent` is gone, finish what is being answered and end."""
    while os.getppid() == parent:
        sleep(PAUSE_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
