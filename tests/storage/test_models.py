"""The tables in the database are those that the code knows."""

from tests import django_ready as django_ready  # isort: skip -- sets Django up

from django.core.management import call_command


def test_no_change_of_a_table_was_forgotten_in_the_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
