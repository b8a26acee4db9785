"""What is sealed, the wrapped keys to it, and what was forgotten."""

from django.db import models

from staydown.storage.widths import ID, WORD


class DataKeyRow(models.Model):
    """The wrapped data key of one subject; a tombstone once it was destroyed."""

    subject = models.CharField(max_length=ID, primary_key=True)
    wrapped = models.BinaryField(null=True)


class MasterRow(models.Model):
    """One row once the master key was rotated: which one wraps, and whether it wraps all of them.

    Whoever keeps a data key looks here, in the same transaction.
    """

    name = models.CharField(max_length=WORD)
    wraps_all = models.BooleanField(default=False)


class TombstoneRow(models.Model):
    """The id of what was forgotten or ended, until the ledger outside of the database has it."""

    subject = models.CharField(max_length=ID, unique=True)


class SealedRow(models.Model):
    """Sealed bytes of one subject."""

    key = models.ForeignKey(DataKeyRow, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "name"), name="one_of_a_name"),)


class ErasureRow(models.Model):
    """One row: how many keys were destroyed, and how many are surely out of the log."""

    owed = models.PositiveBigIntegerField(default=0)
    erased = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
