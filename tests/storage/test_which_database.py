"""The tests run on the database that was asked for: else PostgreSQL would be tested on SQLite."""

from tests import django_ready as django_ready  # isort: skip -- sets Django up

import os

from django.db import connection


def test_it_is_the_one_that_was_asked_for() -> None:
    asked = os.environ.get("TESTS_DATABASE_URL", "")  # noqa: TID251 -- see tests/conftest.py

    assert connection.vendor == ("postgresql" if asked else "sqlite")
