"""The order of a window's stories, and which of them make the issue.

What an article is worth by itself comes from `score`; here the week is added: freshness, how rarely the source
writes, who else tells the story, what recent issues had. Then the best are picked so that they differ from each
other (maximal marginal relevance, Carbonell and Goldstein 1998) and no company or section takes the issue over.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from crawler.compose.followups import Earlier
from crawler.compose.score import base_score
from crawler.compose.sections import section_id
from crawler.compose.series import standing_back
from crawler.compose.stories import gather
from crawler.compose.week import Addends, Week
from crawler.model import Article, Reason, SectionRule, Source, Window
from crawler.settings import IssueSettings
from crawler.text import words_of
from crawler.urls import url_key

__all__ = ["Ranked", "Week", "base_score", "pick", "rank"]

_SIMILAR = 0.3
_SAME_SOURCE = 0.25  # a second article of a blog must be that much better than the next blog's first
_POOL = 120  # stories that may still win a place by being different; deeper ones never do


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story with its score (0 to 1) and the account of it.

    `reasons` are the addends; they sum up to the score but for the bounds 0 and 1. `joined` tells why the `others` are
    of this story, `follows` what it goes on from in earlier issues. `place` is the position in the issue, from 1, and
    `chosen` how it came there; a runner-up has neither, and `left_out` says why.
    """

    article: Article
    score: float
    reasons: tuple[Reason, ...]
    others: tuple[Article, ...] = ()
    joined: tuple[Reason, ...] = ()
    place: int | None = None
    chosen: Reason | None = None
    left_out: Reason | None = None
    follows: tuple[Reason, ...] = ()

    @property
    def parts(self) -> dict[str, float]:
        """The addends by rule, for tables."""
        sums: dict[str, float] = {}
        for reason in self.reasons:
            sums[reason.rule] = round(sums.get(reason.rule, 0.0) + reason.score, 4)
        return sums


def rank(
    candidates: Sequence[Article], week: Week, sources: Mapping[str, Source], now: datetime | None = None
) -> list[Ranked]:
    """The window's stories, best first, ties by id. `now` cuts freshness off for a window that is not over."""
    base = {a.id: base_score(a, _weight(a, sources)) for a in candidates}
    stories = gather(candidates, {key: score for key, (score, _) in base.items()})
    if now and week.window.start_at < now < week.window.end_at:
        week = replace(week, window=Window(week.window.start_at, now))
    added = Addends(week, candidates)
    earlier = Earlier(week.ledger)
    ranked = []
    for story in stories:
        article = story.lead
        addends = (*base[article.id][1], *added.of(story))
        score = round(min(1.0, max(0.0, sum(r.score for r in addends))), 4)
        ranked.append(Ranked(article, score, addends, story.others, story.joined, follows=earlier.of(article)))
    return sorted(ranked, key=lambda r: (-r.score, r.article.id))


def pick(
    ranked: Sequence[Ranked], settings: IssueSettings, sections: Sequence[SectionRule] = ()
) -> tuple[list[Ranked], list[Ranked]]:
    """The stories of the issue in order of choice, and the runners-up (best first) with why each was left out.

    Of a series, and of the editions of a recurring post, there is one. The floor and the company cap always hold; the
    caps on a section and on releases give way when the issue would stay shorter than `max_items` without need. What
    the settings feature comes first, whatever its score. Nothing under the floor fills a quiet week.
    """
    featured = _featured(ranked, settings)
    back = standing_back([r for r in ranked if r.score >= settings.floor])
    able = [r for r in ranked if r.score >= settings.floor and r.article.id not in back]
    caps = _Caps(settings, sections)
    chosen: list[Ranked] = []
    taken: set[str] = set()
    likeness = _Likeness()
    for one in featured:
        taken.add(one.article.id)
        caps.take(one.article)
    for limits in (("sections", "releases"), ("releases",), ()):
        while len(featured) + len(chosen) < settings.max_items:
            free = (r for r in able if r.article.id not in taken and not caps.refuses(r.article, limits))
            pool = list(islice(free, _POOL))
            if not pool:
                break
            best = min(pool, key=lambda r: (-likeness.marginal(r, [*featured, *chosen]), r.article.id))
            taken.add(best.article.id)
            chosen.append(replace(best, chosen=Reason("chosen", "one of the best", "score", f"{best.score:.2f}")))
            caps.take(best.article)
    ordered = [*featured, *_approachable_first(sorted(chosen, key=lambda r: (-r.score, r.article.id)))]
    left = (r for r in ranked if r.article.id not in taken)
    rest = [replace(r, left_out=back.get(r.article.id) or _why_not(r, settings, caps)) for r in left]
    return [replace(r, place=n) for n, r in enumerate(ordered, 1)], rest


def _featured(ranked: Sequence[Ranked], settings: IssueSettings) -> list[Ranked]:
    """What the settings put in front, in their order; neither floor nor caps hold for it."""
    found: dict[str, Ranked] = {}
    for url in settings.featured:
        for one in ranked:
            if url_key(url) in {url_key(u) for u in (one.article.url, one.article.canonical_url, *one.article.also_at)}:
                reason = Reason("chosen", "featured", "featured", url, "settings")
                found.setdefault(one.article.id, replace(one, chosen=reason))
    return list(found.values())


class _Caps:
    """How many of a company, a section and of release notes an issue takes."""

    def __init__(self, settings: IssueSettings, sections: Sequence[SectionRule]) -> None:
        self._settings = settings
        self._sections = sections
        self._companies: Counter[str] = Counter()
        self._parts: Counter[str] = Counter()
        self._releases = 0

    def take(self, article: Article) -> None:
        self._companies[company_key(article)] += 1
        self._parts[section_id(article.tags, self._sections)] += 1
        self._releases += article.kind == "release"

    def company_full(self, article: Article) -> bool:
        return self._companies[company_key(article)] >= self._settings.per_company

    def refuses(self, article: Article, limits: Sequence[str]) -> bool:
        """Whether the issue has enough of its company, or of its section or of releases where these are limited."""
        if self.company_full(article):
            return True
        if "sections" in limits and self._sections:
            most = self._settings.per_section or max(2, math.ceil(self._settings.max_items / 2))
            if self._parts[section_id(article.tags, self._sections)] >= most:
                return True
        many = max(1, self._settings.max_items // 4)
        return "releases" in limits and article.kind == "release" and self._releases >= many


def company_key(article: Article) -> str:
    """Who an article counts for under the cap: its company, else its source."""
    return (article.company or "").casefold() or article.source


def _why_not(ranked: Ranked, settings: IssueSettings, caps: _Caps) -> Reason:
    if ranked.score < settings.floor:
        return Reason("excluded", "below the floor", "floor", f"{ranked.score:.2f} under {settings.floor:g}", "score")
    if caps.company_full(ranked.article):
        who = ranked.article.company or ranked.article.source
        return Reason("excluded", "company cap", "per_company", f"{settings.per_company} of {who} already", "issue")
    return Reason("excluded", "no room", "max_items", f"the issue takes {settings.max_items}", "issue")


class _Likeness:
    """How much a candidate repeats what was chosen; the words of a title are split once."""

    def __init__(self) -> None:
        self._features: dict[str, tuple[set[str], set[str]]] = {}

    def marginal(self, candidate: Ranked, chosen: Sequence[Ranked]) -> float:
        """The candidate's score less what it shares with the nearest one chosen, and with its own source."""
        if not chosen:
            return candidate.score
        tags, words = self._of(candidate.article)
        nearest = 0.0
        for other in chosen:
            other_tags, other_words = self._of(other.article)
            nearest = max(nearest, 0.6 * _jaccard(tags, other_tags) + 0.4 * _jaccard(words, other_words))
        same = sum(other.article.source == candidate.article.source for other in chosen)
        return candidate.score - _SIMILAR * nearest - _SAME_SOURCE * same

    def _of(self, article: Article) -> tuple[set[str], set[str]]:
        if article.id not in self._features:
            words = {w for w in words_of(article.title) if len(w) > 3}
            self._features[article.id] = set(article.tags[:4]), words
        return self._features[article.id]


def _jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _approachable_first(chosen: list[Ranked]) -> list[Ranked]:
    """An issue opens best with something that everybody can read, where that is nearly as strong as the best."""
    for index, ranked in enumerate(chosen):
        easy = ranked.article.kind == "tutorial" or "junior" in ranked.article.roles
        if easy and not ranked.article.company and ranked.score >= chosen[0].score - 0.3:
            return [ranked, *chosen[:index], *chosen[index + 1 :]]
    return chosen


def _weight(article: Article, sources: Mapping[str, Source]) -> float:
    source = sources.get(article.source)
    return source.weight if source else 1.0
