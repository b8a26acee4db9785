"""Names this room for Django."""

from django.apps import AppConfig


class Storage(AppConfig):
    """The app that holds every model."""

    name = "staydown.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sign-ins are noted from the start."""
        from staydown.storage.sign_in import note_sign_ins  # noqa: PLC0415 -- needs the models

        note_sign_ins()
