"""The sockets under httpcore: every wait ends at the exchange's deadline, every address passes the guard.

httpcore bounds each read, so that a server which sends a byte a second holds a request for ever; here each operation
gets what is left of the whole exchange. Names are resolved once, the addresses are checked, and the connection
goes to the checked address itself.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import httpcore

from crawler.fetch.guard import Guard, Refused, parse_address, refusal

Resolver = Callable[[str, int], Sequence[str]]

_CONNECT_SHARE = 4.0  # seconds that one of several addresses may take
_NAMES_KEPT_SECONDS = 120.0
_NAMES_KEPT = 10_000


class DeadlinePassed(Exception):
    """The exchange took longer than it may."""


class TooManyBytes(Exception):
    """More bytes came over the wire than the exchange may receive."""


class NameUnknown(Exception):
    """The host's name does not resolve."""


class Exchange(threading.local):
    """What the exchange under way in this thread may still spend: time (monotonic) and bytes."""

    deadline: float = 0.0
    bytes_left: int = 0
    bytes_received: int = 0
    holds: bool = False  # one of the few places for a large body
    fresh: bool = True  # whether a connection was made, or bytes came: what fails now is no stale connection

    def begin(self, seconds: float, max_bytes: int) -> None:
        """Start an exchange of at most `seconds` and `max_bytes` on the wire."""
        self.deadline = time.monotonic() + seconds
        self.bytes_left = max_bytes
        self.bytes_received = 0
        self.fresh = False

    def left(self) -> float:
        """Seconds left; raises DeadlinePassed when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise DeadlinePassed
        return left

    def received(self, count: int) -> None:
        """Count bytes; raises TooManyBytes."""
        self.fresh = True
        self.bytes_left -= count
        self.bytes_received += count
        if self.bytes_left < 0:
            raise TooManyBytes


class _Stream(httpcore.NetworkStream):
    """A stream whose operations are clipped to the deadline of the thread that uses it."""

    def __init__(self, inner: httpcore.NetworkStream, exchange: Exchange) -> None:
        self._inner = inner
        self._exchange = exchange

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline rules
        data = self._inner.read(max_bytes, self._exchange.left())
        if data:
            self._exchange.received(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._exchange.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._exchange.left())
        return _Stream(inner, self._exchange)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own signature
        return self._inner.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Connects within the deadline: with a guard to checked addresses only, without one (to a proxy) anywhere."""

    def __init__(
        self,
        exchange: Exchange,
        names: Names,
        guard: Guard | None,
        routes: Mapping[tuple[str, int], tuple[str, int]] | None = None,
    ) -> None:
        self._exchange = exchange
        self._names = names
        self._guard = guard
        self._routes = dict(routes or {})
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self._exchange.fresh = True
        routed = self._routes.get((host, port))
        addresses, port = ([routed[0]], routed[1]) if routed else (self._permitted(host, port), port)
        for at, address in enumerate(addresses, 1):
            left = self._exchange.left()
            patience = left if at == len(addresses) else min(left, max(_CONNECT_SHARE, left / len(addresses)))
            try:
                inner = self._sockets.connect_tcp(address, port, patience, local_address, socket_options)
                return _Stream(inner, self._exchange)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if at == len(addresses):
                    raise
        raise NameUnknown(host)

    def _permitted(self, host: str, port: int) -> Sequence[str]:
        literal = parse_address(host)
        found = [str(literal)] if literal is not None else self._names.resolve(host, port, self._exchange)
        if self._guard is None:
            return found
        refused = None
        permitted = []
        for text in found:
            address = parse_address(text)
            if address is not None and self._guard.allowed(host, address, port):
                permitted.append(text)
            else:
                refused = address
        if not permitted and found:
            raise Refused(refusal(host, refused))
        return permitted


class Names:
    """Resolves names with a time limit, and remembers answers for two minutes.

    The C library's resolver cannot be interrupted, so that it runs in a thread of its own which is left behind
    when time is up.
    """

    def __init__(self, resolver: Resolver | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._resolver = resolver or _system_resolver
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: dict[tuple[str, int], tuple[float, Sequence[str]]] = {}

    def resolve(self, host: str, port: int, exchange: Exchange) -> Sequence[str]:
        """The addresses of `host`, in the order to try. Raises NameUnknown or DeadlinePassed."""
        key = (host, port)
        kept = self._known.get(key)
        if kept is not None and kept[0] > self._monotonic():
            return kept[1]
        answer: list[Sequence[str] | Exception] = []
        done = threading.Event()

        def ask() -> None:
            try:
                answer.append(self._resolver(host, port))
            except (OSError, UnicodeError, ValueError) as error:
                answer.append(error)
            finally:
                done.set()

        threading.Thread(target=ask, name=f"resolve-{host}", daemon=True).start()
        if not done.wait(exchange.left()):
            raise DeadlinePassed
        found = answer[0] if answer else OSError("no answer")
        if isinstance(found, Exception) or not found:
            raise NameUnknown(host) from (found if isinstance(found, Exception) else None)
        with self._lock:
            if len(self._known) >= _NAMES_KEPT:
                self._known.clear()
            self._known[key] = (self._monotonic() + _NAMES_KEPT_SECONDS, found)
        return found


def _system_resolver(host: str, port: int) -> Sequence[str]:
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in infos))
