"""Tells Django where the templates and the stylesheet of these pages are."""

from django.apps import AppConfig


class DeskPages(AppConfig):
    """An app without models."""

    name = "staydown.desk_pages"
    label = "desk_pages"
