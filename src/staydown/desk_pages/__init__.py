"""Pages for the reviewer: sign in, see what waits, look at a case with its copies covered, decide.

The pictures are covered on the server: the altered part never reaches the reviewer's browser.
"""
