"""Checks a sealed bundle with nothing but the floor: `python -m staydown.evidence.verifier`."""
