"""What the search holds: issues and topics in one shard, articles in shards counted from the oldest one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape, unescape

from crawler.site.cards import CardMaker
from crawler.site.dates import day_words
from crawler.site.notes import Topic, notes_parts, topic_path
from crawler.site.searching import ARTICLES_A_SHARD, Found
from crawler.site.values import ROOT, Card, Edition

_MARKUP = re.compile(r"<[^>]+>")
_LONGEST = 20_000  # characters of a note


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the index: its folder, a mark of what is in it, and its records, made when they are asked for."""

    path: str
    mark: str
    records: Callable[[], Sequence[Found]]
    first: bool = False


def search_shards(
    editions: Sequence[Edition], cards: Sequence[Card], topics: Sequence[Topic], maker: CardMaker
) -> Iterator[Shard]:
    """All shards, the one of issues and topics first; `editions` and `cards` newest first."""
    others = [*map(_issue, editions), *_topics(topics, maker)]
    mark = hashlib.blake2b(repr(others).encode(), digest_size=12).hexdigest()
    yield Shard("find/search-0", mark, lambda: others, first=True)
    oldest_first = cards[::-1]
    for number, first in enumerate(range(0, len(cards), ARTICLES_A_SHARD), 1):
        part = oldest_first[first : first + ARTICLES_A_SHARD]
        yield Shard(f"find/search-{number}", maker.mark(part), partial(_articles, part, maker))


def _articles(cards: Sequence[Card], maker: CardMaker) -> list[Found]:
    return [
        Found(
            address=card.url,
            title=card.title,
            text=" ".join((card.deck, card.company, *card.tags)),
            card=maker.card(card).replace(ROOT, ""),
            labels=(
                *((("kind", card.kind),) if card.kind else ()),
                *((("company", card.company),) if card.company else ()),
                *(("tag", tag) for tag in card.tags),
            ),
        )
        for card in cards
    ]


def _issue(edition: Edition) -> Found:
    stories = " ".join(item.title for item in edition.items)
    meta = f'<span class="kind">Issue</span> <time datetime="{edition.day.isoformat()}">{day_words(edition.day)}</time>'
    return Found(
        address=edition.path,
        title=edition.heading,
        text=f"{edition.lead} {stories}",
        card=_card(edition.path, edition.heading, edition.lead, meta),
    )


def _topics(topics: Sequence[Topic], maker: CardMaker) -> Iterator[Found]:
    for place, part in enumerate(notes_parts(topics, maker) if topics else ()):
        for topic in part:
            if topic.html:
                address = f"{topic_path(place)}#{topic.anchor}"
                words = unescape(_MARKUP.sub(" ", topic.html))[:_LONGEST]
                card = _card(address, topic.title, "", '<span class="kind">Notes</span>')
                yield Found(address, topic.title, words, card)


def _card(address: str, title: str, deck: str, meta: str) -> str:
    told = f"<p>{escape(deck)}</p>" if deck else ""
    return f'<li><h3><a href="{escape(address)}">{escape(title)}</a></h3>{told}<p class="meta">{meta}</p></li>'
