"""Does what decisions left to be done, and ends holds: at least once, and until it succeeds."""
