"""Inputs for the fuzzer: seeds, and what is made of them. The number of an input decides all of it."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from crawler.demo.site import build_web

_DATA = Path(__file__).resolve().parents[1] / "data"
_LONGEST = 400_000
TYPES = ("application/rss+xml", "text/html; charset=utf-8", "application/json", "text/xml; charset=utf-16", "x", None)
_TOKENS = tuple(
    token.encode("latin-1")
    for token in (
        "<", ">", "&", '"', "'", "]]>", "<![CDATA[", "<!--", "-->", "\x00", "\xff\xfe", "\xed\xa0\x80", "&#0;", "&#x110000;",
        "&x;", "</item>", "<item>", "<entry>", "<a:b>", "<div>", "</div>", "<table><tr>", "<pre>", "<svg>", "<math>",
        "<title>", "<base href=//x>", "<script>", "<template>", "<p", "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>", "{", "}", "[",
        "\\ud800", "null", "-1", "99999999999999999999", "1e999", "javascript:x", "http://[::1", "http://user:pw@h/",
        "\r\n", "\r\n\r\n", ",", ";", "=", "Tue, 99 Foo 10000", "0000-00-00", "xml:base='\x01'", "%%", "%00",
        "\xe2\x80\xae", "\xef\xbb\xbf", "encoding='utf-7'", "encoding='cp1252'", "<meta http-equiv=refresh content=0>",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """A body with the content type that comes with it."""

    body: bytes
    content_type: str | None


@lru_cache(maxsize=1)
def seeds() -> dict[str, tuple[bytes, ...]]:
    """Feeds, pages and heads that are well-formed, or broken as the samples are."""
    feeds = [p.read_bytes() for p in sorted((_DATA / "feeds").iterdir()) if not p.name.endswith(".json")]
    pages = [p.read_bytes() for p in sorted((_DATA / "pages").glob("*.html"))]
    for page in build_web(datetime(2026, 11, 21, tzinfo=UTC)).pages.values():
        if "html" in page.content_type:
            pages.append(page.body)
        elif "xml" in page.content_type or "json" in page.content_type:
            feeds.append(page.body)
    return {"feed": tuple(feeds), "page": tuple(pages), "head": _HEADS}


_HEADS = tuple(
    head.replace("\n", "\r\n").encode()
    for head in (
        'HTTP/1.1 200 OK\nContent-Type: text/xml\nETag: W/"a"\nContent-Length: 6\n\n<rss/>',
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nCache-Control: max-age=60\nAge: 3\n\n4\nabcd\n0\n\n",
        "HTTP/1.1 301 Moved\nLocation: /other\nRetry-After: 120\nContent-Length: 0\n\n",
        "HTTP/1.1 429 Slow\nRetry-After: Sat, 21 Nov 2026 08:00:00 GMT\nDate: Sat, 21 Nov 2026 07:00:00 GMT\n\n",
        'HTTP/1.1 304 Not Modified\nETag: "b"\nExpires: 0\nX-Robots-Tag: otherbot: noindex, noarchive\n\n',
        'HTTP/1.1 200 OK\nContent-Encoding: gzip, br\nContent-Length: 3\nLink: <x>; rel="self"\n\nabc',
        "User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3\nAllow: /\nSitemap: http://h.example/s.xml\n",
    )
)


def make(kind: str, number: int) -> Input:
    """The `number`th input of a kind of seed."""
    rng = random.Random(f"{kind} {number}")
    pool = seeds()[kind]
    body = rng.choice(pool)
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8, 40))):
        body = rng.choice(_MUTATIONS)(body, rng, pool)[:_LONGEST]
    return Input(body, rng.choice(TYPES))


def _place(body: bytes, rng: random.Random) -> int:
    return rng.randrange(len(body) + 1)


def _span(body: bytes, rng: random.Random) -> tuple[int, int]:
    start = _place(body, rng)
    return start, min(len(body), start + rng.choice((1, 1, 4, 30, 300, 3000)))


def _flip(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    at = _place(body, rng)
    return body[:at] + bytes([rng.randrange(256)]) + body[at + 1 :]


def _insert(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    at = _place(body, rng)
    return body[:at] + rng.choice(_TOKENS) + body[at:]


def _replace(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    start, end = _span(body, rng)
    return body[:start] + rng.choice(_TOKENS) + body[end:]


def _delete(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    start, end = _span(body, rng)
    return body[:start] + body[end:]


def _cut(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    return body[: _place(body, rng)]


def _repeat(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    start, end = _span(body, rng)
    return body[:end] + body[start:end] * rng.choice((1, 3, 50, 1000)) + body[end:]


def _pile(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    at = _place(body, rng)
    return body[:at] + rng.choice(_TOKENS) * rng.choice((100, 3000, 20_000)) + body[at:]


def _splice(body: bytes, rng: random.Random, pool: tuple[bytes, ...]) -> bytes:
    other = rng.choice(pool)
    return body[: _place(body, rng)] + other[_place(other, rng) :]


def _recode(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    coding = rng.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "latin-1", "cp037"))
    return body.decode("utf-8", "replace").encode(coding, "replace")


def _pack(body: bytes, rng: random.Random, _: tuple[bytes, ...]) -> bytes:
    return gzip.compress(body, 1) if rng.random() < 0.2 else body[::-1]


_MUTATIONS: tuple[Callable[[bytes, random.Random, tuple[bytes, ...]], bytes], ...] = (
    _flip, _flip, _insert, _insert, _replace, _replace, _delete, _delete, _cut, _repeat, _pile, _splice, _splice,
    _recode, _pack,
)  # fmt: skip
