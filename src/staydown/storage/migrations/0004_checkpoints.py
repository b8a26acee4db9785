"""Signed checkpoints of the audit chain, and their timestamps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table."""

    dependencies = [
        ("storage", "0003_copies"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckpointRow",
            fields=[
                ("length", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("signed", models.TextField()),
                ("stamp", models.BinaryField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
