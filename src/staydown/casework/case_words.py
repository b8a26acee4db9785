"""A case file in plain text: what is on record, what it does not show, and how to check it.

What others wrote stands behind a bar, line by line, and without letters that would turn the order
of a line around: nothing that somebody wrote looks like a line of ours.
"""

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from staydown.audit.entries import as_json
from staydown.casework.case_contents import AppealRecord, CaseContents
from staydown.casework.cases import Case
from staydown.casework.copies import FoundCopy
from staydown.casework.records import PastDecision
from staydown.casework.wording import told_time

JOINERS = "\u200c\u200d"
"""Invisible letters that several scripts are not written without."""
NOT_SHOWN = (
    "That what somebody wrote is true: only that it was written, and when.",
    "Who is shown on a picture. Whether it shows the person who complained, whether it is",
    "  intimate and whether there was consent, are findings of the reviewers named by their ids.",
    "Who made, altered or posted a picture.",
    "That the platform did what it acknowledged: that is its word.",
    "How reviewers are called: the operator knows which id is whose.",
    "No picture is in this file. Bundles of evidence hold pictures, and prove more about them.",
)


def tell_case(contents: CaseContents, at: datetime) -> str:
    """The whole case, for people."""
    return "\n".join(_lines(contents, at)) + "\n"


def _lines(contents: CaseContents, at: datetime) -> Iterator[str]:
    file, case = contents.file, contents.case
    yield f"CASE FILE {case.id}"
    yield f"Made {told_time(at)}, all times in UTC."
    yield f"Asked for by {file.asked_by}, agreed by {file.decided_by}, because:"
    yield from quote(contents.why)
    yield from _section("THE NOTICE", _notice(contents))
    yield from _section("THE CASE", _standing(case))
    entries = (
        f"{one.id}: {one.role}, {one.status}, added {told_time(one.added_at)} by {one.added_by}"
        for one in contents.entries
    )
    yield from _section("PICTURES THAT ARE RECOGNISED", entries)
    copies = (line for copy in contents.copies for line in _copy(copy))
    yield from _section("COPIES THAT WERE FOUND", copies)
    past = (line for one in contents.past for line in _decision(one))
    yield from _section("WHAT REVIEWERS DECIDED", past)
    yield from _section("WHAT THE PLATFORM WAS ASKED", _commands(contents))
    appeals = (line for one in contents.appeals for line in _appeal(one))
    yield from _section("APPEALS", appeals)
    yield from _section("THE AUDIT CHAIN ABOUT THIS CASE", _chain(contents))
    yield from _section("WHAT THIS DOES NOT SHOW", NOT_SHOWN)


def tell_checks(contents: CaseContents) -> str:
    """How to check the file without us, and what each check shows."""
    first = next(iter(contents.openings), None)
    said = f"commitments/{first.entry:08d}-{first.fact}" if first else "commitments/FILE"
    salt = first.salt.hex() if first else "SALT"
    return f"""HOW TO CHECK THIS FILE

1. No paper was changed:
     sha256sum --check SHA256SUMS
2. The audit chain is whole, and goes through every checkpoint that you hold or believe:
     python -m staydown.audit audit --key PUBLIC_KEY --authority ROOT.pem
   The list of digests is in it: the `digest` that the first prints is what the second prints:
     grep CaseFileMade audit/chain.jsonl | grep {contents.file.id} | tail -n 1
     sha256sum SHA256SUMS
3. The entries about this case are lines of that chain: both numbers are the same:
     wc -l < entries.jsonl; grep -c -F -x -f entries.jsonl audit/chain.jsonl
4. What was said and decided is what the chain committed to at the time: each `salt` in case.json,
   under "commitments", gives the `commitment` of its entry. The first:
     openssl dgst -sha256 -mac HMAC -macopt hexkey:{salt} {said}

The chain holds ids of all cases, and no words, names or places of any. It shows that nothing was
changed since a checkpoint that somebody else holds or that an authority timestamped, and not that
what was written is true. case.txt says what else this file does not show.
"""


def quote(words: str | None) -> Iterator[str]:
    """What somebody wrote, behind a bar; that it is gone, where it is."""
    if words is None:
        yield "  (destroyed)"
        return
    for line in words.splitlines() or [""]:
        yield f"  | {visible(line)}"


def visible(text: str) -> str:
    """The text with everything spelt out that cannot be seen, or would turn a line around."""
    return "".join(
        f"\\u{{{ord(letter):04x}}}"
        if unicodedata.category(letter)[0] == "C" and letter not in JOINERS
        else letter
        for letter in text
    )


def _section(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield title
    yield ""
    yield from list(lines) or ["None."]


def _notice(contents: CaseContents) -> Iterator[str]:
    notice = contents.notice
    yield f"Received {told_time(contents.case.opened_at)}, from: {contents.case.sender}."
    if notice is None:
        yield "It was taken back, and what it said is destroyed."
        return
    yield f"Capacity: {notice.capacity}. About: {notice.kind}."
    if contents.file.names_notifier:
        yield "Signed by, and to be reached at:"
        yield from quote(notice.signature)
        yield from quote(notice.contact or "no address was left")
    else:
        yield "Who signed it is not told: it was not asked for."
    for title, words in (
        ("On what ground they speak:", (notice.basis,) if notice.basis else ()),
        ("What they said:", (notice.statement,)),
        ("Places they named:", notice.locations),
        ("Names of the platform for it:", notice.content_refs),
    ):
        if words:
            yield title
        for one in words:
            yield from quote(one)


def _standing(case: Case) -> Iterator[str]:
    yield f"It is {case.state}."
    for name, at in (
        ("A reviewer first looked at what it names", case.looked_at),
        ("A reviewer first removed something", case.confirmed_at),
        ("The notifier added to it", case.completed_at),
        ("All that the laws ask for was done", case.clock_stopped_at),
    ):
        if at:
            yield f"{name}: {told_time(at)}."
    for owed in case.deadlines:
        due = told_time(owed.due_at) if owed.due_at else "no number"
        law = f"{owed.regime} ({owed.version}), {owed.duty}"
        yield f"{law}: due {due}, from {told_time(owed.began_at)}."


def _copy(copy: FoundCopy) -> Iterator[str]:
    seen = copy.resemblance
    yield f"{copy.id}: {copy.state}, found {told_time(copy.found_at)}, of {copy.entry}"
    yield from quote(copy.content_ref)
    measured = [f"{seen.verdict}, {seen.inliers} details agree"]
    if seen.altered_fraction is not None:
        measured.append(f"{seen.altered_fraction:.0%} of what both share is altered")
    if seen.false_positive_rate is not None:
        measured.append(
            f"of unrelated pairs at most {seen.false_positive_rate:g} got this finding by mistake"
        )
    yield f"  The program measured: {'; '.join(measured)}."


def _decision(past: PastDecision) -> Iterator[str]:
    what = past.move or past.case_move
    about = past.copy or "the notice"
    ground = f", ground: {past.ground}" if past.ground else ""
    yield f"{told_time(past.at)}, {past.by}: {what} {about}{ground}"
    for ref in past.take_down:
        yield "  To be taken down:"
        yield from quote(ref)
    if past.findings:
        found = past.findings
        yield (
            f"  Found: shows this person: {found.shows_this_person}; intimate: "
            f"{found.is_intimate}; without consent: {found.is_without_consent}"
        )
    yield from quote(past.reason)


def _commands(contents: CaseContents) -> Iterator[str]:
    for one in contents.commands:
        done = told_time(one.acknowledged_at) if one.acknowledged_at else "not acknowledged"
        yield f"{told_time(one.issued_at)}: {one.kind}, acknowledged: {done}"
        yield from quote(one.content_ref)


def _appeal(record: AppealRecord) -> Iterator[str]:
    one = record.appeal
    yield f"{told_time(one.filed_at)}, by the {one.side}: {one.state}"
    yield from quote(record.words)
    if one.decided_at:
        yield f"  Decided {told_time(one.decided_at)} by {one.decided_by}:"
        yield from quote(record.answer)


def _chain(contents: CaseContents) -> Iterator[str]:
    for entry in contents.chain:
        told = as_json(entry.fact)
        rest = " ".join(f"{key}={value}" for key, value in told.items() if key != "fact")
        yield f"{entry.number}. {entry.at:%Y-%m-%d %H:%M:%S}, {entry.by}: {told['fact']} {rest}"
