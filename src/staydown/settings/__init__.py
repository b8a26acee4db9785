"""Every choice of the operator, read once from the environment. The only module that reads it.

A setting is the variable `STAYDOWN_` and its name in capitals; the database is `DATABASE_URL`, as
everywhere. What is unset has its default; what cannot be read, or is not known, stops the program
rather than being passed over.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from staydown.digests import sha256
from staydown.errors import Misconfigured
from staydown.settings.choices import DECODERS as DECODERS
from staydown.settings.choices import NOTHING_CHOSEN
from staydown.settings.choices import Settings as Settings
from staydown.settings.colours import read_colour
from staydown.settings.words import (
    PREFIX as PREFIX,
)
from staydown.settings.words import (
    read,
    read_address,
    read_clause,
    read_count,
    read_exit,
    read_mail_server,
    read_names,
    read_networks,
    read_origins,
    read_regimes,
    read_sites,
    read_unscreened,
    read_yes_or_no,
    write,
)

READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "hosts": read_names,
        "is_behind_https": read_yes_or_no,
        "hold_hours": read_count,
        "hold_cap": read_count,
        "accounts_cap": read_count,
        "notices_a_day": read_count,
        "blocks_removed": read_yes_or_no,
        "on_unscreened": read_unscreened,
        "max_upload_bytes": read_count,
        "max_pixels": read_count,
        "threads": read_count,
        "requests_per_minute": read_count,
        "darkroom": Path,
        "decoders": read_count,
        "trusted_proxies": read_networks,
        "checkpoint_hours": read_count,
        "timestamp_url": read_address,
        "timestamp_certificates": Path,
        "regimes": read_regimes,
        "terms": read_clause,
        "terms_url": read_address,
        "appeal_months": read_count,
        "reveals_a_day": read_count,
        "reveal_seconds": read_count,
        "own_sites": read_sites,
        "name": read_clause,
        "contact": read_clause,
        "colour": read_colour,
        "exit_url": read_exit,
        "webhook": str,
        "site": read_address,
        "smtp": read_mail_server,
        "smtp_password_file": Path,
        "smtp_certificates": Path,
        "mail_from": str,
        "existing": str,
        "fetch_from": read_origins,
        "unsafe_fetch_networks": read_networks,
        "reveal_needs_code": read_yes_or_no,
        "unsafe_password_alone": read_yes_or_no,
        "unsafe_single_reviewer": read_yes_or_no,
    }
)
"""How each setting is read whose default is always the same."""

KEPT_BESIDE = MappingProxyType(
    {
        "session_key_file": "session",
        "checkpoint_key_file": "checkpoints",
        "ledger_file": "forgotten",
    }
)
"""Files that lie beside the master key unless they are named, by the ending of their name."""

FIELDS = tuple(field for field in fields(Settings) if field.name != "database_url")


def key_path_for(folder: Path, environ: Mapping[str, str] | None = None) -> Path:
    """Where the key to what lies in `folder` is kept, unless its owner says otherwise.

    In the user's configuration folder, so that neither a copy of `folder` nor one of what lies
    around it takes the key along: `$XDG_CONFIG_HOME/staydown/`, or else `~/.config/staydown/` (XDG
    Base Directory Specification). The name tells which folder it is for: `data-` and 12 hexadecimal
    digits of the SHA-256 of the folder's full path. Raises Misconfigured if there is no home.
    """
    given = os.environ if environ is None else environ  # noqa: TID251 -- the one place that may
    full = folder.resolve()
    digits = sha256(os.fsencode(full))[:12]
    return _configuration_folder(given) / "staydown" / f"{full.name}-{digits}.key"


def _configuration_folder(given: Mapping[str, str]) -> Path:
    """Relative paths do not count (XDG Base Directory Specification, "Environment variables")."""
    for root, below in ((given.get("XDG_CONFIG_HOME", ""), ""), (given.get("HOME", ""), ".config")):
        if Path(root).is_absolute():
            return Path(root, below)
    raise Misconfigured(
        "there is no home folder to keep a key in: set HOME or XDG_CONFIG_HOME, or name the file "
        f"in {PREFIX}KEY_FILE"
    )


def read_settings(
    environ: Mapping[str, str] | None = None, *, data: Path | None = None
) -> Settings:
    """The settings in `environ`, or in this process's; `data` goes before the folder named there.

    Raises Misconfigured, naming what is wrong.
    """
    given = os.environ if environ is None else environ  # noqa: TID251 -- the one place that may
    _refuse_unknown(given)
    folder = (data or read(given, "data", Path, NOTHING_CHOSEN.data)).resolve()
    key_file = (read(given, "key_file", Path, None) or key_path_for(folder, given)).resolve()
    beside: dict[str, Any] = {
        name: read(given, name, Path, key_file.with_name(f"{key_file.name}.{ending}")).resolve()
        for name, ending in KEPT_BESIDE.items()
    }
    chosen: dict[str, Any] = {
        name: read(given, name, reader, getattr(NOTHING_CHOSEN, name))
        for name, reader in READERS.items()
    }
    database = given.get("DATABASE_URL", NOTHING_CHOSEN.database_url)
    return replace(
        NOTHING_CHOSEN, data=folder, key_file=key_file, database_url=database, **beside, **chosen
    )


def read_darkroom(environ: Mapping[str, str] | None = None) -> Path | None:
    """Where locked processes open pictures, for commands that need no other setting."""
    given = os.environ if environ is None else environ  # noqa: TID251 -- the one place that may
    return read(given, "darkroom", Path, None)


def adopt(settings: Settings, *, django_module: str) -> None:
    """Make these the settings of this process, of Django in it, and of those it starts."""
    values = {f"{PREFIX}{field.name.upper()}": getattr(settings, field.name) for field in FIELDS}
    written = {name: write(value) for name, value in values.items() if value is not None}
    names = {"DATABASE_URL": settings.database_url, "DJANGO_SETTINGS_MODULE": django_module}
    os.environ.update({**written, **names})  # noqa: TID251 -- the one place that may


def _refuse_unknown(given: Mapping[str, str]) -> None:
    """A setting that is misspelt must not be taken for one that is unset."""
    known = {f"{PREFIX}{field.name.upper()}" for field in FIELDS}
    if unknown := sorted(name for name in given if name.startswith(PREFIX) and name not in known):
        raise Misconfigured(f"unknown settings: {', '.join(unknown)}")
