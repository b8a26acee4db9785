"""What an ASGI server runs, with the settings in the environment; `staydown serve` runs it too."""

from django.db import DatabaseError, close_old_connections

from staydown.assembly.arriving import FORM_SLACK_BYTES, Pace
from staydown.assembly.callers import Callers
from staydown.assembly.front import Front
from staydown.assembly.hall import open_hall
from staydown.assembly.house import current_house
from staydown.assembly.rates import Rates
from staydown.assembly.wsgi import application as behind
from staydown.ids import ActorId
from staydown.settings import read_settings


def look_up_key(secret: str) -> ActorId | None:
    """Who holds it, by the database. None also while that is away: doors say so themselves."""
    try:
        return current_house().keys.holder(secret)
    except DatabaseError:
        return None
    finally:
        close_old_connections()


settings = read_settings()
application = Front(
    application=behind,
    pace=Pace(max_bytes=settings.max_upload_bytes + FORM_SLACK_BYTES),
    hall=open_hall(settings.threads),
    rates=Rates(per_minute=settings.requests_per_minute),
    callers=Callers(whose=look_up_key, trusted_proxies=settings.trusted_proxies),
)
