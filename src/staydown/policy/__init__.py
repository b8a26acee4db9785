"""The law as dated data: packs a lawyer can read, and what follows from them. It knows no pictures.

A pack says what one law asks from one day on. Every value has a mark: read in the primary text,
known from a secondary source, or not verified. Nothing here is legal advice, and no pack claims to
be the whole of a law.
"""
