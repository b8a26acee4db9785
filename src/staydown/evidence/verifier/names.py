"""What lies in a bundle, and under which names."""

FORMAT = "staydown evidence 1"

ITEMS = "items"
"""The folder of what is evidence."""
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
"""64 bytes: Ed25519 over the manifest."""
STAMP = "manifest.tsr"
"""A TimeStampResp in DER over the signature."""
CUSTODY = "custody.jsonl"
SIGNER = "signer.pem"
AUTHORITY = "authority.pem"
SUMS = "SHA256SUMS"
HOW = "HOW-TO-VERIFY.txt"

BESIDE = frozenset({MANIFEST, SIGNATURE, STAMP, CUSTODY})
"""What the manifest cannot list: itself, what is made of it, and the log that goes on."""

PART = ".part-"
"""How the name of a file begins that is not yet written whole."""
