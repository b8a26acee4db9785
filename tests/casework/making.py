"""Cases, copies, entries and matches as tests need them: every field given, any of them changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.search import Match
from staydown.casework.cases import Case, State
from staydown.casework.changes import Change, IssueCommand
from staydown.casework.commands import CommandKind
from staydown.casework.consequences import Occasion
from staydown.casework.copies import CopyMove, CopyState, FoundCopy, Resemblance
from staydown.casework.decisions import Choice, Decision
from staydown.casework.dossiers import Dossier
from staydown.casework.findings import Finding, Findings
from staydown.casework.people import Person, Role
from staydown.casework.reasons import Reason
from staydown.casework.rules import Rules
from staydown.engine.verdict import Comparison, Verdict
from staydown.ids import ActorId, CaseId, CopyId, EntryId, NoticeId

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CASE, OTHER_CASE = CaseId("case_1"), CaseId("case_2")
COPY = CopyId("copy_1")
ORIGINAL, REMOVED = EntryId("entry_original"), EntryId("entry_removed")
NOTIFIER = ActorId("notifier_1")
KIM = Person(id=ActorId("reviewer_kim"), name="Kim", role=Role.REVIEWER)
BOB = Person(id=ActorId("reviewer_bob"), name="Bob", role=Role.REVIEWER)
AGREED = Findings(
    shows_this_person=Finding.YES, is_intimate=Finding.UNSURE, is_without_consent=Finding.YES
)
REASON = Reason(text="A part of it was replaced.", salt=b"s" * 32)
RULES = Rules(hold_for=timedelta(hours=48), hold_cap=3)


def zeros(count: int) -> bytes:
    """Randomness that is none."""
    return bytes(count)


def occasion(by: ActorId = KIM.id, rules: Rules = RULES) -> Occasion:
    return Occasion(by=by, at=NOON, rules=rules, randomness=zeros)


def case(state: State = State.TO_REVIEW, *, id: CaseId = CASE) -> Case:
    return Case(
        id=id,
        notice=NoticeId("notice_1"),
        notifier=NOTIFIER,
        state=state,
        opened_at=NOON,
        keeps_photo=True,
    )


def entry(
    role: EntryRole = EntryRole.ORIGINAL,
    status: EntryStatus = EntryStatus.UNREVIEWED,
    *,
    id: EntryId | None = None,
    case: CaseId | None = CASE,
    added_by: ActorId = NOTIFIER,
    expires_at: datetime | None = None,
    against: EntryId | None = None,
) -> Entry:
    return Entry(
        id=id or EntryId(f"entry_{role}"),
        role=role,
        source=EntrySource.NOTICE,
        status=status,
        name=None,
        case=case,
        added_at=NOON,
        added_by=added_by,
        expires_at=expires_at,
        against=against,
    )


def match(verdict: Verdict, of: Entry, *, is_beside_more: bool = False) -> Match:
    """A match that accounts for the whole upload, unless there `is_beside_more`."""
    explains = verdict.is_copy and not is_beside_more
    return Match(entry=of, comparison=Comparison(verdict=verdict, explains_found=explains))


def resembling(verdict: Verdict = Verdict.DERIVED) -> Resemblance:
    return Resemblance(
        verdict=verdict,
        inliers=80,
        is_mirrored=False,
        anisotropy=1.003,
        altered_fraction=0.3,
        false_positive_rate=0.0001,
    )


def copy(
    state: CopyState = CopyState.HELD,
    *,
    id: CopyId = COPY,
    entry: EntryId = ORIGINAL,
    verdict: Verdict = Verdict.DERIVED,
    held_until: datetime | None = NOON + timedelta(hours=48),
    picture: CopyId | None = None,
    remembered_as: EntryId | None = None,
) -> FoundCopy:
    return FoundCopy(
        id=id,
        case=CASE,
        content_ref=f"post/{id}",
        account_ref=None,
        entry=entry,
        resemblance=resembling(verdict),
        state=state,
        found_at=NOON,
        held_until=held_until,
        picture=picture or id,
        remembered_as=remembered_as,
    )


def doubting(**answers: Finding) -> Findings:
    return replace(AGREED, **answers)


def dossier(*copies: FoundCopy, state: State = State.TO_REVIEW) -> Dossier:
    found = copies or (copy(),)
    return Dossier(case=case(state), copies=found, entries=(entry(),))


def choose(move: CopyMove, *, id: CopyId = COPY, findings: Findings = AGREED) -> Choice:
    return Choice(copy=id, move=move, findings=findings, reason=REASON)


def orders(decision: Decision) -> list[tuple[CommandKind, str]]:
    return [
        (change.command.kind, change.command.content_ref)
        for change in decision.follows.changes
        if isinstance(change, IssueCommand)
    ]


def others(decision: Decision) -> set[Change]:
    return {c for c in decision.follows.changes if not isinstance(c, IssueCommand)}


def states(decision: Decision) -> dict[CopyId, CopyState]:
    return {copy.id: copy.state for copy in decision.follows.copies}
