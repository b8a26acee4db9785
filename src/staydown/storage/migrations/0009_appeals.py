"""Appeals, and the ground of a decision as both sides are told it.

Decisions from before have no ground on record: posters are told that it was the law.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One column that may be empty, and one table."""

    dependencies = [("storage", "0008_notices")]

    operations = [
        migrations.AddField("decisionrow", "ground", models.CharField(max_length=32, null=True)),
        migrations.CreateModel(
            name="AppealRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("side", models.CharField(max_length=32)),
                ("command", models.CharField(max_length=64, null=True)),
                ("against", models.CharField(max_length=64)),
                ("state", models.CharField(db_index=True, max_length=32)),
                ("filed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(max_length=64, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "appealrow",
            models.UniqueConstraint(fields=("command",), name="one_appeal_of_a_poster"),
        ),
        migrations.AddConstraint(
            "appealrow",
            models.UniqueConstraint(
                condition=models.Q(("command", None)),
                fields=("case",),
                name="one_appeal_of_a_notifier",
            ),
        ),
    ]
