"""`python -m staydown.jobs [PID]`: see `working`."""

import sys

from staydown.jobs.working import run

if __name__ == "__main__":
    run(parent=int(sys.argv[1]) if len(sys.argv) > 1 else None)
