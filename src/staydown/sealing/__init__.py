"""Encryption at rest: a data key for every entry, wrapped under one master key kept elsewhere."""
