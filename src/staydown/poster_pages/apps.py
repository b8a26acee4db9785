"""Tells Django where the templates and the stylesheet of these pages are."""

from django.apps import AppConfig


class PosterPages(AppConfig):
    """An app without models."""

    name = "staydown.poster_pages"
    label = "poster_pages"
