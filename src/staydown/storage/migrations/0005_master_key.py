"""Which master key wraps, once it was rotated."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table."""

    dependencies = [
        ("storage", "0004_checkpoints"),
    ]

    operations = [
        migrations.CreateModel(
            name="MasterRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=32)),
                ("wraps_all", models.BooleanField(default=False)),
            ],
        ),
    ]
