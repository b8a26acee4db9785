"""`staydown doctor`: is this installation sound? Looks at it, changes nothing, and says how to mend
what is not.
"""
