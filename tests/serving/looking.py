"""Looks into the database of a dead server, from outside, with no code of ours that wrote."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg


class Database(Protocol):
    """A database that can be asked while nobody serves."""

    @property
    def surroundings(self) -> dict[str, str]:
        """What the server's environment says of it."""
        ...

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Rows of a SELECT without arguments."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sqlite:
    """A file, and what its write-ahead log still holds."""

    file: Path

    @property
    def surroundings(self) -> dict[str, str]:
        return {}

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        database = sqlite3.connect(self.file)
        try:
            return database.execute(question).fetchall()
        finally:
            database.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """A server that outlives ours."""

    url: str

    @property
    def surroundings(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as database:
            return database.execute(question.encode()).fetchall()
