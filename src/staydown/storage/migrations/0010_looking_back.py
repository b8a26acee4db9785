"""How far the look through what is public has come. Code from before does not know the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0009_appeals")]

    operations = [
        migrations.CreateModel(
            name="LookBackRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rounds", models.PositiveSmallIntegerField(default=0)),
                ("is_under_way", models.BooleanField(default=False)),
                ("after", models.CharField(default="", max_length=500)),
                ("unread", models.PositiveIntegerField(default=0)),
                ("unread_before", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
