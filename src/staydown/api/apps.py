"""Names this room for Django. It has no models and no templates."""

from django.apps import AppConfig


class Api(AppConfig):
    """An app without models."""

    name = "staydown.api"
    label = "api"
