"""Who writes to notifiers, by the operator's settings."""

import ssl

from staydown.errors import BadRequest, Misconfigured
from staydown.notify.mail import Mailer, read_mailbox, read_server
from staydown.settings import PREFIX, Settings

PAGE = "/help/check"


def open_mailer(settings: Settings) -> Mailer | None:
    """The mailer; None if no server was named. Raises Misconfigured, naming what is missing."""
    if not settings.smtp:
        return None
    if not settings.site:
        raise Misconfigured(f"{PREFIX}SITE: say under which address people find these pages")
    return Mailer(
        server=read_server(settings.smtp),
        sender=_read_sender(settings.mail_from),
        page=settings.site.rstrip("/") + PAGE,
        password=_read_password(settings),
        trust=_read_trust(settings),
    )


def _read_sender(text: str) -> str:
    try:
        read_mailbox(text)
    except BadRequest as error:
        raise Misconfigured(f"{PREFIX}MAIL_FROM: the address that mail comes from") from error
    return text


def _read_password(settings: Settings) -> str:
    if settings.smtp_password_file is None:
        return ""
    try:
        return settings.smtp_password_file.read_text().strip()
    except OSError as error:
        raise Misconfigured(f"{PREFIX}SMTP_PASSWORD_FILE: {error.strerror}") from error


def _read_trust(settings: Settings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.smtp_certificates)
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured(f"{PREFIX}SMTP_CERTIFICATES: no certificates in PEM") from error
