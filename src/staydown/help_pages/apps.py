"""Tells Django where the templates and the stylesheet of these pages are."""

from django.apps import AppConfig


class HelpPages(AppConfig):
    """An app without models."""

    name = "staydown.help_pages"
    label = "help_pages"
