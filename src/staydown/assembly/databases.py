"""Which database, and how it is opened: SQLite in the data folder, or PostgreSQL by its URL.

What was acknowledged must survive a power cut, so every commit reaches the disk
(`synchronous=FULL`), and what was destroyed must not linger in free pages (`secure_delete`).
"""

from urllib.parse import parse_qsl, unquote, urlsplit

from staydown.errors import Misconfigured
from staydown.settings import Settings

type DatabaseOptions = dict[str, object]
"""One entry of Django's DATABASES."""

BUSY_SECONDS = 30
"""How long a writer waits for another before giving up."""

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"


def database_options(settings: Settings) -> DatabaseOptions:
    """The database of these settings. Raises Misconfigured for a URL that is not PostgreSQL's."""
    if settings.database_url:
        return _postgresql(settings.database_url)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(settings.sqlite_file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": PRAGMAS,
        },
    }


def _postgresql(url: str) -> DatabaseOptions:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise Misconfigured("DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
