"""`staydown bench`: measures the engine and its peers on folders of photographs. Never part of the
tests, and no figure here decides anything.
"""
