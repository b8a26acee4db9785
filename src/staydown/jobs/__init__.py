"""Does what decisions left to be done, ends holds, and reaches out to the platform: at least once,
and until it succeeds.
"""
