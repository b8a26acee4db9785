"""Case files that were asked for. Code from before does not know the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0014_claims")]

    operations = [
        migrations.CreateModel(
            name="CaseFileRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("file", models.CharField(max_length=64, unique=True)),
                ("state", models.CharField(db_index=True, max_length=32)),
                ("names_notifier", models.BooleanField()),
                ("asked_by", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=64, null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
    ]
