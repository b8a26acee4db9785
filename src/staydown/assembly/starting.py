"""Starting up: Django is told where everything is, the database is brought up to date.

Models can be imported only once Django is set up, so this module imports the house late, and
whoever needs no more than its type imports it for type checking alone.
"""

from typing import TYPE_CHECKING

import django
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections

from staydown.settings import Settings, adopt

if TYPE_CHECKING:
    from staydown.assembly.house import House

SETTINGS_MODULE = "staydown.assembly.django_settings"


def set_up(settings: Settings) -> None:
    """Have Django use these settings, in this process and those it starts: the first ones count."""
    if not django_settings.configured:
        adopt(settings, django_module=SETTINGS_MODULE)
        django.setup()


def start(settings: Settings) -> "House":
    """Set up, make the data folder and bring the database up to date; then `enter`."""
    set_up(settings)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()  # a process started from here must not share them
    return enter(settings)


def enter(settings: Settings) -> "House":
    """Set up, and the house over a database that is up to date."""
    set_up(settings)
    from staydown.assembly.house import current_house  # noqa: PLC0415 -- needs Django set up

    return current_house()
