"""Which connections carry a request: those to the host itself, or those through the proxy that the environment names.

Hosts behind a proxy are spread over many small pools, since a pool looks at all its idle connections at each request.
"""

from __future__ import annotations

import ssl
import threading
import zlib
from collections.abc import Mapping
from importlib.util import find_spec

from crawler.errors import ConfigError
from crawler.fetch.backend import Backend, Exchange, Names, Resolver
from crawler.fetch.guard import Guard
from crawler.fetch.proxies import proxies_from
from crawler.fetch.targets import Target
from crawler.fetch.tls import client_context
from crawler.fetch.transports import Direct, Transport

_SHARDS = 128
_KEPT_CONNECTIONS = 128  # to the hosts themselves, and through proxies one for each shard
_KEPT_BY_PROXIES = 1
_KEPT_SECONDS = 15.0


class Connections:
    """All connections of one fetcher, each within what is left of its thread's `exchange`.

    `environ` names proxies and certificates (SSL_CERT_FILE, SSL_CERT_DIR, else certifi's); `guard` says which addresses
    may be asked. `routes` sends (host, port) to another (address, port), past guard and proxies; `resolver` stands in
    for DNS. May be used from many threads. Raises ConfigError when the environment cannot be used.
    """

    def __init__(
        self,
        exchange: Exchange,
        guard: Guard,
        environ: Mapping[str, str],
        routes: Mapping[tuple[str, int], tuple[str, int]] | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self._guard = guard
        self._routes = dict(routes or {})
        self._proxies = proxies_from(environ)
        if self._proxies.socks and find_spec("socksio") is None:
            raise ConfigError(["the environment names a SOCKS proxy, which needs the package socksio"])
        self._certificates = environ.get("SSL_CERT_FILE") or None, environ.get("SSL_CERT_DIR") or None
        if any(self._certificates):
            client_context(*self._certificates)  # what is wrong with them is told now
        names = Names(resolver)
        backend = Backend(exchange, names, guard, self._routes)
        self._direct = Direct(backend, self._context, _KEPT_CONNECTIONS, _KEPT_SECONDS)
        self._to_proxy = Backend(exchange, names, None)
        self._lock = threading.Lock()
        self._transports: dict[tuple[str, int], Transport] = {}

    def to(self, target: Target) -> Direct | Transport:
        """The connections by which a target is asked. Raises Refused where its name may not be asked for."""
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

    def close(self) -> None:
        """Close idle connections."""
        self._direct.close()
        with self._lock:
            transports = list(self._transports.values())
            self._transports.clear()
        for transport in transports:
            transport.close()

    def _context(self) -> ssl.SSLContext:
        # Made when it is needed: certifi's bundle takes some 20 ms to read.
        return client_context(*self._certificates)
