"""A real mail server in a thread of this process, which keeps what it took."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.serving.server import free_port

OK = "250 OK"


@dataclass(slots=True)
class Box:
    """What came, and what is answered to the next recipients and letters."""

    port: int = 0
    to: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    logins: list[LoginPassword] = field(default_factory=list)
    at_recipient: str = OK
    at_data: str = OK

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _more: list[str]
    ) -> str:
        if self.at_recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.at_data == OK:
            self.to += envelope.rcpt_tos
            content = envelope.content
            assert isinstance(content, bytes)
            letter = message_from_bytes(content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return self.at_data

    def log_in(
        self, _server: object, _session: object, _envelope: object, _how: str, who: object
    ) -> AuthResult:
        assert isinstance(who, LoginPassword)
        self.logins.append(who)
        return AuthResult(success=who.password == b"secret")


@contextmanager
def post_office(
    *, tls: ssl.SSLContext | None = None, starts_tls: ssl.SSLContext | None = None
) -> Iterator[Box]:
    """The server, answering; `tls` from the start, or after STARTTLS and with a log-in."""
    box = Box(port=free_port())
    controller = Controller(
        box,
        hostname="0.0.0.0",  # noqa: S104 -- also by an address that is not taken for this machine
        port=box.port,
        ssl_context=tls,
        tls_context=starts_tls,
        require_starttls=starts_tls is not None,
        authenticator=box.log_in if starts_tls else None,
        auth_required=starts_tls is not None,
        ready_timeout=20,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
