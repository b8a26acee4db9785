"""The history of the tables, as Django replays it."""
