"""Which commands are still to be told. Code from before does not know the table.

What is open when it comes is told as well.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def owe_what_is_open(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A delivery for each open command."""
    commands = apps.get_model("storage", "CommandRow").objects.filter(acknowledged_at=None)
    apps.get_model("storage", "DeliveryRow").objects.bulk_create(
        apps.get_model("storage", "DeliveryRow")(command_id=one.command, due_at=one.issued_at)
        for one in commands
    )


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0010_looking_back")]

    operations = [
        migrations.CreateModel(
            name="DeliveryRow",
            fields=[
                (
                    "command",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="delivery",
                        serialize=False,
                        to="storage.commandrow",
                        to_field="command",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(db_index=True, null=True)),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(owe_what_is_open, migrations.RunPython.noop),
    ]
