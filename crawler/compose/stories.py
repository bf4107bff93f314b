"""Several blogs on one subject in one window become one item.

No likeness of texts separates "the same story" from "the same topic", so only hard facts join two articles: a
vulnerability that both are about, a release of one thing under one version, an event that both titles name, a report
that leads to the other article or to the source of both. A false link hides an article below another one, a missed one
shows two items: where the facts are thin there is no link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from crawler.compose.facts import Facts, common_names
from crawler.model import Article, Reason
from crawler.urls import host_of

MAX_APART = timedelta(days=14)
_TOPIC = 4  # articles of a window that share a word: from here on it is a topic, and joins nobody
_LEAST_TOLD = 10  # content words of title and summary, below which two that share a third of them are no story yet
_LIST = "roundup"  # the narrower kind of an article that tells of many subjects


@dataclass(frozen=True, slots=True)
class Story:
    """One subject: the article that leads it and the others on it. `joined` tells for each other, by id in `value`,
    which rule joined it and by what."""

    lead: Article
    others: tuple[Article, ...] = ()
    joined: tuple[Reason, ...] = ()


def gather(articles: Sequence[Article], worth: dict[str, float]) -> list[Story]:
    """Stories in order of their lead's id; the lead is the member with the greatest worth (by id on ties)."""
    facts = {a.id: Facts(a) for a in articles}
    bonds: dict[frozenset[str], Reason] = {}
    parent = {a.id: a.id for a in articles}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for one, other in sorted(_pairs(list(facts.values()))):
        if found := bond(facts[one], facts[other]):
            bonds[frozenset((one, other))] = found
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[root(article.id)].append(article)
    stories = []
    for members in groups.values():
        members.sort(key=lambda a: (-worth.get(a.id, 0.0), a.id))
        joined = tuple(_why(other.id, members, bonds) for other in members[1:])
        stories.append(Story(members[0], tuple(members[1:]), joined))
    return sorted(stories, key=lambda s: s.lead.id)


def bond(a: Facts, b: Facts) -> Reason | None:
    """Why two articles are one story, None where they are two. Symmetric."""
    if not _may_join(a, b):
        return None
    for rule, find in RULES.items():
        if evidence := find(a, b) or find(b, a):
            return Reason("story", "", rule, evidence, "story")
    return None


# ---------------------------------------------------------------- who is compared


def _pairs(facts: Sequence[Facts]) -> set[tuple[str, str]]:
    """Pairs of ids that share a fact, through one index and never all against all."""
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_key = {key: f.article.id for f in facts for key in f.keys}
    pairs: set[tuple[str, str]] = set()
    for one in facts:
        for kind, values in (("cve", one.cves), ("word", one.words), ("name", one.capitals), ("at", one.primary)):
            for value in values:
                index[kind, value].append(one.article.id)
        targets = {by_key[key] for key in one.links if key in by_key} - {one.article.id}
        pairs |= {(min(one.article.id, target), max(one.article.id, target)) for target in targets}
    for (kind, _), ids in index.items():
        if kind == "cve" or len(ids) < _TOPIC:
            pairs |= {(min(pair), max(pair)) for pair in combinations(ids, 2)}
    return pairs


def _may_join(a: Facts, b: Facts) -> bool:
    """Different hosts and sources, near in time, no list, and no differing versions, years or parts in the titles."""
    one, other = a.article, b.article
    if one.source == other.source or host_of(one.url) == host_of(other.url):
        return False
    first, second = (x.published_at or x.first_seen_at for x in (one, other))
    if abs(first - second) > MAX_APART or _LIST in (one.subkind, other.subkind):
        return False
    return not (a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers)) or bool(a.cves & b.cves)


# ---------------------------------------------------------------- the rules, strongest first


def _vulnerability(a: Facts, b: Facts) -> str:
    return ", ".join(sorted(a.cves & b.cves))


def _version(a: Facts, b: Facts) -> str:
    """One thing under one version in both titles; or two that came out together, one of which names the other."""
    versions = sorted(a.versions & b.versions)
    if not versions or not (a.is_news and b.is_news):
        return ""
    if names := common_names(a, b):
        return f"{names[0]} {versions[0]}"
    mentioned = sorted(name for name in b.names if a.mentions(name))
    if mentioned and _share(a.telling, b.telling) >= 0.3:
        return f"{versions[0]} of both, and one speaks of {mentioned[0]}"
    return ""


def _event(a: Facts, b: Facts) -> str:
    """Titles that say nearly the same of the same name, in articles that both tell of an event."""
    shared = a.words & b.words
    if len(shared) < 3 or not common_names(a, b) or not (a.is_news and b.is_news):
        return ""
    return ", ".join(sorted(shared)) if len(shared) / len(a.words | b.words) >= 0.5 else ""


def _link(a: Facts, b: Facts) -> str:
    """One leads to the other, and their titles are about the same."""
    address = next((a.links[key] for key in sorted(b.keys) if key in a.links), "")
    names = common_names(a, b)
    if not address or not names:
        return ""
    return f"{address}, on {names[0]}" if len(a.words & b.words) >= 2 or (a.is_news and b.is_news) else ""


def _source(a: Facts, b: Facts) -> str:
    """Both begin with the same paper, advisory, release or post, and name the same thing in their titles."""
    sources, names = sorted(a.primary & b.primary), common_names(a, b)
    return f"{sources[0]}, on {names[0]}" if sources and names else ""


def _told(a: Facts, b: Facts) -> str:
    """A name in both titles, a tag in common, and summaries that tell the same: a third of the words are shared."""
    names = common_names(a, b)
    if not names or not set(a.article.tags) & set(b.article.tags):
        return ""
    one, other = a.summary_words, b.summary_words
    return names[0] if min(len(one), len(other)) >= _LEAST_TOLD and _share(one, other) >= 1 / 3 else ""


RULES: dict[str, Callable[[Facts, Facts], str]] = {
    "vulnerability": _vulnerability,
    "version": _version,
    "event": _event,
    "link": _link,
    "source": _source,
    "told": _told,
}


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller set the other one has."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _why(other: str, members: Iterable[Article], bonds: dict[frozenset[str], Reason]) -> Reason:
    """The bond of an article with the lead, else with another one of the story."""
    found = (bonds.get(frozenset((other, member.id))) for member in members if member.id != other)
    reason = next(reason for reason in found if reason)
    return Reason(reason.label, other, reason.rule, reason.evidence, reason.where)
