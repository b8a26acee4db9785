"""The command line: `staydown --help` lists it. A stable contract, which other tools script."""

from staydown.cli.app import main

__all__ = ["main"]
