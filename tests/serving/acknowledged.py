"""What a server said that it did, and whether that is so once it died."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from staydown.audit.chain import Entry, verify
from staydown.audit.entries import from_json
from staydown.digests import Digest
from staydown.ids import ActorId
from tests.serving.looking import Database

if TYPE_CHECKING:
    from tests.serving.load import Client

DECIDED = "SELECT copy FROM storage_decisionrow WHERE copy IS NOT NULL"


@dataclass(slots=True, kw_only=True)
class Acknowledged:
    """Everything whose answer arrived: cases, uploads, copies with their state, commands.

    `answered` are the addresses of the notifiers whose notice a reviewer answered.
    """

    filed: set[str] = field(default_factory=set)
    taken_back: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    decided: dict[str, str] = field(default_factory=dict)
    issued: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        parts = (
            f"{len(self.filed)} notices, {len(self.taken_back)} taken back, "
            f"{len(self.answered)} answered",
            f"{len(self.held)} uploads held, {len(self.decided)} decided",
            f"{len(self.issued)} commands, {len(self.acknowledged)} acknowledged",
        )
        return "; ".join(parts)


def check(database: Database, said: Acknowledged) -> int:
    """Everything acknowledged is found, nothing twice, the chain whole; how many entries it has."""
    cases = dict(database.ask("SELECT id, state FROM storage_caserow"))
    assert said.filed - cases.keys() == set(), "a notice was lost"
    assert {cases[one] for one in said.taken_back} <= {"withdrawn"}, "a withdrawal was lost"
    copies = database.ask("SELECT copy, content_ref, case_id, state FROM storage_copyrow")
    assert said.held - {ref for _, ref, _, _ in copies} == set(), "a held upload was lost"
    places = [(ref, case) for _, ref, case, _ in copies]
    assert len(places) == len(set(places)), "an upload was kept twice in a case"
    states = {copy: state for copy, _, _, state in copies}
    assert {one: states[one] for one in said.decided} == said.decided, "a decision was lost"
    decisions = [copy for (copy,) in database.ask(DECIDED)]
    assert len(decisions) == len(set(decisions)), "something was decided twice"
    check_commands(database, said)
    check_forgotten(database, said)
    return check_chain(database)


def check_commands(database: Database, said: Acknowledged) -> None:
    """None was lost, none asks for what the one before asked for already."""
    rows = database.ask(
        "SELECT command, kind, content_ref, acknowledged_at FROM storage_commandrow ORDER BY number"
    )
    assert said.issued - {command for command, *_ in rows} == set(), "a command was lost"
    done = {command for command, _, _, at in rows if at is not None}
    assert said.acknowledged - done == set(), "an acknowledgement was lost"
    last: dict[str, str] = {}
    for _, kind, ref, _ in rows:
        assert last.get(ref) != kind, f"the platform is asked twice to {kind} {ref}"
        last[ref] = kind


def check_forgotten(database: Database, said: Acknowledged) -> None:
    """What was taken back has no key any more."""
    rows = database.ask(
        "SELECT c.id FROM storage_caserow c JOIN storage_datakeyrow k ON k.subject = c.notice "
        "WHERE k.wrapped IS NOT NULL"
    )
    assert said.taken_back & {case for (case,) in rows} == set(), "a key outlived its withdrawal"


def check_chain(database: Database) -> int:
    """The chain is whole, and ends where its head says; each notice is in it once."""
    entries = [
        Entry(
            number=number,
            at=datetime.fromisoformat(at),
            by=ActorId(by),
            previous=Digest(previous),
            fact=from_json(json.loads(fact)),
            digest=Digest(digest),
        )
        for number, at, by, previous, fact, digest in database.ask(
            "SELECT number, at, by, previous, fact, digest FROM storage_auditrow ORDER BY number"
        )
    ]
    intact = verify(entries)
    assert database.ask("SELECT length, digest FROM storage_auditheadrow") == [
        (intact.length, intact.head)
    ]
    cases = [each.fact for each in entries if type(each.fact).__name__ == "NoticeReceived"]
    [(count,)] = database.ask("SELECT count(*) FROM storage_caserow")
    assert len(cases) == len({fact.case for fact in cases}) == count  # type: ignore[union-attr]
    return intact.length


def lost(client: "Client", said: Acknowledged) -> list[str]:
    """Notices that were acknowledged, and that a running server does not find."""
    paths = {case: f"/v1/cases/{case}" for case in sorted(said.filed)}
    return [
        case
        for case, path in paths.items()
        if client.http.get(path, headers=client.bearer).status_code != 200
    ]
