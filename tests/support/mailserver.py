"""A mail server on loopback, as the other end of delivery."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from crawler.settings import MailSecurity, SmtpSettings
from tests.support.counterparts import SECRET, Counterpart
from tests.support.waiting import PATIENCE


@dataclass(frozen=True)
class Mail:
    """One message as the server took it."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    secure: bool


class Mailbox:
    """What the mail server does: with `login` it takes mail of its user alone, `refuse` answers a recipient so, `hang_up_after` ends every connection after so many
    messages, `fail_after` ends everything after so many."""

    def __init__(self, part: Counterpart) -> None:
        self.part = part
        self.login = False
        self.refuse: dict[str, str] = {}
        self.hang_up_after = 0
        self.fail_after: int | None = None
        self.connections: set[int] = set()

    async def handle_MAIL(  # noqa: N802 - the name that the library looks for
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The sender of a message."""
        self.connections.add(id(session))
        if self.login and not session.authenticated:
            return "530 5.7.0 authentication required"
        count = getattr(session, "taken", 0)
        if self.part.broken or (self.fail_after is not None and len(self.part.received) >= self.fail_after):
            return f"451 4.3.0 broken, {SECRET}"
        if self.hang_up_after and count >= self.hang_up_after:
            return "421 4.7.0 too many messages in one session"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """A recipient."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The message itself."""
        line = server.transport
        session.taken = getattr(session, "taken", 0) + 1  # type: ignore[attr-defined]
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        message = message_from_bytes(content, _class=EmailMessage, policy=MAIL)
        mail = Mail(
            str(envelope.mail_from),
            tuple(envelope.rcpt_tos),
            message,
            line is not None and line.get_extra_info("sslcontext") is not None,
        )
        self.part.received.append(mail)
        return "250 OK"


class _MailServer(Controller):
    """Listens at a port that is its own from the start: one that was merely found free may be somebody else's by then."""

    def __init__(self, handler: Mailbox, **how: Any) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        super().__init__(handler, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE, **how)

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listener, ssl=self.ssl_context)


def smtp(
    security: MailSecurity = "starttls", context: ssl.SSLContext | None = None, to: tuple[str, ...] = ()
) -> tuple[Counterpart, Mailbox]:
    """A mail server; over TLS of either kind it wants a user."""
    to = to or ("ada@acme.example", "bo@acme.example")
    environ = {"CRAWL_SMTP_PASSWORD": SECRET}
    part = Counterpart("smtp", SmtpSettings(), environ)
    handler = Mailbox(part)
    handler.login = security != "none"

    def login(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, auth: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=(auth.login, auth.password) == (b"me", SECRET.encode()), handled=False)

    starttls: dict[str, Any] = {"tls_context": context, "require_starttls": True} if security == "starttls" else {}
    controller = _MailServer(
        handler,
        ssl_context=context if security == "tls" else None,
        authenticator=login,
        auth_required=security == "starttls",
        auth_require_tls=security != "tls",  # else it offers no login there: it counts STARTTLS alone as TLS
        **starttls,
    )
    controller.start()
    part.close = controller.stop
    part.settings = SmtpSettings(
        host="127.0.0.1",
        port=controller.port,
        security=security,
        user=None if security == "none" else "me",
        to=to,
        rate=6000,
    )
    return part, handler
