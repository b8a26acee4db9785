"""Cases know the laws of their day and their clocks; decisions may be about what a notice names.

Cases from before have no clock: no law was chosen when they were opened. Code from before may go on
writing beside it: what it does not know has a default.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def name_moves(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was decided about a whole case was always that it has no ground."""
    rows = apps.get_model("storage", "DecisionRow").objects.filter(copy=None)
    rows.update(case_move="decline")


class Migration(migrations.Migration):
    """Columns with defaults, and a table for deadlines."""

    dependencies = [("storage", "0006_tombstones")]

    operations = [
        migrations.AddField("caserow", "packs", models.JSONField(default=list, db_default=[])),
        migrations.AddField("caserow", "looked_at", models.DateTimeField(null=True)),
        migrations.AddField("caserow", "clock_stopped_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "caserow", "escalated", models.PositiveIntegerField(default=0, db_default=0)
        ),
        migrations.AddField("decisionrow", "case_move", models.CharField(max_length=32, null=True)),
        migrations.AddField(
            "decisionrow", "take_down", models.JSONField(default=list, db_default=[])
        ),
        migrations.RunPython(name_moves, migrations.RunPython.noop),
        migrations.CreateModel(
            name="DeadlineRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("regime", models.CharField(max_length=64)),
                ("version", models.CharField(max_length=32)),
                ("duty", models.CharField(max_length=64)),
                ("words", models.CharField(max_length=500)),
                ("began_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
    ]
