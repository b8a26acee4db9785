"""What the queue is read by, quickly among many cases: a column, and indexes.

The index that goes told half of the entries from the other half, and databases chose it all the
same. Code from before files cases as if they had no original: they stand in the queue for a person
to look at, which loses nothing.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def note_originals(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Cases with an entry have something to compare with, if it may be kept."""
    cases = apps.get_model("storage", "CaseRow").objects
    with_entries = apps.get_model("storage", "EntryRow").objects.exclude(case=None).values("case")
    cases.filter(keeps_photo=True, pk__in=with_entries).update(has_no_original=False)


class Migration(migrations.Migration):
    """A column, four indexes more, and one less."""

    dependencies = [("storage", "0015_case_files")]

    operations = [
        migrations.AddField(
            model_name="caserow",
            name="has_no_original",
            field=models.BooleanField(default=True, db_default=True),
        ),
        migrations.RunPython(note_originals, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                fields=["state"],
                condition=models.Q(has_no_original=True),
                name="cases_for_a_person",
            ),
        ),
        migrations.AlterField(
            model_name="entryrow",
            name="is_forgotten",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                fields=["state"],
                condition=models.Q(clock_stopped_at=None),
                name="cases_not_stopped",
            ),
        ),
        migrations.AddIndex(
            model_name="entryrow",
            index=models.Index(
                fields=["status", "role"],
                condition=models.Q(is_forgotten=False),
                name="entries_by_status",
            ),
        ),
        migrations.AddIndex(
            model_name="copyrow",
            index=models.Index(fields=["state", "case"], name="copies_by_state"),
        ),
    ]
