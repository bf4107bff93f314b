"""The demo's web on loopback: one threading HTTP server that tells the blogs apart by their Host header."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from crawler.demo.site import Page, Web, build_web, sources_yaml

_NOT_FOUND = Page(b"<!DOCTYPE html><title>Not found</title><h1>404</h1>\n", "text/html; charset=utf-8", status=404)


@dataclass(frozen=True, slots=True)
class Hit:
    """One request as it was answered."""

    method: str
    host: str
    path: str
    status: int
    user_agent: str
    conditional: bool


class DemoServer:
    """Serves the sample blogs on 127.0.0.1 while the context is open.

    `flood` makes the blog with an archive put all of it into its feed; `overrides` maps (host, path) to a status
    that is answered instead of the document. Both may be changed while the server runs.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.flood = False
        self.overrides: dict[tuple[str, str], int] = {}
        self.hits: list[Hit] = []
        self._lock = Lock()
        self._webs: dict[bool, Web] = {}
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="demo", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def web(self) -> Web:
        """The documents that are served now."""
        with self._lock:
            if self.flood not in self._webs:
                self._webs[self.flood] = build_web(self.now, flood=self.flood)
            return self._webs[self.flood]

    @property
    def address(self) -> tuple[str, int]:
        """Where the server listens."""
        return "127.0.0.1", self._server.server_port

    @property
    def routes(self) -> dict[tuple[str, int], tuple[str, int]]:
        """(host, port) of the invented web to the address that stands in for it: for the fetcher."""
        return {(host, 80): self.address for host in self.web.hosts}

    def sources_yaml(self) -> str:
        """The sources.yaml of the demo."""
        return sources_yaml(self.web.blogs)

    def count(self, *, host: str | None = None, path: str | None = None, status: int | None = None) -> int:
        """How many requests matched, of those answered so far."""
        with self._lock:
            return sum(
                (host is None or hit.host == host)
                and (path is None or hit.path == path)
                and (status is None or hit.status == status)
                for hit in self.hits
            )

    def clear(self) -> None:
        """Forget the requests answered so far."""
        with self._lock:
            self.hits.clear()

    def page(self, host: str, path: str) -> Page:
        """The document at an address: an override, the page, a redirect to the form with a final slash, or 404."""
        if status := self.overrides.get((host, path)):
            return Page(b"<h1>Service unavailable</h1>\n", "text/html; charset=utf-8", status=status)
        pages = self.web.pages
        if found := pages.get((host, path)):
            return found
        if (host, path + "/") in pages:
            return Page(b"", "text/html; charset=utf-8", {"Location": f"http://{host}{path}/"}, 301)
        return _NOT_FOUND

    def record(self, hit: Hit) -> None:
        """Add a line to the request log."""
        with self._lock:
            self.hits.append(hit)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, demo: DemoServer) -> None:
        self.demo = demo
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = 30
    # Header and body in two packets wait for each other's acknowledgement (Nagle and delayed ACK).
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as declared in the base class
        """Requests are kept in the log of DemoServer, not printed."""

    def _answer(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        path = urlsplit(self.path).path
        page = self.server.demo.page(host, path)
        etag = _etag(page.body)
        conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        status = 304 if page.status == 200 and self._is_current(page, etag) else page.status
        agent = self.headers.get("User-Agent", "")
        self.server.demo.record(Hit(self.command, host, path, status, agent, conditional))
        self._send(page, status, etag)

    def _is_current(self, page: Page, etag: str) -> bool:
        # If-None-Match wins over If-Modified-Since (RFC 9110 section 13.2.2).
        if (known := self.headers.get("If-None-Match")) is not None:
            return etag in (tag.strip() for tag in known.split(","))
        since, modified = self.headers.get("If-Modified-Since"), page.headers.get("Last-Modified")
        if not since or not modified:
            return False
        try:
            return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
        except ValueError:
            return False

    def _send(self, page: Page, status: int, etag: str) -> None:
        body = b"" if status == 304 else page.body
        headers = {**page.headers, "ETag": etag, "Vary": "Accept-Encoding"}
        if status != 304:
            headers["Content-Type"] = page.content_type
            if "gzip" in self.headers.get("Accept-Encoding", "") and not page.content_type.startswith("image/png"):
                body = _gzipped(body)
                headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(body))
        self.send_response(status)
        self._send_headers(headers.items())
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()


@lru_cache(maxsize=4096)
def _etag(body: bytes) -> str:
    # Weak: the compressed and the plain form share it (RFC 9110 section 8.8.3.3).
    return f'W/"{sha256(body).hexdigest()[:20]}"'


@lru_cache(maxsize=4096)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
