"""Hands letters to the operator's mail server (RFC 5321), over TLS unless it is this very machine.

A letter says that there is something to read, and where: no number, no name, nothing of a case.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from staydown.casework.writing import Mail, Posted
from staydown.errors import BadRequest, NotSent

PATIENCE_SECONDS: Final = 30
SUBJECT: Final = "An update"
TEXT: Final = """\
There is something new for you to read.

Please open {page} and type your number and your secret.

We say no more here, since others may read this mail. Please do not answer it.
"""
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server: `smtp` changes to TLS once connected, `smtps` begins with it."""

    scheme: str
    host: str
    port: int
    user: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it is this machine: then nothing travels, and TLS is not asked for."""
        return self.host in HERE and self.scheme == "smtp"


def read_server(text: str) -> Server:
    """`smtp://user@host:587`, or `smtps://`. Raises ValueError, saying what it must be."""
    parts = urlsplit(text)
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        raise ValueError("write it as smtp://user@host:587, or smtps://user@host:465")
    if parts.password is not None:
        raise ValueError("the password belongs into a file: set STAYDOWN_SMTP_PASSWORD_FILE")
    return Server(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
    )


def read_mailbox(text: str) -> Address:
    """One address that mail could go to. Raises BadRequest."""
    try:
        found = Address(addr_spec=text)
    except (ValueError, LookupError, MessageError) as error:  # whatever somebody typed there
        raise BadRequest("no address that mail could go to") from error
    if not found.username or not found.domain or not text.isprintable():
        raise BadRequest("no address that mail could go to")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """Sends by one server, as one sender; `page` is where letters can be read."""

    server: Server
    sender: str
    page: str
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    def send(self, mail: Mail) -> Posted:
        """Hand one letter over. Raises NotSent if another try may go better (RFC 5321, 4.2.1)."""
        try:
            message = self._write(mail)
        except BadRequest:
            return Posted.REFUSED
        try:
            with self._connected() as line:
                return self._hand_over(line, message, mail.to)
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"the mail server did not take it: {type(error).__name__}") from error

    def _hand_over(self, line: smtplib.SMTP, message: EmailMessage, to: str) -> Posted:
        try:
            line.send_message(message, self.sender, [to])
        except smtplib.SMTPRecipientsRefused as error:
            return _judge(max(code for code, _ in error.recipients.values()))
        except smtplib.SMTPDataError as error:
            return _judge(error.smtp_code)
        except smtplib.SMTPNotSupportedError:
            return Posted.REFUSED  # an address in letters that the server does not know
        return Posted.TAKEN

    def _write(self, mail: Mail) -> EmailMessage:
        """Raises BadRequest for an address that is none."""
        own = read_mailbox(self.sender)
        message = EmailMessage()
        message["From"] = own
        message["To"] = read_mailbox(mail.to)
        message["Subject"] = SUBJECT
        message["Date"] = format_datetime(mail.at)
        message["Message-ID"] = f"<{mail.name[:40]}@{own.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's machine answers
        message.set_content(TEXT.format(page=self.page))
        return message

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self.server
        if server.scheme == "smtps":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=PATIENCE_SECONDS, context=self.trust
            )
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
        with line:
            if server.scheme == "smtp" and not server.is_here:
                line.starttls(context=self.trust)
            if server.user:
                line.login(server.user, self.password)
            yield line


def _judge(code: int) -> Posted:
    """5yz is for good, 4yz for now. Raises NotSent."""
    if code < 500:
        raise NotSent(f"the mail server answered with {code}")
    return Posted.REFUSED
