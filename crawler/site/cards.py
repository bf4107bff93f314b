"""An article in a list, as markup. Made once for all the pages that show it, so by hand and not by a template."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from crawler.site.dates import MONTHS, month_words
from crawler.site.groups import Group, Groups
from crawler.site.values import ROOT, Card, issue_path


class CardMaker:
    """Cards as markup, each made once. Labels lead to their pages where there are such."""

    def __init__(self, groups: Groups, issues: Iterable[int]) -> None:
        self._groups = groups
        self._issues = frozenset(issues)
        self._made: dict[int, tuple[Card, str, bytes]] = {}  # by identity: it costs less than comparing cards

    def card(self, card: Card) -> str:
        """A list item with title, deck and what is known of the article; well-formed XHTML."""
        return self._once(card)[1]

    def mark(self, cards: Iterable[Card]) -> str:
        """Tells whether these cards look as they did, without making their page."""
        return hashlib.blake2b(b"".join(self._once(card)[2] for card in cards), digest_size=12).hexdigest()

    def _once(self, card: Card) -> tuple[Card, str, bytes]:
        made = self._made.get(id(card))
        if made is None:
            text = self._make(card)
            made = self._made[id(card)] = card, text, hashlib.blake2b(text.encode(), digest_size=12).digest()
        return made

    def by_month(self, cards: Iterable[Card]) -> str:
        """Cards below the names of their months."""
        parts = []
        for month, group in groupby(cards, key=lambda card: month_words(card.day) if card.day else "Undated"):
            parts.append(f'<h2 class="part">{month}</h2>\n{self.listed(group)}')
        return "\n".join(parts)

    def listed(self, cards: Iterable[Card]) -> str:
        """Cards as one list."""
        return '<ul class="cards">\n' + "\n".join(map(self.card, cards)) + "\n</ul>"

    def _make(self, card: Card) -> str:
        title = escape(card.title)
        title = f'<a href="{escape(card.url)}">{title}</a>' if card.url else title
        deck = f"<p>{escape(card.deck)}</p>" if card.deck else ""
        meta = " ".join(self._meta(card))
        return f'<li><h3>{title}</h3>{deck}<p class="meta">{meta}</p></li>'

    def _meta(self, card: Card) -> Iterator[str]:
        if card.kind:
            yield _label(card.kind, self._groups.kinds.get(card.kind), "kind")
        if card.company:
            yield _label(card.company, self._groups.companies.get(card.company), "by")
        if card.minutes:
            yield f"<span>{card.minutes}&#160;min</span>"
        if card.day:
            words = f"{card.day.day}&#160;{MONTHS[card.day.month - 1][:3]}&#160;{card.day.year}"
            yield f'<time datetime="{card.day.isoformat()}">{words}</time>'
        for tag in card.tags:
            yield _label(tag, self._groups.tags.get(tag), "tag")
        if card.issue in self._issues and card.issue is not None:
            yield f'<a class="in" href="{ROOT}{issue_path(card.issue)}">issue&#160;#{card.issue}</a>'


def _label(text: str, group: Group | None, name: str) -> str:
    if group is None:
        return f'<span class="{name}">{escape(text)}</span>'
    shown = text if name == "tag" else group.name
    return f'<a class="{name}" href="{ROOT}{group.path}">{escape(shown)}</a>'
