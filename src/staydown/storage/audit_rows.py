"""The tables of the audit chain and of its checkpoints. Django finds them through `models`."""

from django.db import models

ID = 64
WORD = 32
DIGEST = 64


class AuditRow(models.Model):
    """One entry of the audit chain, as text, so that a damaged one can still be read and named."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=WORD)
    by = models.CharField(max_length=ID)
    previous = models.CharField(max_length=DIGEST)
    fact = models.TextField()
    digest = models.CharField(max_length=DIGEST)


class AuditHeadRow(models.Model):
    """One row: where the audit chain ends. Whoever appends locks it."""

    length = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST)


class CheckpointRow(models.Model):
    """A signed checkpoint as it is handed out, and a timestamp authority's answer about it."""

    length = models.PositiveBigIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    signed = models.TextField()
    stamp = models.BinaryField(null=True)
    tries = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
