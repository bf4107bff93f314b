"""The web as a function: one request in, one outcome out, within bounds.

httpcore in threads, without httpx's client over it, which costs a sixth more a request; its asynchronous twin costs
twice as much. Hosts behind a proxy are spread over many small pools, since a pool looks at all its idle connections at
each request.
"""

from __future__ import annotations

import http
import io
import os
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from urllib.parse import urlsplit

import httpcore

from crawler.errors import ConfigError
from crawler.fetch import redirects
from crawler.fetch.backend import (
    Backend,
    DeadlinePassed,
    Exchange,
    Names,
    NameUnknown,
    Resolver,
    TooManyBytes,
)
from crawler.fetch.decode import ACCEPT_ENCODING, Undecodable, decode
from crawler.fetch.guard import Guard, Refused
from crawler.fetch.headers import collect, location
from crawler.fetch.memory import return_large_blocks
from crawler.fetch.proxies import proxies_from
from crawler.fetch.redirects import Trail
from crawler.fetch.targets import BadAddress, Target, target_of
from crawler.fetch.tls import client_context
from crawler.fetch.transports import Answer, Direct, Transport
from crawler.headers import retry_after
from crawler.model import Failed, FailureKind, Fetched, Gone, NotModified, Outcome, Request
from crawler.ports import Call, NoReply, Reply
from crawler.settings import FetchSettings
from crawler.urls import without_credentials

MAX_ROBOTS_BYTES = 500 * 1024
MAX_LINK_BYTES = 16 * 1024
MAX_REPLY_BYTES = 1_000_000

_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.9, text/xml;q=0.9, text/html;q=0.7, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "link": "text/html, application/xhtml+xml, */*;q=0.8",
    "robots": "text/plain, */*;q=0.5",
}
# Of these a body that is longer is cut here, and no failure.
_CUT = {"robots": MAX_ROBOTS_BYTES, "link": MAX_LINK_BYTES}
_SHARDS = 128
_KEPT_CONNECTIONS = 128  # to the hosts themselves, and through proxies one for each shard
_KEPT_BY_PROXIES = 1
_KEPT_SECONDS = 15.0
_HEADER_ROOM = 256 * 1024  # bytes before the body, and again beside it (sizes of chunks, trailers)
_MAX_CHUNKS = 200_000
_LARGE = 1 << 20
_LARGE_AT_ONCE = 2
_LARGE_WAIT = 120.0
_DRAINED = 16_384
_PASSING = frozenset({408, 425, 429})

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
_CAUGHT = tuple({kind for kind, *_ in FAILURES})
# Nothing was sent when these happen.
_UNSENT = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.ProxyError, Refused, NameUnknown)
_ADDRESS = (BadAddress, httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, UnicodeError)


class HttpFetcher:
    """Asks over HTTP/1.1, politely as far as one request can be; pauses between requests are the Dispatcher's.

    `routes` sends (host, port) to another (address, port), unguarded and past any proxy: for samples and tests that
    serve real names on loopback. `resolver` stands in for DNS. `environ` names proxies and certificates
    (SSL_CERT_FILE, SSL_CERT_DIR, else certifi's). May be used from many threads. Raises ConfigError when the
    environment or the settings cannot be used.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        user_agent: str,
        routes: Mapping[tuple[str, int], tuple[str, int]] | None = None,
        environ: Mapping[str, str] | None = None,
        resolver: Resolver | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        return_large_blocks()
        environ = os.environ if environ is None else environ
        self._settings = settings
        self._user_agent = user_agent.encode("latin-1", "replace")
        self._routes = dict(routes or {})
        self._now = now
        self._guard = Guard(settings.allow_private_hosts)
        self._proxies = proxies_from(environ)
        if self._proxies.socks and find_spec("socksio") is None:
            raise ConfigError(["the environment names a SOCKS proxy, which needs the package socksio"])
        self._certificates = environ.get("SSL_CERT_FILE") or None, environ.get("SSL_CERT_DIR") or None
        if any(self._certificates):
            client_context(*self._certificates)  # what is wrong with them is told now
        self._exchange = Exchange()
        names = Names(resolver)
        backend = Backend(self._exchange, names, self._guard, self._routes)
        self._direct = Direct(backend, self._context, _KEPT_CONNECTIONS, _KEPT_SECONDS)
        self._to_proxy = Backend(self._exchange, names, None)
        self._lock = threading.Lock()
        self._transports: dict[tuple[str, int], Transport] = {}
        self._large = threading.BoundedSemaphore(_LARGE_AT_ONCE)

    def fetch(self, request: Request) -> Outcome:
        """One exchange, redirects followed, all within `settings.timeout`. Never raises for what the web does."""
        at: Outcome | Trail = redirects.start(request)
        while isinstance(at, Trail):
            if at.wait:
                time.sleep(at.wait)
            at = self.step(at)
            self.hand_over()()
        return at

    def step(self, trail: Trail) -> Outcome | Trail:
        """One hop: an outcome, or where to ask next. The time limit covers all hops of a trail.

        Only so many large bodies may be in memory at once: `hand_over` must be called after each step.
        """
        left = self._settings.timeout - trail.spent
        self._exchange.begin(left, _HEADER_ROOM)
        if left <= 0:
            return self._failed(trail, DeadlinePassed())
        began = time.monotonic()
        try:
            answer = self._ask(trail)
        except _CAUGHT as error:
            return self._failed(trail, error)
        if not isinstance(answer, redirects.Trail):
            return answer
        return replace(answer, spent=trail.spent + time.monotonic() - began)

    def hand_over(self) -> Callable[[], None]:
        """What to call when the body that this thread's last step brought is done with; from any thread, once."""
        held, self._exchange.holds = self._exchange.holds, False
        return self._large.release if held else _nothing

    def received(self) -> int:
        """Bytes on the wire that this thread's last step brought, heads and failures included."""
        return self._exchange.bytes_received

    def call(self, call: Call) -> Reply | NoReply:
        """Speak to a service, within the same bounds as `fetch`; see `ports.Poster`."""
        self._exchange.begin(self._settings.timeout, _HEADER_ROOM)
        headers = {"Accept": "application/json, */*;q=0.5", "Connection": "close", **call.headers}
        try:
            fields = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
            fields = [(name, value) for name, value in fields if name.lower() != b"user-agent"]
            fields.append((b"User-Agent", self._user_agent))
            target = target_of(call.url)
            response = self._transport(target).send(call.method, target, fields, call.body)
            try:
                self._exchange.bytes_left += MAX_REPLY_BYTES
                body = b"".join(_raw(response))
            finally:
                response.close()
        except _CAUGHT as error:
            kind, _, message = classify(error)
            unsure = kind in ("timeout", "connection", "too_large", "encoding") and not isinstance(error, _UNSENT)
            # What is said of a malformed address may hold the address.
            told = "the address cannot be used" if isinstance(error, _ADDRESS) else message
            return NoReply(told, unsure=unsure)
        return Reply(response.status, collect(response.headers), body)

    def close(self) -> None:
        """Close idle connections."""
        self._direct.close()
        with self._lock:
            transports = list(self._transports.values())
            self._transports.clear()
        for transport in transports:
            transport.close()

    def _limit(self, trail: Trail) -> int:
        limit = self._settings.max_bytes
        return min(limit, _CUT.get(trail.request.purpose, limit))

    def _ask(self, trail: Trail) -> Outcome | Trail:
        target, fields = target_of(trail.url), self._headers(trail)
        transport = self._transport(target)
        try:
            response = transport.send("GET", target, fields)
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
            # A kept connection that the server closed meanwhile is no failure of the request (RFC 9112 section 9.3.1).
            if self._exchange.fresh:
                raise
            response = transport.send("GET", target, fields)
        self._exchange.bytes_left += self._limit(trail) + _HEADER_ROOM
        try:
            return self._outcome(trail, response)
        finally:
            response.close()

    def _headers(self, trail: Trail) -> list[tuple[bytes, bytes]]:
        headers = [
            (b"User-Agent", self._user_agent),
            (b"Accept", _ACCEPT[trail.request.purpose].encode("ascii")),
            (b"Accept-Encoding", ACCEPT_ENCODING.encode("ascii")),
        ]
        etag, last_modified = trail.validators
        for name, value in ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified)):
            raw = _field_value(value)
            if raw:
                headers.append((name, raw))
        if trail.authorization is not None:
            headers.append((b"Authorization", trail.authorization.encode("latin-1")))
        return headers

    def _transport(self, target: Target) -> Direct | Transport:
        host, port = target.host, target.port
        if (host, port) in self._routes:
            return self._direct
        proxy = self._proxies.proxy_for(target.scheme, host, port)
        if proxy is None:
            return self._direct
        self._guard.check_name(host, port)
        key = (proxy, zlib.crc32(host.encode()) % _SHARDS)
        with self._lock:
            transport = self._transports.get(key)
            if transport is None:
                transport = Transport(self._to_proxy, self._context(), proxy, _KEPT_BY_PROXIES, _KEPT_SECONDS)
                self._transports[key] = transport
        return transport

    def _context(self) -> ssl.SSLContext:
        # Made when it is needed: certifi's bundle takes some 20 ms to read.
        return client_context(*self._certificates)

    def _outcome(self, trail: Trail, response: Answer) -> Outcome | Trail:
        status, headers = response.status, collect(response.headers)
        if status in (200, 203):
            body = self._read(trail, response, headers)
            if isinstance(body, Failed):
                return body
            return Fetched(trail.url, status, headers, body, trail.moved_to)
        self._drain(response, headers, status)
        if status == 304 and any(trail.validators):
            return NotModified(trail.url, headers, trail.moved_to)
        wait = retry_after(headers, self._now())
        if status in redirects.FOLLOWED:
            return redirects.follow(trail, status, location(headers), wait)
        if status == 410 and trail.permanent:
            return Gone(trail.url)
        passing = status in _PASSING or not 400 <= status < 500
        return Failed(trail.url, "status", _status_line(status), status, passing, wait)

    def _read(self, trail: Trail, response: Answer, headers: Mapping[str, str]) -> bytes | Failed:
        limit = self._limit(trail)
        cut = trail.request.purpose in _CUT
        too_large = Failed(
            trail.url, "too_large", f"the body is larger than {limit} bytes", response.status, passing=False
        )
        length = headers.get("content-length", "")
        if not cut and length.isdigit() and int(length) > limit:
            return too_large
        body = io.BytesIO()
        for piece in decode(_raw(response), headers.get("content-encoding", "")):
            self._exchange.left()
            total = body.tell() + len(piece)
            if total > limit:
                body.write(piece)
                return body.getvalue()[:limit] if cut else too_large
            if total > _LARGE and not self._exchange.holds:
                self._wait_for_room()
            body.write(piece)
        return body.getvalue()

    def _wait_for_room(self) -> None:
        # Few large bodies at once, so that memory stays bounded whatever all servers together send. The wait is ours,
        # and does not count against the server.
        began = time.monotonic()
        if not self._large.acquire(timeout=_LARGE_WAIT):
            raise DeadlinePassed
        self._exchange.holds = True
        self._exchange.deadline += time.monotonic() - began

    @staticmethod
    def _drain(response: Answer, headers: Mapping[str, str], status: int) -> None:
        # Reading a small body to its end lets the connection be used again.
        length = headers.get("content-length", "0" if status == 304 else "")
        if length.isdigit() and int(length) <= _DRAINED:
            try:
                for _ in _raw(response):
                    pass
            except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
                return

    def _failed(self, trail: Trail, error: Exception) -> Failed:
        kind, passing, message = classify(error)
        if kind == "timeout":
            message = f"{message} of {self._settings.timeout:g} s"
        if kind == "dns":
            message = f"the name {urlsplit(trail.url).hostname} does not resolve"
        return Failed(trail.url, kind, without_credentials(message), None, passing)


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


def _nothing() -> None:
    """No large body is held."""


def _origin(error: BaseException) -> BaseException:
    # httpcore gives the exception of the socket as the only argument of its own, and cuts the chain of causes.
    while True:
        inner = error.__cause__ or (error.args[0] if error.args else None)
        if not isinstance(inner, BaseException):
            return error
        error = inner


def _raw(response: Answer) -> Iterator[bytes]:
    for count, chunk in enumerate(response.stream):
        if count > _MAX_CHUNKS:  # each costs far more than its bytes
            raise TooManyBytes("in too many chunks")
        yield chunk


def _status_line(status: int) -> str:
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status}"


def _field_value(value: str | None) -> bytes | None:
    """The bytes of a stored validator, or None where they could not have come from a header."""
    if not value or any(c in value for c in "\r\n\0"):
        return None
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return None
