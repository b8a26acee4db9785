"""The story that `staydown demo` plays against a real server, on photographs without people."""
