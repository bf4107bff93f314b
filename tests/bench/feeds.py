"""Feeds by seed and number: about 66 kB and 26 entries each, RSS and Atom by turns, nearly all of them old.

The sizes are those of 76 feeds of engineering blogs, measured; nothing of their text is here.
"""

from __future__ import annotations

import html
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.bench.text import paragraphs, sentence

ENTRIES = 26
_PARAGRAPHS = 5


@dataclass(frozen=True, slots=True)
class Feeds:
    """A set of feeds. `recent` entries of each were published in the days before `now`, the others a year ago."""

    seed: int
    now: datetime
    recent: int = 0

    def body(self, number: int, host: str, version: int = 0) -> bytes:
        """A feed's document, its links on `host`. Each `version` after 0 has one more new entry in front."""
        ages = range(-version, ENTRIES)
        entries = [self._entry(number, age, host) for age in ages]
        text = (_rss if number % 5 < 3 else _atom)(number, host, entries)
        return text.encode()

    def etag(self, number: int, version: int = 0) -> str:
        """Its validator."""
        return f'"{self.seed}-{number}-{version}"'

    def _entry(self, number: int, age: int, host: str) -> _Entry:
        rng = random.Random(f"{self.seed} {number} {age}")
        days = age if age < self.recent else 370 + 9 * age
        stock = paragraphs(self.seed)
        chosen = rng.sample(stock, _PARAGRAPHS)
        title = sentence(rng, rng.randint(4, 9))[:-1]
        body = (
            f'<p>{chosen[0]}</p>\n<h2>{title.title()}</h2>\n<p>{chosen[1]} See <a href="http://{host}/docs/{age}">the '
            f"notes</a>.</p>\n<pre><code>retry(limit={rng.randint(2, 99)}, &quot;shard-{rng.randint(1, 999)}&quot;)\n"
            f"</code></pre>\n<ul><li>{chosen[2][:120]}</li><li>{chosen[3][:140]}</li></ul>\n<p>{chosen[4]}</p>"
            f'\n<p><img src="http://{host}/images/{number}-{age}.png" alt="{title}"/></p>'
        )
        return _Entry(
            url=f"http://{host}/{number}/{title.lower().replace(' ', '-')}-{age + 1000}",
            title=title,
            author=f"{sentence(rng, 1)[:-1]} {sentence(rng, 1)[:-1]}",
            at=self.now - timedelta(days=days, hours=2, minutes=number % 60),
            summary=chosen[0][:280],
            body=body,
            tags=tuple(sentence(rng, 1)[:-1].lower() for _ in range(3)),
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    url: str
    title: str
    author: str
    at: datetime
    summary: str
    body: str
    tags: tuple[str, ...]


def _rss(number: int, host: str, entries: list[_Entry]) -> str:
    items = "".join(
        f'<item><title>{e.title}</title><link>{e.url}</link><guid isPermaLink="false">{e.url}</guid>'
        f"<pubDate>{format_datetime(e.at.astimezone(UTC), usegmt=True)}</pubDate>"
        f"<dc:creator><![CDATA[{e.author}]]></dc:creator>"
        + "".join(f"<category><![CDATA[{tag}]]></category>" for tag in e.tags)
        + f"<description><![CDATA[{e.summary}]]></description>"
        f"<content:encoded><![CDATA[{e.body}]]></content:encoded></item>\n"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        'content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f'<title>Notes {number}</title><link>http://{host}/</link><atom:link href="http://{host}/{number}/feed" '
        f'rel="self" type="application/rss+xml"/><language>en</language>\n{items}</channel></rss>\n'
    )


def _atom(number: int, host: str, entries: list[_Entry]) -> str:
    items = "".join(
        f'<entry><title>{e.title}</title><link href="{e.url}"/><id>{e.url}</id><author><name>{e.author}</name></author>'
        f"<published>{e.at.isoformat()}</published><updated>{e.at.isoformat()}</updated>"
        + "".join(f'<category term="{tag}"/>' for tag in e.tags)
        + f"<summary>{html.escape(e.summary, quote=False)}</summary>"
        f'<content type="html">{html.escape(e.body)}</content></entry>\n'
        for e in entries
    )
    updated = max(e.at for e in entries).isoformat()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<title>Notes {number}</title><id>http://{host}/{number}/</id><updated>{updated}</updated>"
        f'<link href="http://{host}/"/><link rel="self" href="http://{host}/{number}/feed"/>\n{items}</feed>\n'
    )
