"""Cases know who sent their notice and what is missing in it; places are marked, children sent on.

Notices from before came from people, lack nothing that was asked for, and have no marks: they are
not seen to be about the same place as later ones.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns with defaults, and two tables."""

    dependencies = [("storage", "0007_deadlines")]

    operations = [
        migrations.AddField(
            "caserow",
            "sender",
            models.CharField(db_default="person", default="person", max_length=32),
        ),
        migrations.AddField("caserow", "lacks", models.JSONField(db_default=[], default=list)),
        migrations.AddField("caserow", "completed_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="PlaceRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(db_index=True, max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "placerow", models.UniqueConstraint(fields=("case", "mark"), name="a_place_once")
        ),
        migrations.CreateModel(
            name="HandOffRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                ("handed_on_at", models.DateTimeField(db_index=True, null=True)),
            ],
        ),
    ]
