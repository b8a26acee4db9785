"""A copy belongs to a case: several may be made of one upload, and share the picture's seal.

Copies from before have their picture under their own id, and no digest of its pixels: they share
with none.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def name_pictures(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Every copy has had its picture under its own id."""
    apps.get_model("storage", "CopyRow").objects.update(picture=models.F("copy"))


class Migration(migrations.Migration):
    """Columns for what was shared, and a row for a log that is still to be emptied."""

    dependencies = [("storage", "0002_tries")]

    operations = [
        migrations.CreateModel(
            name="ErasureRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owed", models.PositiveBigIntegerField(default=0)),
                ("erased", models.PositiveBigIntegerField(default=0)),
                ("tries", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField("copyrow", "pixels", models.CharField(max_length=64, null=True)),
        migrations.AddField("copyrow", "picture", models.CharField(default="", max_length=64)),
        migrations.RunPython(name_pictures, migrations.RunPython.noop),
        migrations.AlterField("copyrow", "picture", models.CharField(max_length=64)),
        migrations.AlterField("copyrow", "mark", models.CharField(max_length=64, null=True)),
        migrations.AlterField("copyrow", "entry", models.CharField(max_length=64)),
        migrations.AlterField(
            "copyrow", "content_ref", models.CharField(db_index=True, max_length=500)
        ),
        migrations.AddConstraint(
            "copyrow",
            models.UniqueConstraint(fields=("mark", "case"), name="one_of_an_upload_in_a_case"),
        ),
        migrations.AddIndex(
            "copyrow", models.Index(fields=["entry", "pixels"], name="copies_of_an_entry")
        ),
    ]
