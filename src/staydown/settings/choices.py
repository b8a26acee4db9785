"""The operator's choices as values, each with its default and what it means."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from staydown.casework.rules import Action, Rules
from staydown.engine.pictures import Limits
from staydown.policy.library import Law
from staydown.policy.packs import RegimeId

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

    accounts_cap: int = 10
    """Accounts whose uploads such an entry may hold, before it holds nothing until confirmed."""

    notices_a_day: int = 20
    """Notices from one address in a day whose photographs may hold before a reviewer looked."""

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

    terms_url: str = ""
    """Where your terms can be read; it goes into records for the DSA Transparency Database."""

    appeal_months: int = 6
    """Months in which either side may appeal, where no law leaves more time."""

    reveals_a_day: int = 30
    """Covers that one reviewer may look under within a day."""

    reveal_seconds: int = 10
    """Seconds after which a picture without its cover is gone again."""

    own_sites: tuple[str, ...] = ()
    """Host names of your platform, by commas, each with all below it: links elsewhere are told."""

    name: str = ""
    """What your site calls itself on the pages for the person shown; one that says nothing."""

    contact: str = ""
    """How people reach you who cannot use these pages: an address, a telephone number."""

    colour: str = ""
    """The colour of links and buttons on those pages, such as `#1c5650`."""

    exit_url: str = "https://www.bbc.com/weather"
    """Where “Leave this page” leads: a page that anybody might look at, and nothing else."""

    webhook: str = ""
    """The platform's address for commands, which are told there as signed webhooks."""

    site: str = ""
    """The address under which people find these pages, such as `https://report.forum.example`."""

    smtp: str = ""
    """A mail server, as `smtp://user@host:587` or `smtps://`; empty: nobody is written to."""

    smtp_password_file: Path | None = None
    """A file with the password of that user."""

    smtp_certificates: Path | None = None
    """A file with the root certificates, in PEM, by which that server is believed."""

    mail_from: str = ""
    """The address that mail comes from; choose one whose name says nothing."""

    existing: str = ""
    """What the platform shows already: a folder, or the address of a list of it."""

    fetch_from: tuple[str, ...] = ()
    """Where alone pictures may be fetched from: `https://media.example`, by commas, or with a dot
    before the name for all below as well."""

    unsafe_fetch_networks: tuple[str, ...] = ()
    """Networks of our own that those names may lead to, though the world cannot reach them.

    Harms everybody whose secrets lie there, should a name be made to lead elsewhere in them.
    """

    reveal_needs_code: bool = False
    """Whoever looks under a cover types a code of their authenticator first."""

    unsafe_password_alone: bool = False
    """A password signs in without a code of an authenticator.

    Harms everybody in the cases, should a reviewer's password become known.
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
            accounts_cap=self.accounts_cap,
            blocks_removed=self.blocks_removed,
            on_unscreened=self.on_unscreened,
            law=Law(regimes=self.regimes),
            terms=self.terms,
            terms_url=self.terms_url,
            appeal_months=self.appeal_months,
            reveals_a_day=self.reveals_a_day,
            reveal_for=timedelta(seconds=self.reveal_seconds),
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
