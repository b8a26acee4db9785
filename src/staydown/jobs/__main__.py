"""`python -m staydown.jobs`: see `working`."""

from staydown.jobs.working import run

if __name__ == "__main__":
    run()
