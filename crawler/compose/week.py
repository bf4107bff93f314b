"""What the week adds to an article's own worth: freshness, rhythm, who else tells it, what readers wish and had."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.compose.facts import title_stems
from crawler.compose.stories import Story
from crawler.model import Article, Reason, Window
from crawler.ports import LedgerEntry

RHYTHM = timedelta(weeks=8)  # before the window's end, over which a source's posts are counted
_RECENT_TAGS = 4  # issues
_RECENT_TITLES = 8
_INTEREST = 0.15  # what a full interest in the first tag adds
_MOST = 0.2


@dataclass(frozen=True, slots=True)
class Week:
    """What is known of a window beside its candidates.

    `posts` counts what each source published in the eight weeks up to the window's end (`RHYTHM`); a source that is
    not in it is judged by what it has in the window. `interests` are weights of tags from -1 to 1.
    """

    window: Window
    ledger: Sequence[LedgerEntry] = ()
    interests: Mapping[str, float] = field(default_factory=dict)
    posts: Mapping[str, int] = field(default_factory=dict)


class Addends:
    """The addends of a window's stories; what is the same for all of them is made once."""

    def __init__(self, week: Week, candidates: Sequence[Article]) -> None:
        self._week = week
        self._in_window = Counter(article.source for article in candidates)
        numbers = sorted({entry.number for entry in week.ledger})
        self._tags = _tags_of(week.ledger, set(numbers[-_RECENT_TAGS:]))
        lately = set(numbers[-_RECENT_TITLES:])
        self._titles = [(entry, title_stems(entry.title)) for entry in week.ledger if entry.number in lately]

    def of(self, story: Story) -> list[Reason]:
        """In the order in which they are told; none is zero."""
        article = story.lead
        found = [
            self._freshness(article),
            self._rhythm(article),
            _corroboration(story),
            self._interest(article),
            self._told_tag(article),
            self._told_title(article),
        ]
        return [reason for reason in found if reason and reason.score]

    def _freshness(self, article: Article) -> Reason | None:
        window = self._week.window
        length = (window.end_at - window.start_at).total_seconds()
        age = (window.end_at - (article.published_at or article.first_seen_at)).total_seconds()
        if length <= 0 or not 0 <= age < length:
            return None
        return Reason("score", "fresh", "freshness", "", "date", round(0.03 * (1 - age / length), 4))

    def _rhythm(self, article: Article) -> Reason | None:
        """A rare blog's post counts more: 0.04 for a single one in eight weeks, and as much less for sixteen and
        more."""
        posts = self._week.posts.get(article.source)
        if posts:
            gain = round(max(-0.04, min(0.04, 0.02 * math.log2(4 / posts))), 4)
            words = "its source writes rarely" if gain > 0 else "its source writes much"
            return Reason("score", words, "rhythm", f"{posts} in eight weeks", "source", gain)
        here = self._in_window[article.source]
        if here == 1:
            return Reason("score", "its source's only post", "rhythm", "1 in the window", "source", 0.02)
        if here > 3:
            loss = -round(min(0.06, 0.02 * math.log2(here / 2)), 4)
            return Reason("score", "its source posts much", "rhythm", f"{here} in the window", "source", loss)
        return None

    def _interest(self, article: Article) -> Reason | None:
        """The first tag counts whole, further ones half; together at most 0.2 either way."""
        interests = self._week.interests
        wished = [(tag, interests[tag], 1.0 if place == 0 else 0.5) for place, tag in enumerate(article.tags)
                  if tag in interests]  # fmt: skip
        total = _INTEREST * sum(weight * share for _, weight, share in wished)
        gain = round(max(-_MOST, min(_MOST, total)), 4)
        evidence = ", ".join(f"{tag} {weight:+g}" for tag, weight, _ in wished)
        return Reason("score", "interests", "interest", evidence, "profile", gain) if wished else None

    def _told_tag(self, article: Article) -> Reason | None:
        """A subject that recent issues had takes a little away: up to 0.05 for a first tag in every one of them."""
        for tag in article.tags[:1]:
            if n := self._tags[tag]:
                loss = -round(0.05 * min(1.0, n / _RECENT_TAGS), 4)
                return Reason("score", "told lately", "novelty", f"{tag} in {n} of the last issues", "ledger", loss)
        return None

    def _told_title(self, article: Article) -> Reason | None:
        """A title that says what a recent item's said takes up to 0.05 away."""
        words = title_stems(article.title)
        best = max(self._titles, key=lambda t: (_likeness(words, t[1]), t[0].number, t[0].key), default=None)
        if best is None or _likeness(words, best[1]) < 0.4:
            return None
        loss = -round(0.05 * _likeness(words, best[1]), 4)
        return Reason("score", "much like a recent item", "novelty", f"“{best[0].title}” in #{best[0].number}",
                      "ledger", loss)  # fmt: skip


def _corroboration(story: Story) -> Reason | None:
    told = len(story.others) + len(story.lead.also_at)
    if not told:
        return None
    return Reason(
        "score", "others carry it", "corroboration", f"{told} more", "story", round(min(0.06, 0.03 * told), 4)
    )


def _tags_of(ledger: Sequence[LedgerEntry], numbers: set[int]) -> Counter[str]:
    """In how many of these issues each tag was a first or second tag."""
    pairs = {(entry.number, tag) for entry in ledger if entry.number in numbers for tag in entry.tags[:2]}
    return Counter(tag for _, tag in pairs)


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if len(a) > 1 and len(b) > 1 else 0.0
