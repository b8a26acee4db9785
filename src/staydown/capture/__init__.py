"""Captures a page in a real browser, which reaches the network only through a proxy handed in."""
