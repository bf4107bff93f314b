"""Several blogs on one subject in one window become one item.

No text similarity separates "the same story" from "the same topic", so only hard evidence counts: a CVE id that
both are about, or a rare name in both titles together with a summary that tells of the same thing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler.model import Article
from crawler.text import words_of
from crawler.urls import host_of

MAX_APART = timedelta(days=14)
_CVE = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_NAME = re.compile(r"^(?=.*[A-Z0-9])(?:[A-Z][\w.+-]{3,}|\w*[a-z][A-Z0-9]\w*|\w*\d\w*[a-zA-Z]\w*)$")
_NUMBERS = re.compile(r"\d+")
# Words that titles share without telling of the same thing.
_COMMON = frozenset(
    [
        "about",
        "after",
        "announcing",
        "apache",
        "april",
        "august",
        "based",
        "best",
        "better",
        "blog",
        "build",
        "building",
        "built",
        "case",
        "cloud",
        "code",
        "community",
        "data",
        "december",
        "deep",
        "design",
        "developer",
        "developers",
        "engineer",
        "engineering",
        "engineers",
        "faster",
        "february",
        "from",
        "guide",
        "inside",
        "into",
        "introducing",
        "january",
        "july",
        "june",
        "learning",
        "machine",
        "make",
        "making",
        "march",
        "more",
        "november",
        "october",
        "open",
        "part",
        "platform",
        "production",
        "release",
        "released",
        "report",
        "scale",
        "security",
        "september",
        "series",
        "service",
        "software",
        "source",
        "state",
        "system",
        "systems",
        "team",
        "that",
        "their",
        "this",
        "time",
        "tools",
        "update",
        "using",
        "version",
        "week",
        "what",
        "when",
        "where",
        "which",
        "with",
        "without",
        "year",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class Story:
    """One subject: the article that leads it and the others on it, by id."""

    lead: Article
    others: tuple[Article, ...] = ()


def gather(articles: Sequence[Article], worth: dict[str, float]) -> list[Story]:
    """Stories in order of their lead's id; the lead is the member with the greatest worth (by id on ties)."""
    parent = {a.id: a.id for a in articles}
    by_id = {a.id: a for a in articles}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for one, other in _pairs(articles):
        if _may_join(by_id[one], by_id[other]):
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[root(article.id)].append(article)
    stories = []
    for members in groups.values():
        members.sort(key=lambda a: (-worth.get(a.id, 0.0), a.id))
        stories.append(Story(members[0], tuple(members[1:])))
    return sorted(stories, key=lambda s: s.lead.id)


def _pairs(articles: Sequence[Article]) -> set[tuple[str, str]]:
    """Pairs of ids that hard evidence joins, through two indexes and never all against all."""
    by_cve: dict[str, list[Article]] = defaultdict(list)
    by_name: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for cve in _cves(article):
            by_cve[cve].append(article)
        for name in _names(article.title):
            by_name[name].append(article)
    pairs = {
        (a.id, b.id) for group in by_cve.values() for i, a in enumerate(group) for b in group[i + 1 :] if a.id != b.id
    }
    for name, group in by_name.items():
        # A name in more than three titles of a window is a topic, not a story.
        if 2 <= len(group) <= 3 and _is_name(name, *group):
            pairs |= {(a.id, b.id) for i, a in enumerate(group) for b in group[i + 1 :] if _same_telling(a, b)}
    return pairs


def _may_join(a: Article, b: Article) -> bool:
    """Different hosts and sources, near in time, and no differing version, year or part in their titles."""
    if a.source == b.source or host_of(a.url) == host_of(b.url):
        return False
    first, second = (x.published_at or x.first_seen_at for x in (a, b))
    if abs(first - second) > MAX_APART:
        return False
    numbers = [set(_NUMBERS.findall(x.title)) for x in (a, b)]
    return not (numbers[0] and numbers[1] and numbers[0].isdisjoint(numbers[1]))


def _cves(article: Article) -> set[str]:
    """The CVE ids that an article is about: named in title or summary, or the few that its text repeats."""
    named = {c.upper() for c in _CVE.findall(f"{article.title} {article.summary} {article.deck}")}
    if named:
        return named if len(named) <= 3 else set()
    if "CVE-" not in article.text:
        return set()
    counts = Counter(c.upper() for c in _CVE.findall(article.text))
    # A list of many CVEs is a changelog: it is about none of them.
    return {c for c, n in counts.items() if n >= 2} if len(counts) <= 3 else set()


def _names(title: str) -> set[str]:
    tokens = re.findall(r"[\w.+-]*\w", title)
    return {t for t in tokens if _NAME.match(t) and t.lower() not in _COMMON and len(t) >= 4}


def _is_name(word: str, *articles: Article) -> bool:
    """Whether a capital is a name's: inside the word, or inside a sentence of what is told of it."""
    if re.search(r"[a-z][A-Z]|\d", word):
        return True
    inside = re.compile(rf"(?<=[a-z,;:] ){re.escape(word)}\b")
    return any(inside.search(text) for a in articles for text in (a.summary, a.deck))


def _same_telling(a: Article, b: Article) -> bool:
    """Whether two summaries tell of the same thing: a third of the shorter one's content words are shared, and a
    tag."""
    if not set(a.tags) & set(b.tags):
        return False
    one, other = (_content(f"{x.title} {x.summary}") for x in (a, b))
    smaller = min(len(one), len(other))
    return smaller >= 6 and len(one & other) / smaller >= 1 / 3


def _content(value: str) -> set[str]:
    return {w for w in words_of(value) if len(w) >= 4 and w not in _COMMON}
