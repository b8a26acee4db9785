"""A case file as papers: names and bytes, with a list of their digests. Writes nothing.

`case.json` is for programs and `case.txt` for people; the statements and the answer are what both
sides were told, word for word. What the audit chain committed to lies in `commitments/`, so that
`openssl` alone shows that it was said then.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from importlib.metadata import version
from typing import Final

from staydown.audit.entries import as_json
from staydown.audit.export import write_entry
from staydown.casework.case_contents import AppealRecord, CaseContents, Opening
from staydown.casework.case_words import tell_case, tell_checks
from staydown.casework.wording import as_text, word_letter, word_statement
from staydown.digests import sha256

LIST: Final = "SHA256SUMS"
FORM: Final = "staydown case file 1"
CASE = (
    "id opened_at state sender keeps_photo confirmed_at looked_at clock_stopped_at lacks "
    "completed_at"
)
NOTICE = (
    "id kind capacity basis statement locations content_refs signature signed_at contact "
    "contact_wish"
)
ENTRY = "id role source status added_at added_by expires_at against"
COPY = "id content_ref account_ref entry state found_at held_until remembered_as"
DEADLINE = "regime version duty words began_at due_at"
DECISION = "by at copy move case_move take_down ground reason"
COMMAND = "id kind content_ref issued_at acknowledged_at"
APPEAL = "id side command against state filed_at decided_at decided_by"
MEASURED = "verdict inliers is_mirrored anisotropy altered_fraction false_positive_rate"
FINDINGS = "shows_this_person is_intimate is_without_consent"
FILE = "id names_notifier asked_by asked_at decided_by decided_at"
WITHHELD = ("signature", "contact", "contact_wish")
"""Of a notice, where the file does not say who filed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file. `name` is its path in the folder."""

    name: str
    data: bytes = field(repr=False)


def write_papers(contents: CaseContents, *, at: datetime, nonce: bytes) -> tuple[Paper, ...]:
    """All papers, the list of their digests last.

    `nonce` keeps whoever has that list, or its digest, from trying what the file might say.
    """
    papers = (
        Paper(name="READ-ME.txt", data=tell_checks(contents).encode()),
        Paper(name="case.json", data=_write_json(contents, at, nonce)),
        Paper(name="case.txt", data=tell_case(contents, at).encode()),
        *_told(contents),
        *(Paper(name=name_of(one), data=one.words) for one in contents.openings),
        Paper(name="entries.jsonl", data=b"".join(map(write_entry, contents.chain))),
    )
    listed = "".join(f"{sha256(one.data)}  {one.name}\n" for one in papers)
    return (*papers, Paper(name=LIST, data=listed.encode()))


def name_of(opening: Opening) -> str:
    """Where the words lie that an entry of the chain committed to."""
    return f"commitments/{opening.entry:08d}-{opening.fact}"


def _told(contents: CaseContents) -> Iterator[Paper]:
    for number, one in enumerate(contents.removals, 1):
        text = as_text("Why this was taken down", word_statement(one.statement, one.appeal_until))
        yield Paper(name=f"statements/{number:04d}.txt", data=text.encode())
    answer = contents.answer
    if answer.sentences:
        until = answer.appeal_until if answer.may_appeal else None
        passages = word_letter(answer.sentences, case=contents.case.id, appeal_until=until)
        yield Paper(name="answer.txt", data=as_text("What was decided", passages).encode())


def _write_json(contents: CaseContents, at: datetime, nonce: bytes) -> bytes:
    case = contents.case
    whole = {
        "form": FORM,
        "program": f"staydown {version('staydown')}",
        "made_at": at,
        "nonce": nonce.hex(),
        "file": {**_pick(contents.file, FILE), "why": contents.why},
        "case": _pick(case, CASE),
        "laws": [_pick(one, "regime version") for one in case.packs],
        "deadlines": [_pick(one, DEADLINE) for one in case.deadlines],
        "notice": _notice(contents),
        "entries": [_pick(one, ENTRY) for one in contents.entries],
        "copies": [
            {**_pick(one, COPY), "measured": _pick(one.resemblance, MEASURED)}
            for one in contents.copies
        ],
        "decisions": [
            {**_pick(one, DECISION), "findings": _pick(one.findings, FINDINGS)}
            for one in contents.past
        ],
        "commands": [_pick(one, COMMAND) for one in contents.commands],
        "appeals": [_appeal(one) for one in contents.appeals],
        "commitments": [_opening(one) for one in contents.openings],
        "audit": [
            {"number": one.number, "at": one.at, "by": one.by, "fact": as_json(one.fact)}
            for one in contents.chain
        ],
    }
    return (json.dumps(whole, indent=1, default=_write_value) + "\n").encode()


def _notice(contents: CaseContents) -> dict[str, object] | None:
    if contents.notice is None:
        return None
    told = _pick(contents.notice, NOTICE)
    withheld = () if contents.file.names_notifier else WITHHELD
    return {name: None if name in withheld else value for name, value in told.items()}


def _appeal(record: AppealRecord) -> dict[str, object]:
    told = _pick(record.appeal, APPEAL)
    return {**told, "words": record.words, "answer": record.answer}


def _opening(opening: Opening) -> dict[str, object]:
    return {
        "entry": opening.entry,
        "fact": opening.fact,
        "words_in": name_of(opening),
        "salt": opening.salt.hex(),
        "commitment": opening.commitment,
    }


def _pick(thing: object, names: str) -> dict[str, object]:
    """The fields of that name; none of what is not there."""
    return {} if thing is None else {name: getattr(thing, name) for name in names.split()}


def _write_value(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"a {type(value).__name__} is not told")
