"""Looks over the records of an installation, by reading only: needs Django set up.

It opens no picture and no words: one data key is unwrapped, and not used.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from staydown.assembly.master_key import find_masters
from staydown.assembly.observations import Observation, note, sound, unsound
from staydown.casework.deadlines import standing
from staydown.clock import Clock, SystemClock
from staydown.errors import Misconfigured, SealBroken
from staydown.sealing.masters import next_path
from staydown.settings import PREFIX, Settings
from staydown.storage.cases import overdue_copies, running_cases
from staydown.storage.checkpoints import DatabaseCheckpoints
from staydown.storage.commands import DatabaseCommands
from staydown.storage.deliveries import DatabaseDeliveries, holds_webhook_secret
from staydown.storage.journal import DatabaseJournal
from staydown.storage.looking_back import look_at_notes
from staydown.storage.outbox import DatabaseOutbox
from staydown.storage.tombstones import waiting_tombstones
from staydown.storage.traces import owed
from staydown.storage.vault import holds_sealed

PATIENCE = timedelta(minutes=10)
"""How late jobs may be before nobody seems to do them."""
LONG_OPEN = timedelta(hours=1)
"""How long a command may stay open before the operator should ask the platform."""
UNSTAMPED = timedelta(days=1)
"""How long a checkpoint may be without a timestamp before the operator should ask why."""
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
    yield look_at_checkpoints(settings, now)
    yield look_at_ledger(settings)
    yield look_at_jobs(now)
    yield look_at_commands(now)
    yield look_at_deadlines(now)
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
        find_masters(settings.key_file)
    except Misconfigured as error:
        return unsound("seals", str(error), "without the right key everything sealed stays shut")
    if next_path(settings.key_file).exists():
        mend = "run `staydown keys rotate` again: it goes on where it was"
        return note("seals", "the master key is being exchanged", mend)
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


def look_at_checkpoints(settings: Settings, now: datetime) -> Observation:
    """Can somebody else see that the chain was not rewritten?"""
    shelf = DatabaseCheckpoints()
    last = shelf.last_made_at()
    if last is None:
        return note("checkpoints", "none was made yet", IS_IT_RUNNING)
    try:
        for each in shelf.all():
            each.signed.check()
    except SealBroken as error:
        mend = "compare with those that somebody else holds, and find out who was at the database"
        return unsound("checkpoints", str(error), mend)
    if not settings.timestamp_url:
        mend = f"name an authority in {PREFIX}TIMESTAMP_URL, or hand exports to somebody else"
        return note("checkpoints", "nobody but ourselves vouches for them", mend)
    since = shelf.unstamped_since()
    if since is not None and now - since > UNSTAMPED:
        seen = f"without a timestamp since {since:%d.%m.%Y %H:%M} UTC"
        return note("checkpoints", seen, "does the authority answer? the log of jobs says why not")
    return sound("checkpoints", f"the last of {last:%d.%m.%Y %H:%M} UTC, timestamped")


def look_at_ledger(settings: Settings) -> Observation:
    """Would a restore know what was forgotten?"""
    if waiting := len(waiting_tombstones()):
        seen = f"{waiting} or more of what was forgotten are not in {settings.ledger_file} yet"
        return note("ledger", seen, IS_IT_RUNNING)
    return sound("ledger", f"{settings.ledger_file} has all that was forgotten")


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


def look_at_deadlines(now: datetime) -> Observation:
    """Is anything that a law wants done past its time?"""
    stands = [one for case in running_cases() if (one := standing(case, now))]
    missed = [one for one in stands if one.is_missed]
    if missed:
        seen = f"{len(missed)} of {len(stands)} that run are past their time"
        return note("deadlines", seen, "staydown deadlines lists them; is somebody at the desk?")
    return sound("deadlines", f"{len(stands)} run, none past its time")


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
