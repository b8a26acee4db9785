"""A bank's live entries with what is known of their pictures, for tests that look into it."""

from staydown.bank.shelf import Bank, Record, open_all


def records_of(bank: Bank) -> tuple[Record, ...]:
    """All of them, opened."""
    return tuple(open_all(bank.shelf()))
