"""The operator's commands: who signs in, and which keys open the API.

Whoever can run these holds the data and the key anyway, so nothing is asked. Secrets are printed
once, on standard output, and never logged.
"""

from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from staydown.assembly.starting import start
from staydown.casework.people import Role, Scope
from staydown.cli.serving import HOST, PORT
from staydown.errors import BadRequest
from staydown.settings import read_settings

if TYPE_CHECKING:
    from staydown.assembly.house import House

BASE_URL = f"http://{HOST}:{PORT}"


def add_person(
    name: str, *, role: Role = Role.REVIEWER, data: Path | None = None, base_url: str = BASE_URL
) -> None:
    """Let somebody sign in, and print a link that does so once, within 15 minutes.

    Parameters
    ----------
    name
        What they are called here.
    role
        reviewer: decides about found copies. lead: a reviewer who answers for the others.
        operator: runs the installation, and sees no case. auditor: reads the audit chain only.
    data
        The data folder.
    base_url
        Where they reach the pages.
    """
    house = _open(data)
    house.people.add(name, role)
    print(sign_in_link(house, name, base_url))


def invite_person(name: str, *, data: Path | None = None, base_url: str = BASE_URL) -> None:
    """Print a fresh one-time sign-in link for somebody who was added before.

    Parameters
    ----------
    name
        What they are called here.
    data
        The data folder.
    base_url
        Where they reach the pages.
    """
    print(sign_in_link(_open(data), name, base_url))


def set_password(name: str, *, data: Path | None = None) -> None:
    """Ask for a password with which somebody signs in from now on, instead of by link.

    Parameters
    ----------
    name
        What they are called here.
    data
        The data folder.
    """
    house = _open(data)
    password = getpass("Password (at least 12 characters): ")
    try:
        validate_password(password)
    except ValidationError as error:
        raise BadRequest("; ".join(error.messages)) from error
    house.people.set_password(name, password)


def remove_person(name: str, *, data: Path | None = None) -> None:
    """End somebody's role: they are signed out, and nothing signs them in again.

    Parameters
    ----------
    name
        What they are called here.
    data
        The data folder.
    """
    _open(data).people.remove(name)


def add_key(name: str, *, scope: list[Scope], data: Path | None = None) -> None:
    """Make an API key for the platform, and print it. It is shown this once.

    Parameters
    ----------
    name
        What the key is for; needed to revoke it.
    scope
        What it opens; repeat for several.
    data
        The data folder.
    """
    if not scope:
        raise BadRequest("scope: name at least one")
    print(_open(data).keys.make(name, frozenset(scope)))


def revoke_key(name: str, *, data: Path | None = None) -> None:
    """Make an API key open nothing any more, at once.

    Parameters
    ----------
    name
        What the key was made for.
    data
        The data folder.
    """
    _open(data).keys.revoke(name)


def sign_in_link(house: "House", name: str, base_url: str = BASE_URL) -> str:
    """A link that signs `name` in once, within 15 minutes. Raises NotFound."""
    return f"{base_url.rstrip('/')}/desk/sign-in?token={house.people.invite(name)}"


def _open(data: Path | None) -> "House":
    return start(read_settings(data=data))
