"""`python -m staydown.cli`: the same as `staydown`."""

from staydown.cli.app import main

main()
