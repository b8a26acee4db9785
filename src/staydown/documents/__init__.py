"""Documents: what somebody is told, as a PDF that lasts and can be read aloud."""
