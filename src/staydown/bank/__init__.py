"""What is to be found again: entries with their roles, kept sealed, searched, and forgotten for
good when withdrawn.
"""
