"""What the ledger outside of the database is still to be told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table."""

    dependencies = [
        ("storage", "0005_master_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="TombstoneRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=64, unique=True)),
            ],
        ),
    ]
