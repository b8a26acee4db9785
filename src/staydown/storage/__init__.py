"""The one Django app with models: rows in a database ⇄ casework's values. Decides nothing."""
