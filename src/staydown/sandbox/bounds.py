"""What one piece of work may take, and how many are worked on at once."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of the workers. Time is counted for each piece of work, memory for each worker."""

    workers: int = 2
    wall_seconds: float = 10
    quick_seconds: float = 0.5
    """Of the processor; work that takes more goes on at a lower priority."""
    cpu_seconds: int = 5
    memory_bytes: int = 768 * MEGABYTE
    """Address space beyond what the program itself has taken before it is given any work."""
    answer_bytes: int = 192 * MEGABYTE
    """Largest answer; nothing else can be written."""
    works: int = 100
    """After so many pieces of work a worker is replaced by a fresh one."""
    waiting: int = 64
    """How many pieces of work may wait for one client; whoever comes then is sent away."""
