"""The tables of what jobs still have to do."""

from django.db import models

from staydown.storage.widths import REF


class EffectRow(models.Model):
    """Something that jobs still have to perform, and when they try it next."""

    effect = models.JSONField()
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)


class LookBackRow(models.Model):
    """One row: how far the look through what the platform shows has come, and what is owed."""

    rounds = models.PositiveSmallIntegerField(default=0)
    is_under_way = models.BooleanField(default=False)
    after = models.CharField(max_length=REF, default="")
    unread = models.PositiveIntegerField(default=0)
    unread_before = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
