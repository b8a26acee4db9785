"""Staydown: report once, and it stays down.

Recognises a doctored copy of a photograph from the innocent original alone, lets a human decide
without looking at the altered region, and keeps what was removed down. The rooms and their order
are described in docs/architecture.md.
"""
