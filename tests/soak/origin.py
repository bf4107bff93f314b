"""A web of thousands of blogs behind one proxy address, in a process of its own; some of them are hostile.

`python -m tests.soak.origin` prints its port and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import urlsplit

HUGE = 1_000_000_000
_PARAGRAPH = "<p>We measured the queue for a week and moved one writer after the other to the log, shard {0} of it. "
_VOCABULARY = """
    a after all and are as at back batch be before behind bound by cache changes clock cluster code cost data day disk
    each every fail fast file first for from had has host in index into is it job key lag last less load lock log long
    lost made memory merge more moved next night no node not of off old on one open or our page plan queue read ring
    rule run same second send shard slow so some store table test than that the then they this time to two under until
    up was we week were what when which while with write zone
"""
_WORDS = _VOCABULARY.split()


@lru_cache(maxsize=1)
def bomb() -> bytes:
    """A gigabyte of blanks, packed."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(HUGE // 1_000_000):
            file.write(b" " * 1_000_000)
    return packed.getvalue()


def feed(host: str) -> bytes:
    """Ten entries of a thousand words each; one of them is recent, and read at once.

    Every host has its own words, but for one in ten: these have one text with other names, like a farm of copies.
    """
    words = random.Random(host)
    farm = host.endswith("5.example")
    recent = format_datetime(datetime.now(UTC) - timedelta(days=1))
    items = (
        f"<item><title>Shard {n} of {host}</title><link>http://{host}/{n}</link><guid>{host}-{n}</guid>"
        f"<pubDate>{f'Fri, 20 Nov 2020 {n:02}:00:00 GMT' if n else recent}</pubDate><description><![CDATA["
        f"{(_PARAGRAPH.format(n) * 4 + '</p>') * 5 if farm else _text(words)}]]></description></item>"
        for n in range(10)
    )
    return f"<rss version='2.0'><channel><title>{host}</title>{''.join(items)}</channel></rss>".encode()


def _text(words: random.Random) -> str:
    return "".join(f"<p>{' '.join(words.choices(_WORDS, k=100))}.</p>" for _ in range(10))


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
