"""The tables. What is private is in `SealedRow`; the rest holds ids, states, numbers and times.

`content_ref` and `account_ref` are the platform's own names for its content and accounts, and stay
readable, since commands have to name the content. Platforms are asked to send opaque ones.
"""

from django.db import models

from staydown.storage.audit_rows import AuditHeadRow as AuditHeadRow
from staydown.storage.audit_rows import AuditRow as AuditRow
from staydown.storage.audit_rows import CheckpointRow as CheckpointRow
from staydown.storage.sealed_rows import DataKeyRow as DataKeyRow
from staydown.storage.sealed_rows import ErasureRow as ErasureRow
from staydown.storage.sealed_rows import MasterRow as MasterRow
from staydown.storage.sealed_rows import SealedRow as SealedRow
from staydown.storage.sealed_rows import TombstoneRow as TombstoneRow
from staydown.storage.sign_in_rows import KeyRow as KeyRow
from staydown.storage.sign_in_rows import OneTimeLink as OneTimeLink
from staydown.storage.sign_in_rows import TryRow as TryRow
from staydown.storage.sign_in_rows import User as User
from staydown.storage.widths import DIGEST, ID, REF, WORD
from staydown.storage.work_rows import EffectRow as EffectRow
from staydown.storage.work_rows import LookBackRow as LookBackRow


class CaseRow(models.Model):
    """A case; `secret` and `form` are digests: of the receipt's secret, of the form's token.

    `packs` names the laws of its day, each as regime and version. `has_no_original` says that
    there is nothing to compare with: nothing came, or none of it may be kept.
    """

    id = models.CharField(max_length=ID, primary_key=True)
    notice = models.CharField(max_length=ID, unique=True)
    notifier = models.CharField(max_length=ID)
    state = models.CharField(max_length=WORD, db_index=True)
    opened_at = models.DateTimeField()
    keeps_photo = models.BooleanField()
    confirmed_at = models.DateTimeField(null=True)
    secret = models.CharField(max_length=DIGEST)
    form = models.CharField(max_length=DIGEST, unique=True, null=True)
    packs = models.JSONField(default=list, db_default=[])
    looked_at = models.DateTimeField(null=True)
    clock_stopped_at = models.DateTimeField(null=True)
    escalated = models.PositiveIntegerField(default=0, db_default=0)
    sender = models.CharField(max_length=WORD, default="person", db_default="person")
    lacks = models.JSONField(default=list, db_default=[])
    completed_at = models.DateTimeField(null=True)
    has_no_original = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("state",),
                condition=models.Q(has_no_original=True),
                name="cases_for_a_person",
            ),
            models.Index(
                fields=("state",),
                condition=models.Q(clock_stopped_at=None),
                name="cases_not_stopped",
            ),
        )


class DeadlineRow(models.Model):
    """A duty of one law in one case; `due_at` is empty where the law gives no number."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="deadlines")
    regime = models.CharField(max_length=ID)
    version = models.CharField(max_length=WORD)
    duty = models.CharField(max_length=ID)
    words = models.CharField(max_length=REF)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_index=True)


class PlaceRow(models.Model):
    """A place that a notice names, by a keyed digest; it goes when the notice is taken back."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="places")
    mark = models.CharField(max_length=DIGEST, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "mark"), name="a_place_once"),)


class HandOffRow(models.Model):
    """What may show somebody under 18; where it is lies sealed under its id until handed on."""

    id = models.CharField(max_length=ID, primary_key=True)
    received_at = models.DateTimeField()
    handed_on_at = models.DateTimeField(null=True, db_index=True)


class EntryRow(models.Model):
    """An entry of the bank; what is known of the picture lies sealed under its id."""

    id = models.CharField(max_length=ID, primary_key=True)
    role = models.CharField(max_length=WORD)
    source = models.CharField(max_length=WORD)
    status = models.CharField(max_length=WORD)
    name = models.CharField(max_length=500, null=True)
    case = models.ForeignKey(CaseRow, null=True, on_delete=models.PROTECT, related_name="entries")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=ID)
    expires_at = models.DateTimeField(null=True)
    against = models.CharField(max_length=ID, null=True)
    is_forgotten = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(
                fields=("status", "role"),
                condition=models.Q(is_forgotten=False),
                name="entries_by_status",
            ),
        )


class BankRow(models.Model):
    """One row, which changes whenever the bank does."""

    revision = models.PositiveBigIntegerField(default=0)


class CopyRow(models.Model):
    """A found copy; its picture and map lie sealed under the id in `picture`.

    `mark` and `pixels` are keyed digests, of the upload and of the picture alone.
    """

    number = models.BigAutoField(primary_key=True)
    copy = models.CharField(max_length=ID, unique=True)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="copies")
    content_ref = models.CharField(max_length=REF, db_index=True)
    account_ref = models.CharField(max_length=REF, null=True)
    entry = models.CharField(max_length=ID)
    verdict = models.CharField(max_length=WORD)
    inliers = models.PositiveIntegerField()
    is_mirrored = models.BooleanField()
    anisotropy = models.FloatField(null=True)
    altered_fraction = models.FloatField(null=True)
    false_positive_rate = models.FloatField(null=True)
    state = models.CharField(max_length=WORD)
    found_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, db_index=True)
    remembered_as = models.CharField(max_length=ID, null=True)
    picture = models.CharField(max_length=ID)
    mark = models.CharField(max_length=DIGEST, null=True)
    pixels = models.CharField(max_length=DIGEST, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("mark", "case"), name="one_of_an_upload_in_a_case"),
        )
        indexes = (
            models.Index(fields=("entry", "pixels"), name="copies_of_an_entry"),
            models.Index(fields=("state", "case"), name="copies_by_state"),
        )


class DecisionRow(models.Model):
    """A decision; its reason lies sealed under the notice's id."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="decisions")
    copy = models.CharField(max_length=ID, null=True)
    move = models.CharField(max_length=WORD, null=True)
    case_move = models.CharField(max_length=WORD, null=True)
    take_down = models.JSONField(default=list, db_default=[])
    ground = models.CharField(max_length=WORD, null=True)
    shows_this_person = models.CharField(max_length=WORD, null=True)
    is_intimate = models.CharField(max_length=WORD, null=True)
    is_without_consent = models.CharField(max_length=WORD, null=True)
    by = models.CharField(max_length=ID)
    at = models.DateTimeField()


class CommandRow(models.Model):
    """An order to the platform. Numbers rise: orders about one content keep their sequence."""

    number = models.BigAutoField(primary_key=True)
    command = models.CharField(max_length=ID, unique=True)
    kind = models.CharField(max_length=WORD)
    content_ref = models.CharField(max_length=REF)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT)
    issued_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, db_index=True)


class MeasureRow(models.Model):
    """What holds about whoever left an address, of which `mark` is a keyed digest.

    Why lies sealed under the notice of the case in which it was decided.
    """

    mark = models.CharField(max_length=DIGEST, primary_key=True)
    state = models.CharField(max_length=WORD)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="measures")
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=ID)


class AppealRow(models.Model):
    """An appeal; its words, and those that decided it, lie sealed under the notice's id."""

    id = models.CharField(max_length=ID, primary_key=True)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="appeals")
    side = models.CharField(max_length=WORD)
    command = models.CharField(max_length=ID, null=True)
    against = models.CharField(max_length=ID)
    state = models.CharField(max_length=WORD, db_index=True)
    filed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=ID, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("command",), name="one_appeal_of_a_poster"),
            models.UniqueConstraint(
                fields=("case",),
                condition=models.Q(command=None),
                name="one_appeal_of_a_notifier",
            ),
        )


class CaseFileRow(models.Model):
    """That a file of a case was asked for; why lies sealed under its id."""

    number = models.BigAutoField(primary_key=True)
    file = models.CharField(max_length=ID, unique=True)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="files")
    state = models.CharField(max_length=WORD, db_index=True)
    names_notifier = models.BooleanField()
    asked_by = models.CharField(max_length=ID)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=ID, null=True)
    decided_at = models.DateTimeField(null=True)


class DeliveryRow(models.Model):
    """Whether the platform was told of a command; without `due_at` it is not tried any more."""

    command = models.OneToOneField(
        CommandRow,
        to_field="command",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="delivery",
    )
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, db_index=True)
    told_at = models.DateTimeField(null=True)


class MailRow(models.Model):
    """That the notifier of a case is owed a letter; no `due_at` means that it was put aside."""

    case = models.OneToOneField(
        CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="mail"
    )
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveIntegerField(default=0)


class RevealRow(models.Model):
    """That somebody was allowed a look under a cover; `ticket` and `session` are digests."""

    ticket = models.CharField(max_length=DIGEST, primary_key=True)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="reveals")
    copy = models.CharField(max_length=ID)
    by = models.CharField(max_length=ID)
    session = models.CharField(max_length=DIGEST)
    at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()
    is_in_colour = models.BooleanField()
    is_used = models.BooleanField(default=False)


class ClaimRow(models.Model):
    """That somebody works on a case until then, or handed it over."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="claims")
    by = models.CharField(max_length=ID)
    until = models.DateTimeField(db_index=True)
    is_passed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "by"), name="one_claim_of_a_person"),
        )
