"""Mail to a list of people by one's own server (RFC 5321), one message each."""

from __future__ import annotations

import smtplib
import ssl
from email import message_from_bytes
from email.policy import SMTP

from crawler.deliver.parcel import Parcel, Rejected, Tools
from crawler.errors import DeliverError
from crawler.settings import SmtpSettings
from crawler.text import mailbox, one_line

TIMEOUT = 60.0
_LOCAL = ("localhost", "127.0.0.1", "::1")
_NOBODY = ".invalid"  # RFC 2606: what mail is from where no sender was given


class SmtpSink:
    """The `email` format with a To of each recipient's own; nobody sees who else gets it.

    One connection for all, made again where the server ends it between two messages (as those do that take only so
    many). The Message-ID is the issue's, so that a repetition can be told.
    """

    def __init__(self, settings: SmtpSettings, parcel: Parcel, tools: Tools) -> None:
        self._settings, self._parcel, self._tools = settings, parcel, tools
        self._password = tools.secret(settings.env) if settings.user else None
        if self._password and settings.security == "none" and settings.host not in _LOCAL:
            raise DeliverError("a password is not sent over a connection in clear; set `security` to starttls or tls")
        self._recipients = _recipients(settings, tools)
        self._message = parcel.rendered("email")
        sender = mailbox(str(message_from_bytes(self._message, policy=SMTP)["From"] or ""))
        if sender is None or sender[1].endswith(_NOBODY):
            raise DeliverError("mail needs a sender: set `sender` in settings.issue, such as `News <news@example.org>`")
        self._sender = sender[1]
        self._connection: smtplib.SMTP | None = None
        self._sent = 0

    def recipients(self) -> tuple[str, ...]:
        return self._recipients

    def plan(self, recipient: str) -> str:
        kilobytes = -(-len(self._message) // 1000)
        return f"mail {self._parcel.heading} ({kilobytes} KB) to {recipient} by {self._settings.host}"

    def send(self, recipient: str) -> None:
        if self._sent:
            self._tools.sleep(60.0 / self._settings.rate)
        self._sent += 1
        try:
            self._transfer(recipient)
        except smtplib.SMTPResponseException as error:
            self._refused(recipient, error)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise DeliverError(f"{self._where}: {_words(error)}; who got mail is recorded, `--send` goes on") from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    @property
    def _where(self) -> str:
        return f"{self._settings.host}:{self._settings.port}"

    def _transfer(self, recipient: str) -> None:
        """One mail transaction (RFC 5321 section 3.3). Only before the message itself is a lost connection made anew:
        after it nobody knows whether it was taken."""
        try:
            self._envelope(recipient)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException) as error:
            if getattr(error, "smtp_code", 421) != 421 or self._sent == 1:
                raise
            self.close()
            self._envelope(recipient)
        assert self._connection is not None
        _expect(self._connection.data(f"To: {recipient}\r\n".encode() + self._message), 250)

    def _envelope(self, recipient: str) -> None:
        connection = self._connection or self._connected()
        self._connection = connection
        _expect(connection.mail(self._sender), 250)
        _expect(connection.rcpt(recipient), 250, 251)

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        connection: smtplib.SMTP | None = None
        try:
            connection = self._opened(
                ssl.create_default_context(cafile=self._tools.environ.get("SSL_CERT_FILE") or None)
            )
            if settings.user and self._password:
                connection.login(settings.user, self._password)
            connection.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            if connection is not None:
                connection.close()
            if isinstance(error, smtplib.SMTPAuthenticationError):
                message = f"{self._where} refused the user or the password ({error.smtp_code}); check {settings.env}"
                raise DeliverError(message) from None
            raise DeliverError(
                f"{self._where}: {_words(error)}; check `host`, `port`, `security` and `user`"
            ) from error
        return connection

    def _opened(self, context: ssl.SSLContext) -> smtplib.SMTP:
        host, port = self._settings.host, self._settings.port
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
        connection = smtplib.SMTP(host, port, timeout=TIMEOUT)
        if self._settings.security == "starttls":
            try:
                connection.starttls(context=context)
            except BaseException:
                connection.close()
                raise
        return connection

    def _refused(self, recipient: str, error: smtplib.SMTPResponseException) -> None:
        if self._connection is not None:
            try:
                self._connection.rset()
            except (smtplib.SMTPException, OSError):
                self.close()
        code, said = error.smtp_code, _words(error)
        if code == 421:
            raise DeliverError(f"{self._where}: {said}; who got mail is recorded, `--send` later goes on") from error
        after = "take the address off the list" if 500 <= code < 600 else "`--send` later tries again"
        raise Rejected(f"{recipient} was refused: {said}; {after}") from error


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise smtplib.SMTPResponseException(*answer)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return one_line(f"{error.smtp_code} {text}")[:200]
    return one_line(getattr(error, "strerror", None) or str(error) or type(error).__name__)[:200]


def _recipients(settings: SmtpSettings, tools: Tools) -> tuple[str, ...]:
    """The addresses of the settings and of the file, each once, in order. Raises DeliverError with the line."""
    found = dict.fromkeys(settings.to)
    if settings.file:
        path = tools.base / settings.file
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise DeliverError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
        for number, line in enumerate(lines, 1):
            text = line.partition("#")[0].strip()
            address = mailbox(text) if text else None
            if text and address is None:
                raise DeliverError(f"{path}:{number}: {text!r} is no address of mail; nothing was sent, mend the line")
            if address:
                found[address[1]] = None
    return tuple(found)
