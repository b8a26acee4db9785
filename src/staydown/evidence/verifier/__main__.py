"""`python -m staydown.evidence.verifier BUNDLE`: 0 sound, 1 not, 2 not asked rightly."""

import argparse
import sys
from pathlib import Path

from staydown.evidence.verifier.checks import Trust, verify_bundle
from staydown.evidence.verifier.telling import is_sound, tell_findings


def main() -> int:
    """Check one bundle, and say what was found."""
    parser = argparse.ArgumentParser(description="Check a sealed bundle of evidence.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", action="append", default=[], help="a key you believe, in hex")
    parser.add_argument("--authority", type=Path, help="root certificates you believe, in PEM")
    asked = parser.parse_args()
    try:
        roots = asked.authority.read_bytes() if asked.authority else None
    except OSError as error:
        parser.error(f"{asked.authority}: {error.strerror}")
    findings = verify_bundle(asked.bundle, Trust(keys=frozenset(asked.key), authorities=roots))
    print("\n".join(tell_findings(findings)))
    return 0 if is_sound(findings) else 1


if __name__ == "__main__":
    sys.exit(main())
