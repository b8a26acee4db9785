"""The operator's commands about the platform's webhook: its secret, and what never came."""

from pathlib import Path

from staydown.assembly.starting import start
from staydown.platform.webhooks import SECRET_BYTES, write_secret
from staydown.settings import read_settings


def renew_secret(*, data: Path | None = None) -> None:
    """Make a secret that signs webhooks, and print it. It is shown this once.

    The one before it signs as well until yet another is made, so that the platform can change over.

    Parameters
    ----------
    data
        The data folder.
    """
    house = start(read_settings(data=data))
    print(write_secret(house.webhook_secrets.renew(SECRET_BYTES)))


def list_undelivered(*, again: bool = False, data: Path | None = None) -> None:
    """Print the commands that never came, one a line, and are not tried any more.

    Parameters
    ----------
    again
        Try all of them again from now on.
    data
        The data folder.
    """
    house = start(read_settings(data=data))
    for command in house.deliveries.put_aside():
        issued = f"{command.issued_at:%Y-%m-%dT%H:%M:%SZ}"
        print(command.id, command.kind, issued, command.content_ref)
    if again:
        house.deliveries.try_again(house.clock.now())
