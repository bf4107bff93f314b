"""The web that the benchmark crawls: feeds on as many loopback addresses as there are feeds, in a process of its own.

    python -m tests.bench.origin --feeds 500 [--recent 2] [--tls FILE] [--latency 0.05 0.3]

Feed n is `http://127.x.y.z:port/n/feed`, see `address`. It prints its port and serves until its standard input ends;
each line that comes there is a version that all feeds have from then on. Its CPU time is nobody's: only the clients
are measured.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import socket
import ssl
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache, partial
from pathlib import Path

import trustme

from tests.bench.feeds import Feeds

SEED = 6


def address(number: int) -> str:
    """The loopback address of a feed: a host of its own for each."""
    number += 1
    return f"127.{1 + number // 62500}.{number // 250 % 250 + 1}.{number % 250 + 1}"


def url(number: int, port: int, *, tls: bool = False) -> str:
    """The address of a feed."""
    return f"http{'s' * tls}://{address(number)}:{port}/{number}/feed"


class Origin:
    """What is answered."""

    def __init__(self, feeds: Feeds, port: int, latency: tuple[float, float] | None) -> None:
        self.version = 0
        self._feeds = feeds
        self._port = port
        self._latency = latency
        self._bodies = lru_cache(maxsize=600)(self._body)
        self._modified = format_datetime(feeds.now, usegmt=True)

    def delay(self, number: int) -> float:
        """Seconds that feed's answer is late, the same each time."""
        return random.Random(number).uniform(*self._latency) if self._latency else 0.0

    def answer(self, head: bytes) -> tuple[int, bytes]:
        """The feed's number and the answer to a request."""
        path = head.split(b" ", 2)[1].decode("latin-1")
        first = path.strip("/").partition("/")[0]
        if not path.endswith("/feed") or not first.isdigit():
            return 0, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        number = int(first)
        etag = self._feeds.etag(number, self.version)
        fields = (
            f"Server: bench\r\nDate: {self._modified}\r\nContent-Type: application/xml; charset=utf-8\r\n"
            f"ETag: {etag}\r\nLast-Modified: {self._modified}\r\nCache-Control: max-age=60\r\nVary: Accept-Encoding\r\n"
        )
        if f"\r\nif-none-match: {etag}\r\n".encode() in head[: head.find(b"\r\n\r\n") + 2].lower():
            return number, f"HTTP/1.1 304 Not Modified\r\n{fields}\r\n".encode()
        body = self._bodies(number, self.version)
        return number, f"HTTP/1.1 200 OK\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def warm(self, count: int) -> None:
        """Make the bodies of the first feeds before anybody waits for them."""
        for number in range(min(count, 600)):
            self._bodies(number, 0)

    def _body(self, number: int, version: int) -> bytes:
        return self._feeds.body(number, f"{address(number)}:{self._port}", version)


class _Exchange(asyncio.Protocol):
    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._head = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            number, answer = self._origin.answer(head + b"\r\n\r\n")
            if delay := self._origin.delay(number):
                asyncio.get_running_loop().call_later(delay, self._send, answer)
            else:
                self._send(answer)

    def _send(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


class Certificates:
    """A certificate for each loopback address, by an authority of the benchmark's own."""

    def __init__(self, file: Path) -> None:
        self._authority = trustme.CA()
        self._authority.cert_pem.write_to_path(str(file))
        self._contexts: dict[str, ssl.SSLContext] = {}

    def context(self, host: str) -> ssl.SSLContext:
        """What speaks for an address."""
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]


async def _serve(options: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("0.0.0.0", 0))
    listener.listen(4096)
    listener.setblocking(False)
    port = listener.getsockname()[1]
    now = datetime.now(UTC).replace(microsecond=0)
    origin = Origin(Feeds(SEED, now, options.recent), port, tuple(options.latency) if options.latency else None)
    certificates = Certificates(Path(options.tls)) if options.tls else None
    origin.warm(options.feeds)
    if certificates:
        for number in range(options.feeds):
            certificates.context(address(number))
    print(port, flush=True)
    loop.add_reader(sys.stdin.fileno(), _told, origin, loop)
    while True:
        connection, _ = await loop.sock_accept(listener)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        context = certificates.context(connection.getsockname()[0]) if certificates else None
        task = loop.create_task(loop.connect_accepted_socket(partial(_Exchange, origin), connection, ssl=context))
        task.add_done_callback(_forget)


def _forget(task: asyncio.Task[object]) -> None:
    if not task.cancelled():
        task.exception()  # a client that went away is no news


def _told(origin: Origin, loop: asyncio.AbstractEventLoop) -> None:
    line = sys.stdin.readline()
    if not line:
        loop.stop()
    else:
        origin.version = int(line)


def main() -> None:
    """Serve until nobody is left to tell us anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--recent", type=int, default=0)
    parser.add_argument("--tls", default="")
    parser.add_argument("--latency", type=float, nargs=2)
    loop = asyncio.new_event_loop()
    task = loop.create_task(_serve(parser.parse_args()))
    loop.run_forever()
    if task.done() and not task.cancelled():
        task.result()


if __name__ == "__main__":
    main()
