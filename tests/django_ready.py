"""Importing this sets Django up, once in a process, over a data folder that nobody else knows.

What imports models must come after it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from staydown.assembly.starting import start
from staydown.settings import read_settings

FOLDER = Path(tempfile.mkdtemp(prefix="staydown-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

start(
    read_settings(
        {
            "STAYDOWN_DATA": str(FOLDER / "data"),
            "XDG_CONFIG_HOME": str(FOLDER / "config"),
            "DATABASE_URL": os.environ["DATABASE_URL"],  # noqa: TID251 -- what conftest made of it
        }
    )
)


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own way with one round instead of a million: only tests sign in by the hundred."""

    algorithm = "pbkdf2_in_tests"
    iterations = 1


settings.PASSWORD_HASHERS = [f"{__name__}.{QuickHasher.__name__}"]
