"""The platform's side: what it shows already, as bytes for the name that it calls it by."""
