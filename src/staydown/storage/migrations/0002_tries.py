"""Wrong tries are counted for all processes together. Code from before does not know the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [("storage", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="TryRow",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", models.PositiveIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
