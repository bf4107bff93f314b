"""The web as a function: one request in, one outcome out, within bounds.

httpcore in threads, without httpx's client over it, which costs a sixth more a request; its asynchronous twin costs
twice as much.
"""

from __future__ import annotations

import http
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import httpcore

from crawler.fetch import redirects, robots
from crawler.fetch.backend import DeadlinePassed, Exchange, Resolver
from crawler.fetch.bodies import Bodies, drain, pieces
from crawler.fetch.connections import Connections
from crawler.fetch.failures import CAUGHT, failed, no_reply
from crawler.fetch.guard import Guard
from crawler.fetch.headers import collect, fields_of, fields_of_call, location
from crawler.fetch.memory import return_large_blocks
from crawler.fetch.redirects import Trail
from crawler.fetch.targets import target_of
from crawler.fetch.transports import Answer
from crawler.headers import retry_after
from crawler.model import Failed, Fetched, Gone, NotModified, Outcome, Request
from crawler.ports import Call, NoReply, Reply
from crawler.settings import FetchSettings

MAX_LINK_BYTES = 16 * 1024
MAX_REPLY_BYTES = 1_000_000

# Of these a body that is longer is cut here, and no failure.
_CUT = {"robots": robots.MAX_BYTES, "link": MAX_LINK_BYTES}
_HEADER_ROOM = 256 * 1024  # bytes before the body, and again beside it (sizes of chunks, trailers)
_PASSING = frozenset({408, 425, 429})


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
        self._settings = settings
        self._user_agent = user_agent.encode("latin-1", "replace")
        self._now = now
        self._exchange = Exchange()
        guard = Guard(settings.allow_private_hosts)
        environ = os.environ if environ is None else environ
        self._connections = Connections(self._exchange, guard, environ, routes, resolver)
        self._bodies = Bodies(self._exchange)

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
        except CAUGHT as error:
            return self._failed(trail, error)
        if not isinstance(answer, redirects.Trail):
            return answer
        return replace(answer, spent=trail.spent + time.monotonic() - began)

    def hand_over(self) -> Callable[[], None]:
        """What to call when the body that this thread's last step brought is done with; from any thread, once."""
        return self._bodies.hand_over()

    def received(self) -> int:
        """Bytes on the wire that this thread's last step brought, heads and failures included."""
        return self._exchange.bytes_received

    def call(self, call: Call) -> Reply | NoReply:
        """Speak to a service, within the same bounds as `fetch`; see `ports.Poster`."""
        self._exchange.begin(self._settings.timeout, _HEADER_ROOM)
        try:
            fields = fields_of_call(call.headers, self._user_agent)
            target = target_of(call.url)
            answer = self._connections.to(target).send(call.method, target, fields, call.body)
            try:
                self._exchange.bytes_left += MAX_REPLY_BYTES
                body = b"".join(pieces(answer))
            finally:
                answer.close()
        except CAUGHT as error:
            return no_reply(error)
        return Reply(answer.status, collect(answer.headers), body)

    def close(self) -> None:
        """Close idle connections."""
        self._connections.close()

    def _limit(self, trail: Trail) -> int:
        limit = self._settings.max_bytes
        return min(limit, _CUT.get(trail.request.purpose, limit))

    def _ask(self, trail: Trail) -> Outcome | Trail:
        target, fields = target_of(trail.url), fields_of(trail, self._user_agent)
        connections = self._connections.to(target)
        try:
            answer = connections.send("GET", target, fields)
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
            # A kept connection that the server closed meanwhile is no failure of the request (RFC 9112 section 9.3.1).
            if self._exchange.fresh:
                raise
            answer = connections.send("GET", target, fields)
        self._exchange.bytes_left += self._limit(trail) + _HEADER_ROOM
        try:
            return self._outcome(trail, answer)
        finally:
            answer.close()

    def _outcome(self, trail: Trail, answer: Answer) -> Outcome | Trail:
        status, headers = answer.status, collect(answer.headers)
        if status in (200, 203):
            limit = self._limit(trail)
            body = self._bodies.read(answer, headers, limit, cut=trail.request.purpose in _CUT)
            if body is None:
                message = f"the body is larger than {limit} bytes"
                return Failed(trail.url, "too_large", message, status, passing=False)
            return Fetched(trail.url, status, headers, body, trail.moved_to)
        drain(answer, headers)
        if status == 304 and any(trail.validators):
            return NotModified(trail.url, headers, trail.moved_to)
        wait = retry_after(headers, self._now())
        if status in redirects.FOLLOWED:
            return redirects.follow(trail, status, location(headers), wait)
        if status == 410 and trail.permanent:
            return Gone(trail.url)
        passing = status in _PASSING or not 400 <= status < 500
        return Failed(trail.url, "status", _status_line(status), status, passing, wait)

    def _failed(self, trail: Trail, error: Exception) -> Failed:
        return failed(trail.url, error, self._settings.timeout)


def _status_line(status: int) -> str:
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status}"
