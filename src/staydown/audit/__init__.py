"""What happened, as a chain of entries that each commit to the one before."""
