"""Connections over our sockets: to the hosts themselves, and through proxies.

A pool of httpcore's looks at each connection that it keeps whenever a request begins or ends. To a host itself its
connections are used without one: each serves one request at a time, and waits a while for the next to its host.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from crawler.fetch.backend import Backend
from crawler.fetch.targets import Target, proxy_url

_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})  # said to be empty where it is (RFC 9110 section 8.6)

Fields = list[tuple[bytes, bytes]]
_Key = tuple[str, str, int]  # scheme, host, port


class Answer:
    """An answer whose head is there. It must be closed; `on_close` is called when it is."""

    def __init__(self, response: httpcore.Response, on_close: Callable[[], None] | None = None) -> None:
        assert isinstance(response.stream, Iterable)
        self.status: int = response.status
        self.headers: Fields = response.headers
        self.stream: Iterable[bytes] = response.stream
        self._response = response
        self._on_close = on_close

    def close(self) -> None:
        """Let the connection go, whether the body was read to its end or not."""
        try:
            self._response.close()
        finally:
            if self._on_close is not None:
                self._on_close()


class Direct:
    """Connections to hosts themselves; at most `keep` stay open for `expiry` seconds, one to each host and port.

    `context` gives the TLS context, and is asked where one is needed. May be used from many threads.
    """

    def __init__(self, backend: Backend, context: Callable[[], ssl.SSLContext], keep: int, expiry: float) -> None:
        self._backend = backend
        self._context = context
        self._keep = keep
        self._expiry = expiry
        self._lock = threading.Lock()
        self._idle: dict[_Key, httpcore.HTTP11Connection] = {}

    def send(self, method: str, target: Target, fields: Fields, body: bytes = b"") -> Answer:
        """Send one request; the answer's head is there when this returns, its body when it is read.

        Raises what httpcore raises. The answer must be closed.
        """
        key = target.scheme, target.host, target.port
        connection = self._kept(key) or self._connected(target)
        try:
            response = connection.handle_request(_request(method, target, fields, body))
        except BaseException:
            connection.close()
            raise
        return Answer(response, lambda: self._keep_open(key, connection))

    def close(self) -> None:
        """Close idle connections."""
        with self._lock:
            idle = list(self._idle.values())
            self._idle.clear()
        for connection in idle:
            connection.close()

    def _kept(self, key: _Key) -> httpcore.HTTP11Connection | None:
        with self._lock:
            connection = self._idle.pop(key, None)
        if connection is not None and connection.has_expired():  # or was closed by the server meanwhile
            connection.close()
            return None
        return connection

    def _connected(self, target: Target) -> httpcore.HTTP11Connection:
        origin = target.url.origin
        host = origin.host.decode("ascii")
        stream = self._backend.connect_tcp(host, origin.port)
        if target.scheme == "https":
            context = self._context()
            context.set_alpn_protocols(["http/1.1"])
            stream = stream.start_tls(context, host)
        return httpcore.HTTP11Connection(origin, stream, self._expiry)

    def _keep_open(self, key: _Key, connection: httpcore.HTTP11Connection) -> None:
        if not connection.is_idle():
            connection.close()
            return
        with self._lock:
            ended = [self._idle.pop(key)] if key in self._idle else []
            self._idle[key] = connection
            oldest = next(iter(self._idle))
            if len(self._idle) > self._keep or self._idle[oldest].has_expired():
                ended.append(self._idle.pop(oldest))
        for other in ended:
            other.close()


class Transport:
    """httpcore's connections through a proxy; a small pool, to be used for few hosts."""

    def __init__(self, backend: Backend, context: ssl.SSLContext, proxy: str, keep: int, expiry: float) -> None:
        url, auth = proxy_url(proxy)
        how: dict[str, Any] = {
            "proxy_url": url,
            "proxy_auth": auth,
            "ssl_context": context,
            "max_connections": None,
            "max_keepalive_connections": keep,
            "keepalive_expiry": expiry,
            "network_backend": backend,
        }
        if url.scheme == b"https":
            how["proxy_ssl_context"] = context
        kind: Any = httpcore.SOCKSProxy if url.scheme.startswith(b"socks5") else httpcore.HTTPProxy
        self._pool: httpcore.ConnectionPool = kind(**how)

    def send(self, method: str, target: Target, fields: Fields, body: bytes = b"") -> Answer:
        """As `Direct.send`."""
        return Answer(self._pool.handle_request(_request(method, target, fields, body)))

    def close(self) -> None:
        """Close idle connections."""
        self._pool.close()


def _request(method: str, target: Target, fields: Fields, body: bytes) -> httpcore.Request:
    host = (b"Host", target.authority)
    length = [(b"Content-Length", str(len(body)).encode("ascii"))] if body or method in _WITH_BODY else []
    return httpcore.Request(method, target.url, headers=[host, *length, *fields], content=body)
