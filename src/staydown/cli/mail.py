"""The operator's commands about mail: what never came, and whether the server takes any."""

from pathlib import Path

from staydown.assembly.mailing import open_mailer
from staydown.assembly.starting import start
from staydown.casework.writing import Mail, Posted
from staydown.clock import SystemClock
from staydown.digests import sha256
from staydown.errors import BadRequest, NotSent
from staydown.ids import new_secret
from staydown.settings import read_settings


def list_unsent(*, again: bool = False, data: Path | None = None) -> None:
    """Print the cases whose notifiers could not be written to, one a line; no address.

    Parameters
    ----------
    again
        Try all of them again from now on.
    data
        The data folder.
    """
    house = start(read_settings(data=data))
    for mail in house.mails.put_aside():
        print(mail.case, f"{mail.owed_at:%Y-%m-%dT%H:%M:%SZ}")
    if again:
        house.mails.try_again(house.clock.now())


def send_trial(to: str, /, *, data: Path | None = None) -> int:
    """Send the letter that notifiers get to an address of yours. 1 if it was not taken.

    Parameters
    ----------
    to
        An address.
    data
        The data folder.
    """
    mailer = open_mailer(read_settings(data=data))
    if mailer is None:
        raise BadRequest("no mail server is named: set STAYDOWN_SMTP")
    try:
        name = sha256(new_secret().encode())
        posted = mailer.send(Mail(to=to, name=name, at=SystemClock().now()))
    except NotSent as error:
        print(error)
        return 1
    print("taken" if posted is Posted.TAKEN else "refused for good")
    return 0 if posted is Posted.TAKEN else 1
