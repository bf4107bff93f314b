"""What the search holds: topics and issues, and articles, in shards counted from the oldest ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape, unescape

from crawler.site.cards import CardMaker
from crawler.site.notes import Topic, notes_parts, topic_path
from crawler.site.searching import Found, article_shards, issue_shards
from crawler.site.values import ROOT, Card, Edition, Site
from crawler.text import day_words

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
    site: Site, editions: Sequence[Edition], cards: Sequence[Card], topics: Sequence[Topic], maker: CardMaker
) -> Iterator[Shard]:
    """All shards; the first has the topics, and the first page, for it must not be empty.

    `editions` and `cards` come newest first.
    """
    yield _made("search", [_home(site), *_topics(topics, maker)], first=True)
    oldest = editions[::-1]
    for name, first, last in issue_shards(len(editions)):
        yield _made(name, list(map(_issue, oldest[first:last])))
    oldest_cards = cards[::-1]
    for name, first, last in article_shards(len(cards)):
        part = oldest_cards[first:last]
        yield Shard(f"find/{name}", maker.mark(part), partial(_articles, part, maker))


def _made(name: str, records: Sequence[Found], *, first: bool = False) -> Shard:
    mark = hashlib.blake2b(repr(records).encode(), digest_size=12).hexdigest()
    return Shard(f"find/{name}", mark, lambda: records, first)


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


def _home(site: Site) -> Found:
    return Found("index.html", site.title, site.tagline, _card("index.html", site.title, site.tagline, ""))


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
