"""The command line: `staydown --help` lists it. A stable contract, which other tools script."""
