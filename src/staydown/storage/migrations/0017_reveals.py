"""Looks under the cover. Code from before does not know the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0016_queue")]

    operations = [
        migrations.CreateModel(
            name="RevealRow",
            fields=[
                ("ticket", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("copy", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("session", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
                ("until", models.DateTimeField()),
                ("is_in_colour", models.BooleanField()),
                ("is_used", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reveals",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
    ]
