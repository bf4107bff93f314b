"""The notes form: an index of topics with anchors, and below it each topic's notes and references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.site.cards import CardMaker
from crawler.site.frame import page
from crawler.site.paging import numbered
from crawler.site.values import Card, Site

FULL = 90_000  # characters of topics on a page
_ANCHOR = re.compile(r'href="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Topic:
    """`html` is safe markup, empty where there are no notes yet. `references` are articles that we know, `elsewhere`
    addresses that we do not; `lists` are pages of more as (name, path, count)."""

    title: str
    anchor: str
    html: str = ""
    references: tuple[Card, ...] = ()
    elsewhere: tuple[str, ...] = ()
    lists: tuple[tuple[str, str, int], ...] = ()


def topic_path(place: int) -> str:
    """The page of a part of the topics."""
    return numbered("notes.html", place)


def notes_parts(topics: Sequence[Topic], maker: CardMaker) -> list[list[Topic]]:
    """Topics in their order, on as few pages as may be without making one heavy."""
    parts: list[list[Topic]] = [[]]
    weight = 0
    for topic in topics:
        own = len(topic.html) + sum(len(maker.card(card)) for card in topic.references) + 400
        if parts[-1] and weight + own > FULL:
            parts.append([])
            weight = 0
        parts[-1].append(topic)
        weight += own
    return parts


def notes_pages(site: Site, topics: Sequence[Topic], maker: CardMaker) -> Iterator[tuple[str, str | None]]:
    """(path, text) of the notes; the first page has the index of all."""
    parts = notes_parts(topics, maker)
    places = {topic.anchor: topic_path(place) for place, part in enumerate(parts) for topic in part}
    for place, part in enumerate(parts):
        path = topic_path(place)
        shown = [(topic, _linked(topic.html, path, places), maker.listed(topic.references)) for topic in part]
        yield (
            path,
            page(
                site,
                path,
                "site-notes.html",
                "Notes" if not place else f"Notes, {part[0].title} to {part[-1].title}",
                f"Notes on {len(topics)} topics, with the articles that we know on them.",
                index=[(topic, places[topic.anchor]) for topic in topics] if not place else [],
                path=path,
                shown=shown,
                newer=topic_path(place - 1) if place else "",
                older=topic_path(place + 1) if place + 1 < len(parts) else "",
            ),
        )


def _linked(html: str, path: str, places: dict[str, str]) -> str:
    """Links to other topics lead to the pages that these stand on."""

    def found(match: re.Match[str]) -> str:
        there = places.get(match[1], path)
        return match[0] if there == path else f'href="{there}#{match[1]}"'

    return _ANCHOR.sub(found, html)
