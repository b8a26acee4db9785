"""Every choice of the operator, read once from the environment. The only module that reads it.

A setting is the variable `STAYDOWN_` and its name in capitals; the database is `DATABASE_URL`, as
everywhere. What is unset has the default below; what cannot be read, or is not known, stops the
program rather than being passed over.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from pathlib import Path

from staydown.casework.rules import Action, Rules
from staydown.digests import sha256
from staydown.engine.pictures import Limits
from staydown.errors import Misconfigured
from staydown.policy.library import Law
from staydown.policy.packs import RegimeId
from staydown.settings.words import (
    PREFIX as PREFIX,
)
from staydown.settings.words import (
    read,
    read_address,
    read_clause,
    read_count,
    read_names,
    read_networks,
    read_origins,
    read_regimes,
    read_unscreened,
    read_yes_or_no,
    write,
)

DECODERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The operator's choices."""

    data: Path
    """The data folder: the database, and nothing that opens it. Default `data`."""

    key_file: Path
    """The master key. Default: in the user's configuration folder; never with the data."""

    session_key_file: Path
    """Signs sessions and forms. Default: beside the master key, `<key file>.session`."""

    checkpoint_key_file: Path
    """Signs checkpoints of the audit chain. Default: beside it, `<key file>.checkpoints`."""

    ledger_file: Path
    """Ids of what was forgotten, for restores to honour. Default: `<key file>.forgotten`."""

    database_url: str = ""
    """`postgresql://user:password@host/name`; empty means SQLite in the data folder."""

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    """Host names under which the pages answer, separated by commas."""

    is_behind_https: bool = False
    """Whether visitors arrive by HTTPS, ended at a proxy: cookies then never travel without it."""

    hold_hours: int = 48
    """Hours that an entry no reviewer confirmed may hold a copy."""

    hold_cap: int = 20
    """Different pictures that an entry no reviewer confirmed may hold, and how often each."""

    blocks_removed: bool = True
    """Whether a confirmed removed picture is stopped by itself; otherwise it is held again."""

    on_unscreened: Action = Action.UNSCREENED
    """The answer for a picture that cannot be compared: `unscreened`, or `publish`."""

    max_upload_bytes: int = 40_000_000
    """Largest picture accepted, in bytes."""

    max_pixels: int = 100_000_000
    """Largest picture accepted, in pixels."""

    threads: int = 4
    """Requests worked on at the same time; those that are still coming in occupy none."""

    requests_per_minute: int = 1_200
    """Requests that may be made with one key in a minute; a minute's worth may come at once."""

    darkroom: Path | None = None
    """Where locked processes open pictures. `staydown serve` starts them itself, and says where."""

    decoders: int = DECODERS
    """Pictures opened at the same time, each in a locked process of its own."""

    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of our own proxies, separated by commas: X-Forwarded-For counts."""

    checkpoint_hours: int = 1
    """Hours until the audit chain, if it grew, gets another signed checkpoint."""

    timestamp_url: str = ""
    """A timestamp authority (RFC 3161) that is asked about each checkpoint; empty means none."""

    timestamp_certificates: Path | None = None
    """A file with the root certificates, in PEM, by which that authority is believed."""
    regimes: tuple[RegimeId, ...] = ()
    """Laws that bind the operator, by the names in docs/law.md, separated by commas."""

    terms: str = ""
    """The clause of your terms that posters are told, such as `Community rules, section 4`."""

    appeal_months: int = 6
    """Months in which either side may appeal, where no law leaves more time."""
    webhook: str = ""
    """The platform's address for commands, which are told there as signed webhooks."""

    existing: str = ""
    """What the platform shows already: a folder, or the address of a list of it."""

    fetch_from: tuple[str, ...] = ()
    """Where alone pictures may be fetched from: `https://media.example`, by commas, or with a dot
    before the name for all below as well."""

    unsafe_fetch_networks: tuple[str, ...] = ()
    """Networks of our own that those names may lead to, though the world cannot reach them.

    Harms everybody whose secrets lie there, should a name be made to lead elsewhere in them.
    """

    unsafe_single_reviewer: bool = False
    """One reviewer confirms their own removal.

    Harms people whom one reviewer's mistake silences.
    """

    @property
    def sqlite_file(self) -> Path:
        """Where the database lies, if no other is named."""
        return self.data / "staydown.sqlite3"

    @property
    def rules(self) -> Rules:
        """What casework needs to know of them."""
        return Rules(
            hold_for=timedelta(hours=self.hold_hours),
            hold_cap=self.hold_cap,
            blocks_removed=self.blocks_removed,
            on_unscreened=self.on_unscreened,
            law=Law(regimes=self.regimes),
            terms=self.terms,
            appeal_months=self.appeal_months,
            unsafe_single_reviewer=self.unsafe_single_reviewer,
        )

    @property
    def limits(self) -> Limits:
        """What may be opened."""
        return Limits(max_bytes=self.max_upload_bytes, max_pixels=self.max_pixels)


NOWHERE = Path()
NOTHING_CHOSEN = Settings(
    data=Path("data"),
    key_file=NOWHERE,
    session_key_file=NOWHERE,
    checkpoint_key_file=NOWHERE,
    ledger_file=NOWHERE,
)
"""The defaults. Where the keys are follows from the data folder, once that is known."""

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
    default = NOTHING_CHOSEN
    folder = (data or read(given, "data", Path, default.data)).resolve()
    key_file = (read(given, "key_file", Path, None) or key_path_for(folder, given)).resolve()
    session_key = key_file.with_name(f"{key_file.name}.session")
    chosen = Settings(
        data=folder,
        key_file=key_file,
        session_key_file=read(given, "session_key_file", Path, session_key).resolve(),
        checkpoint_key_file=default.checkpoint_key_file,
        ledger_file=default.ledger_file,
        database_url=given.get("DATABASE_URL", default.database_url),
        hosts=read(given, "hosts", read_names, default.hosts),
        is_behind_https=read(given, "is_behind_https", read_yes_or_no, default.is_behind_https),
        hold_hours=read(given, "hold_hours", read_count, default.hold_hours),
        hold_cap=read(given, "hold_cap", read_count, default.hold_cap),
        blocks_removed=read(given, "blocks_removed", read_yes_or_no, default.blocks_removed),
        on_unscreened=read(given, "on_unscreened", read_unscreened, default.on_unscreened),
        max_upload_bytes=read(given, "max_upload_bytes", read_count, default.max_upload_bytes),
        max_pixels=read(given, "max_pixels", read_count, default.max_pixels),
        threads=read(given, "threads", read_count, default.threads),
        requests_per_minute=read(
            given, "requests_per_minute", read_count, default.requests_per_minute
        ),
        darkroom=read(given, "darkroom", Path, default.darkroom),
        decoders=read(given, "decoders", read_count, default.decoders),
        trusted_proxies=read(given, "trusted_proxies", read_networks, default.trusted_proxies),
        unsafe_single_reviewer=read(
            given, "unsafe_single_reviewer", read_yes_or_no, default.unsafe_single_reviewer
        ),
    )
    return _with_law(_with_reach(_with_witnesses(chosen, given), given), given)


def _with_law(chosen: Settings, given: Mapping[str, str]) -> Settings:
    """With the choices about the law, and the operator's own terms."""
    return replace(
        chosen,
        regimes=read(given, "regimes", read_regimes, chosen.regimes),
        terms=read(given, "terms", read_clause, chosen.terms),
        appeal_months=read(given, "appeal_months", read_count, chosen.appeal_months),
    )


def _with_witnesses(chosen: Settings, given: Mapping[str, str]) -> Settings:
    """With the choices about who vouches for the audit chain, and for what was forgotten."""
    key = chosen.key_file.with_name(f"{chosen.key_file.name}.checkpoints")
    ledger = chosen.key_file.with_name(f"{chosen.key_file.name}.forgotten")
    return replace(
        chosen,
        ledger_file=read(given, "ledger_file", Path, ledger).resolve(),
        checkpoint_key_file=read(given, "checkpoint_key_file", Path, key).resolve(),
        checkpoint_hours=read(given, "checkpoint_hours", read_count, chosen.checkpoint_hours),
        timestamp_url=read(given, "timestamp_url", read_address, chosen.timestamp_url),
        timestamp_certificates=read(
            given, "timestamp_certificates", Path, chosen.timestamp_certificates
        ),
    )


def _with_reach(chosen: Settings, given: Mapping[str, str]) -> Settings:
    """The settings with those about what lies elsewhere."""
    ours = read(given, "unsafe_fetch_networks", read_networks, chosen.unsafe_fetch_networks)
    return replace(
        chosen,
        webhook=read(given, "webhook", str, chosen.webhook),
        existing=read(given, "existing", str, chosen.existing),
        fetch_from=read(given, "fetch_from", read_origins, chosen.fetch_from),
        unsafe_fetch_networks=ours,
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
