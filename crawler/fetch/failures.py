"""What an exception of the transport means: to a reader of the web, and to a caller of a service."""

from __future__ import annotations

import ssl
from urllib.parse import urlsplit

import httpcore

from crawler.fetch.backend import DeadlinePassed, NameUnknown, TooManyBytes
from crawler.fetch.decode import Undecodable
from crawler.fetch.guard import Refused
from crawler.fetch.targets import BadAddress
from crawler.model import Failed, FailureKind
from crawler.ports import NoReply
from crawler.urls import without_credentials

# Every exception that httpcore can raise; of those that match, the first counts.
FAILURES: tuple[tuple[type[Exception], FailureKind, bool, str], ...] = (
    (httpcore.ConnectTimeout, "timeout", True, "no connection within the time limit"),
    (httpcore.TimeoutException, "timeout", True, "no complete answer within the time limit"),
    (httpcore.ProxyError, "connection", True, "the proxy refused"),
    (httpcore.ConnectError, "connection", True, "no connection"),
    (httpcore.RemoteProtocolError, "connection", True, "the answer is broken or cut short"),
    (httpcore.UnsupportedProtocol, "unsafe", False, "no http or https address"),
    (httpcore.LocalProtocolError, "unsafe", False, "the address cannot be asked for"),
    (httpcore.ProtocolError, "connection", True, "the connection broke"),
    (httpcore.NetworkError, "connection", True, "the connection broke"),
    (httpcore.ConnectionNotAvailable, "connection", True, "the connection broke"),
    (BadAddress, "unsafe", False, "not a valid address"),
    (DeadlinePassed, "timeout", True, "no complete answer within the time limit"),
    (TooManyBytes, "too_large", False, "the answer is larger than allowed"),
    (NameUnknown, "dns", True, "the name does not resolve"),
    (Refused, "unsafe", False, ""),
    (Undecodable, "encoding", True, ""),
    (ssl.SSLError, "tls", True, "no secure connection"),
    (UnicodeError, "unsafe", False, "the address cannot be asked for"),
    (OSError, "connection", True, "the connection broke"),
)
CAUGHT = tuple({kind for kind, *_ in FAILURES})
# Nothing was sent when these happen.
_UNSENT = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.ProxyError, Refused, NameUnknown)
_ADDRESS = (BadAddress, httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, UnicodeError)


def failed(url: str, error: Exception, timeout: float) -> Failed:
    """The outcome of a request for `url` that ended in one of `CAUGHT`; `timeout` are the seconds that it had."""
    kind, passing, message = classify(error)
    if kind == "timeout":
        message = f"{message} of {timeout:g} s"
    if kind == "dns":
        message = f"the name {urlsplit(url).hostname} does not resolve"
    return Failed(url, kind, without_credentials(message), None, passing)


def no_reply(error: Exception) -> NoReply:
    """What a caller of a service is told, and whether the service may have done what it was asked for."""
    kind, _, message = classify(error)
    unsure = kind in ("timeout", "connection", "too_large", "encoding") and not isinstance(error, _UNSENT)
    # What is said of a malformed address may hold the address.
    told = "the address cannot be used" if isinstance(error, _ADDRESS) else message
    return NoReply(told, unsure=unsure)


def classify(error: Exception) -> tuple[FailureKind, bool, str]:
    """What an exception of the transport means: kind, whether it may pass, and one line for people."""
    cause = _origin(error)
    if isinstance(cause, ssl.SSLError) and not isinstance(cause, TimeoutError):
        reason = getattr(cause, "verify_message", "") or (cause.reason or str(cause)).replace("_", " ").lower()
        return "tls", True, f"no secure connection: {reason}"
    for kind, name, passing, words in FAILURES:
        if isinstance(error, kind):
            detail = " ".join(str(error).split())[:300]
            show = not isinstance(error, httpcore.TimeoutException | DeadlinePassed | NameUnknown) and detail
            return name, passing, (f"{words}: {detail}" if words and show else words or detail)
    return "bug", True, f"{type(error).__name__}: {error}"


def _origin(error: BaseException) -> BaseException:
    # httpcore gives the exception of the socket as the only argument of its own, and cuts the chain of causes.
    while True:
        inner = error.__cause__ or (error.args[0] if error.args else None)
        if not isinstance(inner, BaseException):
            return error
        error = inner
