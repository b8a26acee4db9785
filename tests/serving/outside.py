"""Who is told things by a server that dies again and again: a mailbox, and a platform's webhook.

Both go on meanwhile, as they would on other machines. What is told twice has to have the same name,
and what was decided has to be told in the end.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from tests.fetch.making import Site, says
from tests.notify.serving import Box, post_office
from tests.serving.looking import Database

PATIENCE_SECONDS = 60.0
TAKEN = says("200 OK\nContent-Length: 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What came from the server, over all of its lives."""

    box: Box = field(default_factory=Box)
    platform: Site = field(default_factory=Site)

    @property
    def surroundings(self) -> dict[str, str]:
        """What the server's environment says of them."""
        return {
            "STAYDOWN_SMTP": f"smtp://127.0.0.1:{self.box.port}",
            "STAYDOWN_SITE": "https://report.forum.example",
            "STAYDOWN_MAIL_FROM": "post@forum.example",
            "STAYDOWN_WEBHOOK": self.platform.url("/hook", "127.0.0.1"),
            "STAYDOWN_UNSAFE_FETCH_NETWORKS": "127.0.0.0/8",
        }

    @property
    def letters(self) -> dict[str, list[EmailMessage]]:
        """Those that came to each address."""
        found: dict[str, list[EmailMessage]] = {}
        for letter in [*self.box.letters]:
            found.setdefault(str(letter["To"]), []).append(letter)
        return found

    @property
    def told(self) -> dict[str, list[str]]:
        """What each command was told as, each time, by its name."""
        found: dict[str, list[str]] = {}
        for asked in [*self.platform.asked]:
            data = json.loads(asked.partition(b"\r\n\r\n")[2])["data"]
            found.setdefault(data["id"], []).append(json.dumps(data, sort_keys=True))
        return found

    def __str__(self) -> str:
        letters, told = self.letters, self.told
        again = sum(len(one) - 1 for one in letters.values())
        twice = sum(len(one) - 1 for one in told.values())
        return (
            f"{len(letters)} letters, {again} of them again; "
            f"{len(told)} commands told, {twice} of them again"
        )


@contextmanager
def outside() -> Iterator[Outside]:
    """The two of them, answering."""
    with post_office() as box, Site(answers={"/hook": TAKEN}).running() as platform:
        yield Outside(box=box, platform=platform)


def wait_until_told(database: Database) -> None:
    """Until nothing is owed to anybody any more. Nobody may be put aside: both always answered."""
    end = time.monotonic() + PATIENCE_SECONDS
    while owed := owing(database):
        assert time.monotonic() < end, f"still owed: {owed}"
        time.sleep(0.1)


def owing(database: Database) -> int:
    """How many letters and commands somebody is still to be told."""
    [(letters,)] = database.ask("SELECT count(*) FROM storage_mailrow")
    [(commands,)] = database.ask(
        "SELECT count(*) FROM storage_deliveryrow d JOIN storage_commandrow c "
        "ON c.command = d.command_id WHERE d.told_at IS NULL AND c.acknowledged_at IS NULL"
    )
    return int(letters) + int(commands)


def check_told(reached: Outside, answered: set[str]) -> None:
    """Everybody who was answered was written to, and what came twice came under one name."""
    letters = reached.letters
    assert answered - letters.keys() == set(), "a letter was lost"
    for address, came in letters.items():
        assert len({one["Message-ID"] for one in came}) == 1, f"{address} sees two letters"
    for command, told in reached.told.items():
        assert len(set(told)) == 1, f"{command} was told in two ways"
