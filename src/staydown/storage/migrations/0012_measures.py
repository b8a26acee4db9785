"""What holds about notifiers. Code from before does not know the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0011_deliveries")]

    operations = [
        migrations.CreateModel(
            name="MeasureRow",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=32)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                ("by", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
    ]
