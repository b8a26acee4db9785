"""The platform's webhook, by the operator's settings."""

from typing import Final

from staydown.assembly.existing import networks_of
from staydown.errors import Misconfigured, NotFetched
from staydown.fetch.bounds import Bounds
from staydown.fetch.fetcher import Fetcher
from staydown.fetch.places import Origin, read_place
from staydown.platform.webhooks import Webhook
from staydown.settings import PREFIX, Settings
from staydown.storage.deliveries import DatabaseWebhookSecrets

PATIENCE: Final = Bounds(max_seconds=20, grace_seconds=10)
"""For the platform to take a command down; carrying it out may take longer."""


def open_webhook(settings: Settings, secrets: DatabaseWebhookSecrets) -> Webhook | None:
    """The webhook; None if none was named. Raises Misconfigured for an address that is none.

    Naming it allows its origin, for this and for nothing else.
    """
    if not settings.webhook:
        return None
    try:
        place = read_place(settings.webhook)
    except NotFetched as error:
        raise Misconfigured(f"{PREFIX}WEBHOOK: {error}") from None
    origin = Origin(scheme=place.scheme, host=place.host, port=place.port)
    fetcher = Fetcher(allowed=(origin,), ours=networks_of(settings), bounds=PATIENCE)
    return Webhook(address=settings.webhook, post=fetcher.post, secrets=secrets.current)
