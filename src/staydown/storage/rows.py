"""Rows ⇄ values. Total and dull: a column that is not here does not exist."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.casework.appeals import Appeal, AppealState
from staydown.casework.cases import Case, Move, State
from staydown.casework.commands import Command, CommandKind
from staydown.casework.copies import CopyMove, CopyState, FoundCopy, Marks, Resemblance
from staydown.casework.decisions import Decision
from staydown.casework.findings import Finding, Findings
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.notices import Sender
from staydown.casework.records import PastDecision
from staydown.engine.verdict import Verdict
from staydown.ids import ActorId, AppealId, CaseId, CommandId, CopyId, EntryId, NoticeId
from staydown.policy.clocks import Owed
from staydown.policy.packs import Element, PackRef, PackVersion, RegimeId, Side
from staydown.storage.models import (
    AppealRow,
    CaseRow,
    CommandRow,
    CopyRow,
    DeadlineRow,
    DecisionRow,
    EntryRow,
)

CLOSED_BY: Final = MappingProxyType(
    {State.DECLINED: Move.DECLINE, State.SENT_ELSEWHERE: Move.SEND_ELSEWHERE}
)
"""What a reviewer did to a case without a look or a choice, by how it stands afterwards."""


def case_of(row: CaseRow) -> Case:
    """The case in `row`."""
    return Case(
        id=CaseId(row.id),
        notice=NoticeId(row.notice),
        notifier=ActorId(row.notifier),
        state=State(row.state),
        opened_at=row.opened_at,
        keeps_photo=row.keeps_photo,
        confirmed_at=row.confirmed_at,
        packs=tuple(_pack_ref(*one) for one in row.packs),
        deadlines=_deadlines(row),
        looked_at=row.looked_at,
        clock_stopped_at=row.clock_stopped_at,
        escalated=row.escalated,
        sender=Sender(row.sender),
        lacks=tuple(map(Element, row.lacks)),
        completed_at=row.completed_at,
    )


def _pack_ref(regime: str, version: str) -> PackRef:
    return PackRef(regime=RegimeId(regime), version=PackVersion(version))


def _deadlines(row: CaseRow) -> tuple[Owed, ...]:
    """In the order in which they were written: earliest due first."""
    ordered = sorted(row.deadlines.all(), key=lambda one: one.pk)
    return tuple(
        owed_of(one.regime, one.version, one.duty, one.began_at, one.due_at, one.words)
        for one in ordered
    )


def owed_of(
    regime: str, version: str, duty: str, began_at: datetime, due_at: datetime | None, words: str
) -> Owed:
    """A duty, out of the columns that hold it."""
    return Owed(
        regime=RegimeId(regime),
        version=PackVersion(version),
        duty=duty,
        began_at=began_at,
        due_at=due_at,
        words=words,
    )


def rows_of_deadlines(case: Case) -> list[DeadlineRow]:
    """Fresh rows for the duties of `case`."""
    return [
        DeadlineRow(
            case_id=case.id,
            regime=owed.regime,
            version=owed.version,
            duty=owed.duty,
            words=owed.words,
            began_at=owed.began_at,
            due_at=owed.due_at,
        )
        for owed in case.deadlines
    ]


def row_of_case(case: Case, secret: str, form: str | None) -> CaseRow:
    """A fresh row for `case`, opened by whoever has the secret, and the form, of these digests."""
    return CaseRow(
        id=case.id,
        notice=case.notice,
        notifier=case.notifier,
        state=case.state,
        opened_at=case.opened_at,
        keeps_photo=case.keeps_photo,
        confirmed_at=case.confirmed_at,
        secret=secret,
        form=form,
        packs=[[ref.regime, ref.version] for ref in case.packs],
        sender=case.sender,
        lacks=list(case.lacks),
    )


def copy_of(row: CopyRow) -> FoundCopy:
    """The found copy in `row`."""
    return FoundCopy(
        id=CopyId(row.copy),
        case=CaseId(row.case_id),
        content_ref=row.content_ref,
        account_ref=row.account_ref,
        entry=EntryId(row.entry),
        resemblance=Resemblance(
            verdict=Verdict(row.verdict),
            inliers=row.inliers,
            is_mirrored=row.is_mirrored,
            anisotropy=row.anisotropy,
            altered_fraction=row.altered_fraction,
            false_positive_rate=row.false_positive_rate,
        ),
        state=CopyState(row.state),
        found_at=row.found_at,
        held_until=row.held_until,
        picture=CopyId(row.picture),
        remembered_as=EntryId(row.remembered_as) if row.remembered_as else None,
    )


def row_of_copy(copy: FoundCopy, marks: Marks) -> CopyRow:
    """A fresh row for `copy`, recognised again by `marks`."""
    seen = copy.resemblance
    return CopyRow(
        copy=copy.id,
        case_id=copy.case,
        content_ref=copy.content_ref,
        account_ref=copy.account_ref,
        entry=copy.entry,
        verdict=seen.verdict,
        inliers=seen.inliers,
        is_mirrored=seen.is_mirrored,
        anisotropy=seen.anisotropy,
        altered_fraction=seen.altered_fraction,
        false_positive_rate=seen.false_positive_rate,
        state=copy.state,
        found_at=copy.found_at,
        held_until=copy.held_until,
        remembered_as=copy.remembered_as,
        picture=copy.picture,
        mark=marks.upload,
        pixels=marks.pixels,
    )


def entry_of(row: EntryRow) -> Entry:
    """The entry in `row`."""
    return Entry(
        id=EntryId(row.id),
        role=EntryRole(row.role),
        source=EntrySource(row.source),
        status=EntryStatus(row.status),
        name=row.name,
        case=CaseId(row.case_id) if row.case_id else None,
        added_at=row.added_at,
        added_by=ActorId(row.added_by),
        expires_at=row.expires_at,
        against=EntryId(row.against) if row.against else None,
    )


def row_of_entry(entry: Entry) -> EntryRow:
    """A fresh row for `entry`."""
    return EntryRow(
        id=entry.id,
        role=entry.role,
        source=entry.source,
        status=entry.status,
        name=entry.name,
        case_id=entry.case,
        added_at=entry.added_at,
        added_by=entry.added_by,
        expires_at=entry.expires_at,
        against=entry.against,
    )


def command_of(row: CommandRow) -> Command:
    """The command in `row`."""
    return Command(
        id=CommandId(row.command),
        kind=CommandKind(row.kind),
        content_ref=row.content_ref,
        case=CaseId(row.case_id),
        issued_at=row.issued_at,
        acknowledged_at=row.acknowledged_at,
    )


def row_of_command(command: Command) -> CommandRow:
    """A fresh row for `command`."""
    return CommandRow(
        command=command.id,
        kind=command.kind,
        content_ref=command.content_ref,
        case_id=command.case,
        issued_at=command.issued_at,
        acknowledged_at=command.acknowledged_at,
    )


def row_of_decision(decision: Decision) -> DecisionRow:
    """A fresh row for a decision with a reason; the reason itself is sealed elsewhere."""
    occasion, choice, look = decision.occasion, decision.choice, decision.look
    row = DecisionRow(case_id=decision.case.id, by=occasion.by, at=occasion.at)
    found = None
    if choice:
        row.copy, row.move, found = choice.copy, choice.move, choice.findings
        row.ground = choice.ground if choice.move is CopyMove.REMOVE else None
    elif look:
        row.case_move, row.take_down, found = Move.LOOK, list(look.take_down), look.findings
        row.ground = look.because
    else:
        row.case_move, row.ground = CLOSED_BY[decision.case.state], decision.refusal
    if found:
        row.shows_this_person = found.shows_this_person
        row.is_intimate = found.is_intimate
        row.is_without_consent = found.is_without_consent
    return row


def past_of(row: DecisionRow, reason: str | None) -> PastDecision:
    """The decision in `row`, with its unsealed reason."""
    return PastDecision(
        by=ActorId(row.by),
        at=row.at,
        copy=CopyId(row.copy) if row.copy else None,
        move=CopyMove(row.move) if row.move else None,
        findings=_findings(row),
        reason=reason,
        case_move=Move(row.case_move) if row.case_move else None,
        take_down=tuple(row.take_down),
        ground=_ground(row.ground),
    )


def _ground(stored: str | None) -> Ground | Refusal | None:
    if stored is None:
        return None
    return Ground(stored) if stored in tuple(Ground) else Refusal(stored)


def appeal_of(row: AppealRow) -> Appeal:
    """The appeal in `row`."""
    return Appeal(
        id=AppealId(row.id),
        case=CaseId(row.case_id),
        side=Side(row.side),
        command=CommandId(row.command) if row.command else None,
        against=ActorId(row.against),
        state=AppealState(row.state),
        filed_at=row.filed_at,
        decided_at=row.decided_at,
        decided_by=ActorId(row.decided_by) if row.decided_by else None,
    )


def row_of_appeal(appeal: Appeal) -> AppealRow:
    """A fresh row for `appeal`."""
    return AppealRow(
        id=appeal.id,
        case_id=appeal.case,
        side=appeal.side,
        command=appeal.command,
        against=appeal.against,
        state=appeal.state,
        filed_at=appeal.filed_at,
    )


def _findings(row: DecisionRow) -> Findings | None:
    if row.shows_this_person is None or row.is_intimate is None or row.is_without_consent is None:
        return None
    return Findings(
        shows_this_person=Finding(row.shows_this_person),
        is_intimate=Finding(row.is_intimate),
        is_without_consent=Finding(row.is_without_consent),
    )
