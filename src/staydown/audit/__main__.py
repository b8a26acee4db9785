"""`python -m staydown.audit EXPORT`: `verify`, for an auditor who has nothing but this package."""

import argparse
import sys
from pathlib import Path

from staydown.audit.verify import Auditor, tell, verify_export
from staydown.errors import StaydownError
from staydown.timestamps import read_authorities

BROKEN = 2


def main() -> int:
    """The exit code: 0 whole, 2 broken or not readable."""
    given = _arguments().parse_args()
    try:
        auditor = Auditor(
            keys=frozenset(given.key),
            authorities=read_authorities(given.authority.read_bytes()) if given.authority else None,
            held=tuple(given.checkpoint),
        )
        lines = tell(verify_export(given.export, auditor), auditor)
    except (StaydownError, OSError) as error:
        print(f"staydown audit: {error}", file=sys.stderr)
        return BROKEN
    print("\n".join(lines))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m staydown.audit", description=__doc__)
    parser.add_argument("export", type=Path, help="the folder, or its chain.jsonl alone")
    parser.add_argument("--key", action="append", default=[], help="a public key you trust")
    parser.add_argument("--authority", type=Path, help="root certificates in PEM")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="one that you hold"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
