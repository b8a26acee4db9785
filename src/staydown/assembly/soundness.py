"""Looks an installation over: program, choices, folder, keys, and the database.

It makes nothing and mends nothing. That everything is ok shows that nothing known is wrong.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from staydown.assembly.locks import look_at_darkroom, look_at_locks
from staydown.assembly.observations import Observation, note, sound, unsound
from staydown.assembly.session_key import open_session_key
from staydown.assembly.starting import set_up
from staydown.engine.calibration import calibration
from staydown.engine.pdq import DihedralHashes, hash_pixels
from staydown.engine.pictures import Pixels, encode_png, open_picture
from staydown.errors import Misconfigured, StaydownError
from staydown.policy.library import shipped
from staydown.policy.marks import Mark
from staydown.sealing.key_file import read_key_file
from staydown.sealing.signing import read_signing_key
from staydown.settings import PREFIX, Settings

OLDEST_PYTHON = (3, 12)
PDQ_OF_TEST_CARD = "c9895310c06c83db9f7b11fd23ffaff5af2abf137640ae30ece057e03f002c00"
"""What the reference implementation says of `draw_test_card`."""
SQLITE_FORMAT = slice(18, 20)
SQLITE_WAL = b"\x02\x02"
"""Write and read version of a database in write-ahead mode (SQLite file format §1.3.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that is kept in a file: the setting that says where, and what reads it.

    One that `can_be_made_again` is no loss.
    """

    about: str
    variable: str
    path: Path
    read: Callable[[Path], object]
    can_be_made_again: bool = False


def keys_of(settings: Settings) -> tuple[Key, ...]:
    """The keys of an installation."""
    return (
        Key(
            about="master key",
            variable=f"{PREFIX}KEY_FILE",
            path=settings.key_file,
            read=read_key_file,
        ),
        Key(
            about="session key",
            variable=f"{PREFIX}SESSION_KEY_FILE",
            path=settings.session_key_file,
            read=open_session_key,
            can_be_made_again=True,
        ),
        Key(
            about="checkpoint key",
            variable=f"{PREFIX}CHECKPOINT_KEY_FILE",
            path=settings.checkpoint_key_file,
            read=read_signing_key,
        ),
    )


def examine(settings: Settings) -> Iterator[Observation]:
    """Everything there is to see, from the program up to the records in the database."""
    yield look_at_python(sys.version_info[:2])
    yield look_at_engine()
    yield look_at_locks()
    yield look_at_darkroom(draw_test_card())
    yield from look_at_choices(settings)
    yield look_at_law(settings)
    if not has_begun(settings):
        yield unsound(
            "installation",
            f"nothing has begun in {settings.data} yet, and that is all right",
            f"start it once: staydown serve --data {settings.data}",
        )
        return
    yield look_at_folder(settings.data)
    for key in keys_of(settings):
        yield look_at_key(key, settings.data)
    yield from look_at_database(settings)


def has_begun(settings: Settings) -> bool:
    """Whether the server was ever started over this data folder."""
    return settings.data.is_dir() and (bool(settings.database_url) or settings.sqlite_file.exists())


def look_at_python(version: tuple[int, ...]) -> Observation:
    """Is it new enough?"""
    found = f"Python {'.'.join(map(str, version))}"
    if version < OLDEST_PYTHON:
        return unsound("python", found, "needs Python 3.12 or newer: see tools/bootstrap")
    return sound("python", found)


def draw_test_card() -> Pixels:
    """A small picture of curves, (96, 128, 3), the same everywhere."""
    row, column = np.indices((96, 128))
    curves = (row * row // 9 + column * column // 13 + row * column // 7) % 256
    return np.stack([curves, (curves * 3 + row) % 256, 255 - curves], axis=2).astype(np.uint8)


def look_at_engine() -> Observation:
    """Does it open a picture, see in it what it should, and know its thresholds?"""
    mend = "install it again as it was locked: make setup"
    try:
        seen = hash_pixels(open_picture(encode_png(draw_test_card())).pixels)
        calibration()
    except (StaydownError, ArithmeticError, LookupError, OSError, TypeError, ValueError) as error:
        return unsound("engine", f"it failed at a test card: {type(error).__name__}", mend)
    if not isinstance(seen, DihedralHashes) or str(seen.upright) != PDQ_OF_TEST_CARD:
        return unsound("engine", "it sees something else in a test card than it should", mend)
    return sound("engine", "opens a test card, knows its PDQ, and has its thresholds")


def look_at_choices(settings: Settings) -> Iterator[Observation]:
    """Is any choice unsafe?"""
    unsafe = [
        f"{PREFIX}{field.name.upper()}"
        for field in fields(settings)
        if field.name.startswith("unsafe_") and getattr(settings, field.name)
    ]
    for name in unsafe:
        yield unsound(
            "settings", f"{name} is set", "unset it: docs/operating.md says whom it harms"
        )
    if not unsafe:
        yield sound("settings", "nothing unsafe is set")


def look_at_law(settings: Settings) -> Observation:
    """Did the operator say which laws bind them, and how sure are the packs of those?"""
    packs = [pack for pack in shipped().all() if pack.regime in settings.regimes]
    if not packs:
        mend = f"{PREFIX}REGIMES: docs/law.md lists the laws; until then no deadline is counted"
        return note("law", "no law is chosen", mend)
    unverified = sum(len(pack.marked(Mark.UNVERIFIED)) for pack in packs)
    secondary = sum(len(pack.marked(Mark.SECONDARY)) for pack in packs)
    seen = (
        f"{', '.join(settings.regimes)}: {unverified} values not verified, {secondary} second-hand"
    )
    return note("law", seen, "have a lawyer look at them: staydown policy show")


def look_at_folder(data: Path) -> Observation:
    """Can the server write there?"""
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        mend = "give it to the user who runs the server"
        return unsound("data folder", f"{data} cannot be written by this user", mend)
    return sound("data folder", str(data))


def look_at_key(key: Key, data: Path) -> Observation:
    """Is it there, well kept, and apart from what it opens?"""
    mend = f"say in {key.variable} where it is"
    if not key.path.exists() and key.can_be_made_again:
        return note(key.about, "it is made when the server starts, and everybody signs in again")
    if not key.path.exists():
        return unsound(key.about, f"it is not at {key.path}", f"put it back, or {mend}")
    if key.path.parent == data.parent or data in key.path.parents:
        seen = f"{key.path} lies with the data: who copies one has both"
        return unsound(key.about, seen, f"move it away, and {mend}")
    try:
        key.read(key.path)
    except Misconfigured as error:
        return unsound(key.about, str(error), "see docs/operating.md, Keys")
    return sound(key.about, str(key.path))


def look_at_database(settings: Settings) -> Iterator[Observation]:
    """Is it kept as it should be, and are the records in it?"""
    if not settings.database_url:
        with settings.sqlite_file.open("rb") as file:
            if file.read(20)[SQLITE_FORMAT] != SQLITE_WAL:
                mend = "nobody else may open it: start the server, which sets it right"
                yield unsound("database", "SQLite is not in write-ahead mode", mend)
                return
    set_up(settings)
    from staydown.assembly.records import look_at_records  # noqa: PLC0415 -- needs Django set up

    yield from look_at_records(settings)
