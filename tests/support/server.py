"""A small real HTTP/1.1 server on loopback, in threads, for tests that claim something about the wire.

    with Server() as server:
        server.add("/feed", b"<rss/>", headers={"ETag": '"1"'})          # answered 304 when the validator comes back
        server.add("/old", status=301, headers={"Location": "/feed"})
        server.add("blog.example/feed", b"...")                          # only for that Host (with or without port)
        server.add("/drip", b"x" * 100, drip=0.1)                        # a byte every tenth of a second
        server.add("/cut", b"x" * 100, cut=50)                           # closes in the middle
        server.add("/big", b"0" * 10**6, coding="gzip", chunked=True)
        server.add("/echo", answer=lambda seen: Answer(body=seen.headers["user-agent"].encode()))
        server.add("/twice", answer=[Answer(status=503), Answer(body=b"ok")])   # in turn; the last one stays
        fetch(server.url("/feed"))
        server.requests                                                  # what was asked: Seen values, in order
        server.paths()                                                   # just the paths

`Server("127.0.0.2")` listens on another loopback address. What was not added is 404. As a proxy it answers requests
in absolute form by their host (`add("blog.example/feed")`), and CONNECT by speaking TLS itself when `tls` was given.
`Server(tls=Authority())` serves https; `Authority().pem(folder)` is the file for SSL_CERT_FILE.
Every Seen has `start` and `end` (monotonic), so that overlap and spacing can be checked: `overlaps`, `gaps`.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import socket
import socketserver
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import brotli
import trustme
import zstandard

_ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: brotli.compress(body, quality=4),
    "zstd": zstandard.compress,
}


@dataclass
class Seen:
    """One request as it came. `host` is the Host header in lower case without port; `end` is 0 until answered."""

    method: str
    host: str
    path: str
    headers: dict[str, str]
    start: float
    raw: bytes
    end: float = 0.0
    peer: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Answer:
    """One answer. `drip`: seconds between two bytes; `cut`: close after so many bytes of the body; `raw`: sent as it
    is in place of everything; `length`: a Content-Length that may lie; `coding`: body is sent so encoded."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    chunked: bool = False
    coding: str | None = None
    length: int | None = None
    raw: bytes | None = None
    close: bool = False


Answers = Answer | Callable[[Seen], Answer] | Sequence[Answer]


class Authority:
    """A certificate authority of the test's own; certificates are made for the names that are asked for (SNI), or
    for `only` whatever is asked for."""

    def __init__(self) -> None:
        self.only: str | None = None
        self._ca = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    def pem(self, folder: Path) -> str:
        """Write the authority's certificate to a file and return its path."""
        path = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(str(path))
        return str(path)

    def context(self, name: str = "127.0.0.1") -> ssl.SSLContext:
        """A server's context that answers to `name`, and by SNI to any other."""
        with self._lock:
            if name not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self._ca.issue_cert(self.only or name).configure_cert(context)
                self._contexts[name] = context
        context = self._contexts[name]
        context.sni_callback = self._choose
        return context

    def _choose(self, connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        if name:
            connection.context = self.context(name)


class Server:
    """See the module's docstring. Use it as a context manager; `url(path)` is an address on it."""

    def __init__(self, address: str = "127.0.0.1", *, tls: Authority | None = None) -> None:
        self.requests: list[Seen] = []
        self.connections = 0
        self._answers: dict[str, Answers] = {}
        self._turns: dict[str, int] = {}
        self._lock = threading.Lock()
        self._tls = tls
        self._open: set[socket.socket] = set()
        self._tcp = _Listener((address, 0), _handler(self))
        self.address, self.port = address, int(self._tcp.server_address[1])
        self._thread = threading.Thread(target=self._tcp.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tcp.shutdown()
        self._tcp.server_close()
        self._thread.join()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def add(self, path: str, body: bytes = b"", status: int = 200, answer: Answers | None = None, **how: Any) -> None:
        """Answer `path` (or `host/path`) so; `how` are the other fields of Answer."""
        self._answers[path] = answer if answer is not None else Answer(body, status, **how)

    def url(self, path: str = "/", host: str | None = None) -> str:
        """An address on this server."""
        return f"{'https' if self._tls else 'http'}://{host or self.address}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [seen.path for seen in self.requests]

    # ------------------------------------------------ for the handler

    def answer(self, seen: Seen) -> Answer:
        """The answer to a request that came."""
        with self._lock:
            self.requests.append(seen)
            for key in (f"{seen.host}{seen.path}", seen.path, f"{seen.host}*", "*"):
                if key in self._answers:
                    found = self._answers[key]
                    break
            else:
                return Answer(b"not here", 404)
            turn = self._turns.get(key, 0)
            self._turns[key] = turn + 1
        if isinstance(found, Answer):
            return _conditional(found, seen)
        if callable(found):
            return found(seen)
        return _conditional(found[min(turn, len(found) - 1)], seen)

    def accept(self, connection: socket.socket) -> socket.socket:
        """Take a connection; over TLS where this server speaks it."""
        with self._lock:
            self.connections += 1
            self._open.add(connection)
        return self.upgrade(connection) if self._tls is not None else connection

    def upgrade(self, connection: socket.socket, name: str | None = None) -> socket.socket:
        """Speak TLS on it from now on."""
        if self._tls is None:
            raise ConnectionError("this server has no certificates")
        secure = self._tls.context(name or self.address).wrap_socket(connection, server_side=True)
        with self._lock:
            self._open.discard(connection)
            self._open.add(secure)
        return secure

    def release(self, connection: socket.socket) -> None:
        """Forget a connection that is closed."""
        with self._lock:
            self._open.discard(connection)
        connection.close()


def encode(coding: str, body: bytes) -> bytes:
    """The body in a content coding."""
    return _ENCODERS[coding](body)


def overlaps(requests: Iterable[Seen]) -> int:
    """How many requests began while another one was under way."""
    spans = sorted((seen.start, seen.end) for seen in requests)
    return sum(after[0] < before[1] for before, after in itertools.pairwise(spans))


def gaps(requests: Iterable[Seen]) -> list[float]:
    """Seconds between the end of each request and the start of the next."""
    spans = sorted((seen.start, seen.end) for seen in requests)
    return [after[0] - before[1] for before, after in itertools.pairwise(spans)]


def _conditional(answer: Answer, seen: Seen) -> Answer:
    if answer.status != 200:
        return answer
    etag = answer.headers.get("ETag")
    modified = answer.headers.get("Last-Modified")
    given = seen.headers.get("if-none-match")
    same = given == etag if given is not None else modified and seen.headers.get("if-modified-since") == modified
    if same and (etag or modified):
        return replace(answer, body=b"", status=304, coding=None, cut=None, drip=0.0, length=None)
    return answer


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Broken connections are what many tests are about."""

    def shutdown_request(self, request: Any) -> None:
        """The handler closes what it took."""


def _handler(server: Server) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            connection: socket.socket = self.request
            with contextlib.suppress(OSError, ValueError):
                connection.settimeout(30)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                _serve(server, server.accept(connection), self.client_address)

    return Handler


def _serve(server: Server, connection: socket.socket, peer: tuple[str, int]) -> None:
    try:
        while (raw := _head(connection)) is not None:
            start = time.monotonic()
            first, *lines = raw.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ", 2)
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name
            }
            host = headers.get("host", "").partition(":")[0].lower()
            if method == "CONNECT":
                server.requests.append(Seen(method, host, target, headers, start, raw, time.monotonic(), peer))
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                connection = server.upgrade(connection, target.rpartition(":")[0])
                continue
            if "://" in target:
                host, _, path = target.partition("://")[2].partition("/")
                host, target = host.partition(":")[0], "/" + path
            seen = Seen(method, host, target, headers, start, raw, 0.0, peer)
            answer = server.answer(seen)
            try:
                go_on = _send(connection, answer, seen)
            finally:
                seen.end = seen.end or time.monotonic()
            if not go_on or headers.get("connection", "").lower() == "close":
                return
    finally:
        server.release(connection)


def _head(connection: socket.socket) -> bytes | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    return data.partition(b"\r\n\r\n")[0]


def _send(connection: socket.socket, answer: Answer, seen: Seen) -> bool:
    """Send one answer; False when the connection ends with it."""
    if answer.delay:
        time.sleep(answer.delay)
    if answer.raw is not None:
        seen.end = time.monotonic()
        _paced(connection, answer.raw, answer.drip)
        return False
    body = encode(answer.coding, answer.body) if answer.coding else answer.body
    fields = dict(answer.headers)
    if answer.coding:
        fields.setdefault("Content-Encoding", answer.coding)
    bare = answer.status in (204, 304)
    if answer.chunked:
        fields["Transfer-Encoding"] = "chunked"
        body = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in _pieces(body, 4096)) + b"0\r\n\r\n"
    elif not bare and answer.length != -1:
        fields["Content-Length"] = str(len(body) if answer.length is None else answer.length)
    lines = [f"HTTP/1.1 {answer.status} .", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    head = "\r\n".join(lines).encode("latin-1")
    sent = body if answer.cut is None else body[: answer.cut]
    seen.end = time.monotonic()  # the client may go on before the last system call returns here
    if answer.drip:
        connection.sendall(head)
        _paced(connection, sent, answer.drip)
        seen.end = time.monotonic()
    else:
        connection.sendall(head + sent)
    return answer.cut is None and answer.length is None and not answer.close


def _paced(connection: socket.socket, data: bytes, drip: float) -> None:
    if not drip:
        connection.sendall(data)
        return
    for at in range(len(data)):
        connection.sendall(data[at : at + 1])
        time.sleep(drip)


def _pieces(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]
