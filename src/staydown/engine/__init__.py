"""Knows pictures: decoding, fingerprints, geometry, what was altered. Knows no law, time, database
or web.
"""
