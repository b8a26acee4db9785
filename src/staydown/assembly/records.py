"""Looks over the records of an installation, by reading only: needs Django set up.

It opens no picture and no words: one data key is unwrapped, and not used.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from staydown.assembly.master_key import read_master_key
from staydown.assembly.observations import Observation, note, sound, unsound
from staydown.clock import Clock, SystemClock
from staydown.errors import Misconfigured, SealBroken
from staydown.settings import Settings
from staydown.storage.cases import overdue_copies
from staydown.storage.commands import DatabaseCommands
from staydown.storage.deliveries import DatabaseDeliveries, holds_webhook_secret
from staydown.storage.journal import DatabaseJournal
from staydown.storage.looking_back import look_at_notes
from staydown.storage.outbox import DatabaseOutbox
from staydown.storage.traces import owed
from staydown.storage.vault import holds_sealed

PATIENCE = timedelta(minutes=10)
"""How late jobs may be before nobody seems to do them."""
LONG_OPEN = timedelta(hours=1)
"""How long a command may stay open before the operator should ask the platform."""
FULL = 2
"""`PRAGMA synchronous`: every commit reaches the disk."""
IS_IT_RUNNING = "is `staydown serve` running? its log names what fails"


def look_at_records(settings: Settings, clock: Clock | None = None) -> Iterator[Observation]:
    """Everything there is to see in the database, as far as it can be reached."""
    try:
        connection.ensure_connection()
        waiting = tables_to_change()
    except DatabaseError as error:
        mend = "is it running, and DATABASE_URL right?"
        yield unsound("database", f"it cannot be reached ({type(error).__name__})", mend)
        return
    if waiting:
        mend = "start `staydown serve` once: it brings the tables up to date"
        yield unsound("database", f"{waiting} changes to its tables wait", mend)
        return
    now = (clock or SystemClock()).now()
    yield look_at_durability()
    yield look_at_seals(settings)
    yield look_at_traces()
    yield look_at_chain()
    yield look_at_jobs(now)
    yield look_at_commands(now)
    if settings.webhook:
        yield look_at_webhook()
    if settings.existing:
        yield look_at_looking_back()


def tables_to_change() -> int:
    """How many migrations were not applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def look_at_durability() -> Observation:
    """Does what was acknowledged survive a power cut?"""
    if connection.vendor == "sqlite":
        if ask("PRAGMA journal_mode") != "wal" or ask("PRAGMA synchronous") != FULL:
            mend = "start the server, which sets it right"
            return unsound("database", "SQLite may lose what it acknowledged", mend)
        return sound("database", "SQLite, write-ahead, every commit on the disk")
    if ask("SHOW synchronous_commit") == "off":
        return unsound("database", "PostgreSQL may lose commits", "set synchronous_commit = on")
    return sound("database", "PostgreSQL, every commit on the disk")


def ask(question: str) -> object:
    """The one value that the database answers with."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        [value] = cursor.fetchone()
        return value


def look_at_seals(settings: Settings) -> Observation:
    """Does the master key open what is sealed?"""
    try:
        read_master_key(settings.key_file)
    except Misconfigured as error:
        return unsound("seals", str(error), "without the right key everything sealed stays shut")
    if not holds_sealed():
        return sound("seals", "nothing is sealed yet")
    return sound("seals", "the master key opens what is sealed")


def look_at_traces() -> Observation:
    """Are destroyed keys out of the write-ahead log too?"""
    left = owed()
    if not left.erasures:
        return sound("destroyed keys", "none is left in the write-ahead log")
    seen = f"{left.erasures} may be left in the write-ahead log; tried {left.tries} times"
    return note("destroyed keys", seen, "does a backup, or another program, read the database?")


def look_at_chain() -> Observation:
    """Is the audit chain whole?"""
    try:
        intact = DatabaseJournal().verify()
    except SealBroken as error:
        mend = "keep a copy as it is, restore a backup, and find out who was at the database"
        return unsound("audit chain", str(error), mend)
    return sound("audit chain", f"whole: {intact.length} entries")


def look_at_jobs(now: datetime) -> Observation:
    """Is what was decided done, and do holds end when they should?"""
    outbox = DatabaseOutbox()
    late, holds = len(outbox.due(now - PATIENCE)), len(overdue_copies(now - PATIENCE))
    if late or holds:
        seen = f"overdue: {late} effects of decisions, {holds} holds to be ended"
        return unsound("jobs", seen, IS_IT_RUNNING)
    if failing := outbox.failing():
        return note("jobs", f"{failing} effects failed and are tried again", IS_IT_RUNNING)
    return sound("jobs", "nothing is overdue")


def look_at_commands(now: datetime) -> Observation:
    """Does the platform do what it is asked?"""
    issued = [command.issued_at for command in DatabaseCommands().open_commands()]
    old = [at for at in issued if at <= now - LONG_OPEN]
    if old:
        seen = f"{len(old)} were never acknowledged, the oldest of {min(old):%d.%m.%Y %H:%M} UTC"
        return note("commands", seen, "does the platform ask GET /v1/commands, and acknowledge?")
    return sound("commands", f"{len(issued)} open, none for long")


def look_at_webhook() -> Observation:
    """Is the platform told of its commands?"""
    if not holds_webhook_secret():
        mend = "staydown webhook secret makes one: give it to the platform"
        return unsound("webhook", "it has no secret, so nothing is told", mend)
    aside = len(DatabaseDeliveries().put_aside())
    if aside:
        mend = "staydown webhook undelivered lists them, and --again tries them again"
        return note("webhook", f"{aside} commands never came, and are not tried any more", mend)
    return sound("webhook", "every command came, or is tried again")


def look_at_looking_back() -> Observation:
    """Can what the platform shows already be had, and is it looked through?"""
    notes = look_at_notes()
    if notes.attempts:
        seen = f"what is public could not be had; tried {notes.attempts} times"
        return note("looking back", seen, "does STAYDOWN_EXISTING answer? the log says why not")
    if notes.rounds:
        return sound("looking back", "what is public is being looked through")
    seen = f"all that is public was looked through; {notes.unread_before} could not be opened"
    return sound("looking back", seen)
