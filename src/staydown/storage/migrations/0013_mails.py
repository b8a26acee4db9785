"""Which letters are owed. Code from before does not know the table, and owes none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0012_measures")]

    operations = [
        migrations.CreateModel(
            name="MailRow",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail",
                        serialize=False,
                        to="storage.caserow",
                    ),
                ),
                ("owed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(db_index=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
