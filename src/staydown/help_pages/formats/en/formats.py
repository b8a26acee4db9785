"""The names are Django's."""

DATE_FORMAT = "j F Y"
