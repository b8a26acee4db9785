"""Which database is opened, and that it keeps what it was told."""

import pytest

from staydown.assembly.databases import database_options
from staydown.errors import Misconfigured
from staydown.settings import read_settings

HOME = {"HOME": "/srv/kim"}


def test_a_url_moves_everything_to_postgresql() -> None:
    url = "postgresql://kim:p%40ss@db.example:5433/staydown?sslmode=require"

    options = database_options(read_settings({"DATABASE_URL": url, **HOME}))

    assert options["ENGINE"] == "django.db.backends.postgresql"
    assert (options["HOST"], options["PORT"]) == ("db.example", "5433")
    assert (options["USER"], options["PASSWORD"], options["NAME"]) == ("kim", "p@ss", "staydown")
    assert options["OPTIONS"] == {"sslmode": "require"}


def test_any_other_database_is_refused() -> None:
    with pytest.raises(Misconfigured, match="must begin with postgresql://"):
        database_options(read_settings({"DATABASE_URL": "mysql://host/name", **HOME}))
