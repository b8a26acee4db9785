"""Chooses implementations and puts them together. Nothing below knows that it exists."""
