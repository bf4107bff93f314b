"""A web of thousands of blogs behind one proxy address, in a process of its own; some of them are hostile.

`python -m tests.soak.origin` prints its port and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import urlsplit

HUGE = 1_000_000_000
_PARAGRAPH = "<p>We measured the queue for a week and moved one writer after the other to the log, shard {0} of it. "


@lru_cache(maxsize=1)
def bomb() -> bytes:
    """A gigabyte of blanks, packed."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(HUGE // 1_000_000):
            file.write(b" " * 1_000_000)
    return packed.getvalue()


def feed(host: str) -> bytes:
    """Ten entries of a few hundred words each; one of them is recent, and read at once."""
    recent = format_datetime(datetime.now(UTC) - timedelta(days=1))
    items = (
        f"<item><title>Shard {n} of {host}</title><link>http://{host}/{n}</link><guid>{host}-{n}</guid>"
        f"<pubDate>{f'Fri, 20 Nov 2020 {n:02}:00:00 GMT' if n else recent}</pubDate><description><![CDATA["
        f"{(_PARAGRAPH.format(n) * 4 + '</p>') * 5}]]></description></item>"
        for n in range(10)
    )
    return f"<rss version='2.0'><channel><title>{host}</title>{''.join(items)}</channel></rss>".encode()


def answer(host: str, path: str) -> Iterator[bytes]:
    """The answer's bytes, in pieces."""
    if path == "/robots.txt":
        yield b"HTTP/1.1 404 .\r\nContent-Length: 0\r\n\r\n"
    elif host.startswith("huge"):
        yield b"HTTP/1.1 200 .\r\nContent-Type: text/xml\r\n\r\n"
        for _ in range(HUGE // 65536):
            yield b"<item>" * 10922
    elif host.startswith("bomb"):
        yield b"HTTP/1.1 200 .\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb())
        yield bomb()
    else:
        body = feed(host)
        yield b"HTTP/1.1 200 .\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n" % len(body)
        yield body


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            url = urlsplit(head.split(b" ", 2)[1].decode())
            for piece in answer(url.hostname or "", url.path):
                writer.write(piece)
                await writer.drain()
            if (url.hostname or "").startswith("huge"):
                return
    except (ConnectionError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


async def _main() -> None:
    server = await asyncio.start_server(_serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_main())
