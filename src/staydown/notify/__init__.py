"""Mail: alone speaks SMTP, and says nothing that others must not read."""
