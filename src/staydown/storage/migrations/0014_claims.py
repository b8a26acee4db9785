"""Who works on which case. Code from before does not know the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0013_mails")]

    operations = [
        migrations.CreateModel(
            name="ClaimRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=64)),
                ("until", models.DateTimeField(db_index=True)),
                ("is_passed", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="claimrow",
            constraint=models.UniqueConstraint(fields=("case", "by"), name="one_claim_of_a_person"),
        ),
    ]
