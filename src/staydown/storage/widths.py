"""How wide columns are, in characters."""

ID = 64
WORD = 32
REF = 500
DIGEST = 64
