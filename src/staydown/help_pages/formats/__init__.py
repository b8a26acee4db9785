"""How days are written, where Django would write them otherwise."""
