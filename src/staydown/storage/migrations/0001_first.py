"""The first tables. Written by Django from `storage.models`."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Every table of the first release."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("actor", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=150, unique=True)),
                ("role", models.CharField(max_length=32)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuditHeadRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("length", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditRow",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("fact", models.TextField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="BankRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("notice", models.CharField(max_length=64, unique=True)),
                ("notifier", models.CharField(max_length=64)),
                ("state", models.CharField(db_index=True, max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("keeps_photo", models.BooleanField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("secret", models.CharField(max_length=64)),
                ("form", models.CharField(max_length=64, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="DataKeyRow",
            fields=[
                ("subject", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EffectRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effect", models.JSONField()),
                ("due_at", models.DateTimeField(db_index=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="KeyRow",
            fields=[
                ("actor", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=150, unique=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.CharField(max_length=200)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CommandRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("command", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=32)),
                ("content_ref", models.CharField(max_length=500)),
                ("issued_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="storage.caserow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CopyRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("copy", models.CharField(max_length=64, unique=True)),
                ("content_ref", models.CharField(max_length=500)),
                ("account_ref", models.CharField(max_length=500, null=True)),
                ("entry", models.CharField(db_index=True, max_length=64)),
                ("verdict", models.CharField(max_length=32)),
                ("inliers", models.PositiveIntegerField()),
                ("is_mirrored", models.BooleanField()),
                ("anisotropy", models.FloatField(null=True)),
                ("altered_fraction", models.FloatField(null=True)),
                ("false_positive_rate", models.FloatField(null=True)),
                ("state", models.CharField(max_length=32)),
                ("found_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(db_index=True, null=True)),
                ("remembered_as", models.CharField(max_length=64, null=True)),
                ("mark", models.CharField(max_length=64, null=True, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("copy", models.CharField(max_length=64, null=True)),
                ("move", models.CharField(max_length=32, null=True)),
                ("shows_this_person", models.CharField(max_length=32, null=True)),
                ("is_intimate", models.CharField(max_length=32, null=True)),
                ("is_without_consent", models.CharField(max_length=32, null=True)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=32)),
                ("source", models.CharField(max_length=32)),
                ("status", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=500, null=True)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=64)),
                ("expires_at", models.DateTimeField(null=True)),
                ("against", models.CharField(max_length=64, null=True)),
                ("is_forgotten", models.BooleanField(db_index=True, default=False)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="storage.caserow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OneTimeLink",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("sealed", models.BinaryField()),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="storage.datakeyrow"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "name"), name="one_of_a_name")
                ],
            },
        ),
    ]
