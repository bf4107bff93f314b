"""An article in a list, as markup. Made once for all the pages that show it, so by hand and not by a template."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from crawler.site.groups import Group, Groups
from crawler.site.values import ROOT, Card, issue_path
from crawler.text import MONTHS, month_words

_LONGEST = {"title": 240, "deck": 400}  # characters; a page of many cards keeps its weight by it
_LABELS = 8


class CardMaker:
    """Cards as markup, each made once, when a page needs it. Labels lead to their pages where there are such."""

    def __init__(self, groups: Groups, issues: Iterable[int]) -> None:
        self._groups = groups
        self._issues = frozenset(issues)
        # By identity: it costs less than comparing cards. The card is kept so that its identity stays its own.
        self._made: dict[int, tuple[Card, str]] = {}
        self._marks: dict[int, tuple[Card, bytes]] = {}

    def card(self, card: Card) -> str:
        """A list item with title, deck and what is known of the article; well-formed XHTML."""
        made = self._made.get(id(card))
        if made is None:
            made = self._made[id(card)] = card, self._make(card)
        return made[1]

    def mark(self, cards: Sequence[Card]) -> str:
        """Tells whether these cards look as they did, without making them."""
        marks = self._marks
        try:
            told = b"".join([marks[id(card)][1] for card in cards])
        except KeyError:
            marks.update({id(card): (card, self._mark(card)) for card in cards if id(card) not in marks})
            told = b"".join([marks[id(card)][1] for card in cards])
        return hashlib.blake2b(self._groups.mark.encode() + told, digest_size=12).hexdigest()

    def _mark(self, card: Card) -> bytes:
        issue = card.issue if card.issue in self._issues else None
        kinds = (card.kind, card.subkind)
        said = (card.title, card.url, card.day, card.deck, card.minutes, card.company, kinds, card.tags, issue)
        return hashlib.blake2b(repr(said).encode(), digest_size=12).digest()

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
        title = escape(_cut(card.title, "title"))
        title = f'<a href="{escape(card.url)}">{title}</a>' if card.url else title
        deck = f"<p>{escape(_cut(card.deck, 'deck'))}</p>" if card.deck else ""
        meta = " ".join(self._meta(card))
        return f'<li><h3>{title}</h3>{deck}<p class="meta">{meta}</p></li>'

    def _meta(self, card: Card) -> Iterator[str]:
        if card.kind:
            yield _label(card.kind, self._groups.kinds.get(card.kind), "kind", self._groups.narrower.get(card.subkind))
        if card.company:
            yield _label(card.company, self._groups.companies.get(card.company), "by")
        if card.minutes:
            yield f"<span>{card.minutes}&#160;min</span>"
        if card.day:
            words = f"{card.day.day}&#160;{MONTHS[card.day.month - 1][:3]}&#160;{card.day.year}"
            yield f'<time datetime="{card.day.isoformat()}">{words}</time>'
        for tag in card.tags[:_LABELS]:
            yield _label(tag, self._groups.tags.get(tag), "tag")
        if card.issue in self._issues and card.issue is not None:
            yield f'<a class="in" href="{ROOT}{issue_path(card.issue)}">issue&#160;#{card.issue}</a>'


def _cut(text: str, name: str) -> str:
    """Words up to a length, with an ellipsis where some are left out."""
    longest = _LONGEST[name]
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def _label(text: str, group: Group | None, name: str, narrower: str | None = None) -> str:
    if group is None:
        return f'<span class="{name}">{escape(narrower or text)}</span>'
    shown = text if name == "tag" else narrower or group.name
    return f'<a class="{name}" href="{ROOT}{group.path}">{escape(shown)}</a>'
