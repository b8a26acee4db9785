"""Runs work on untrusted bytes in processes that can do nothing else: locked, limited, replaced.

It knows nothing of pictures. It does not claim that a decoder has no faults: only that a fault
reaches no file, no network, no other process, and no memory but that of the work at hand.
"""
