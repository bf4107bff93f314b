"""The TLS context that all connections share: the only importer of certifi."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import certifi

from crawler.errors import ConfigError


class SharedContext(ssl.SSLContext):
    """A client context that many threads may use at once.

    httpcore sets the ALPN names before each handshake; OpenSSL frees the old ones while another thread may be
    copying them, so that only a change goes through.
    """

    _names: tuple[str, ...] | None = None

    def set_alpn_protocols(self, alpn_protocols: Iterable[str]) -> None:
        names = tuple(alpn_protocols)
        if names != self._names:
            super().set_alpn_protocols(names)
            self._names = names


@lru_cache(maxsize=4)
def client_context(file: str | None, folder: str | None) -> ssl.SSLContext:
    """A verifying context over SSL_CERT_FILE and SSL_CERT_DIR, or over certifi's bundle where both are None.

    Made once: reading a bundle takes some 30 ms. Raises ConfigError where there are no certificates.
    """
    context = SharedContext(ssl.PROTOCOL_TLS_CLIENT)
    if file is not None and not Path(file).is_file():
        raise ConfigError([f"SSL_CERT_FILE: {file} is not there"])
    try:
        if file or folder:
            context.load_verify_locations(file, folder if folder and Path(folder).is_dir() else None)
        else:
            context.load_verify_locations(certifi.where())
    except (OSError, ssl.SSLError, ValueError, TypeError) as error:
        raise ConfigError([f"SSL_CERT_FILE, SSL_CERT_DIR: no certificates in {file or folder}: {error}"]) from error
    return context
