"""How to check a bundle by hand, with tools that everybody has."""

SCRIPT = """\
set -e
sha256sum --check --strict --quiet SHA256SUMS
grep -q "$(sha256sum SHA256SUMS | cut -c 1-64)" manifest.json
openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in manifest.json -sigfile manifest.sig
test ! -f manifest.tsr ||
  openssl ts -verify -data manifest.sig -in manifest.tsr -CAfile authority.pem
"""
"""Run in the folder of the bundle. It ends with an exit code other than 0 if anything fails."""

HOW_TO_VERIFY = f"""\
HOW TO CHECK THIS BUNDLE

manifest.json lists every file of this folder with its size and SHA-256. manifest.sig is an Ed25519
signature of it. manifest.tsr, if it is there, is an RFC 3161 timestamp of that signature.
custody.jsonl says who did what with the bundle; each line holds the SHA-256 of the line before it.

With the program:   python -m staydown.evidence.verifier FOLDER
By hand, in this folder (Linux, openssl 3):

{SCRIPT}
What this shows: that nothing listed was changed since the key's holder signed, and that the
signature existed at the time of the timestamp. Ask the signer, by another way, whether
signer.pem is their key; and ask the timestamp authority whether authority.pem is its root
certificate.

What it does not show: that the files are true, who is shown, who made them, or whether anybody
consented. By hand, look also for files in this folder that SHA256SUMS does not list.
"""
