"""Which articles are copies of one text, and which of them leads.

A copy is the same piece of writing elsewhere: syndicated, retitled, updated, cut to an excerpt, or as Markdown source.
The next part of a series, this year's edition of a yearly post and the notes of the next release are not, however
much text they share; neither are two reports of one event. A false link hides an article, a missed one shows it
twice: where the evidence is thin there is no link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.dedup.minhash import Overlap, overlap
from crawler.dedup.owners import ownership
from crawler.dedup.words import Title, read_title, words_of_text
from crawler.model import Source
from crawler.ports import Edge, Suspect
from crawler.urls import is_shared_host, site_of

LONG = 150  # shingles of a text that stands for itself; a shorter one may be an excerpt or a summary
FAR = timedelta(days=120)  # apart, two posts with one title are more likely a habit than a copy


def compare(a: Suspect, b: Suspect) -> Edge | None:
    """An edge when both are the same piece of writing. Symmetric; knows nothing of settings."""
    if a.id == b.id:
        return None
    first, second = (a, b) if a.id < b.id else (b, a)
    pair = _Pair.of(first, second)
    if _one_names_the_other(first, second) and not pair.is_contradicted():
        return Edge(first.id, second.id, "canonical", 1.0)
    if pair.titles_equal:
        found = _copies_with_one_title(pair)
    else:
        found = not pair.marks_differ() and _copies_with_two_titles(pair)
    if not found:
        return None
    containment = round(pair.overlap.containment, 4)
    return Edge(first.id, second.id, "text" if containment >= 0.5 else "title", containment)


def pair_order(a: str, b: str) -> tuple[str, str]:
    """Two ids in the order in which an edge has them."""
    return (a, b) if a < b else (b, a)


# ---------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class _Pair:
    a: Suspect
    b: Suspect
    title_a: Title
    title_b: Title
    overlap: Overlap

    @classmethod
    def of(cls, a: Suspect, b: Suspect) -> _Pair:
        return cls(a, b, read_title(a.title), read_title(b.title), overlap(a.text, b.text))

    @property
    def titles_equal(self) -> bool:
        """The same words, or the same but for the site's name that one of them ends in."""
        a, b = self.title_a, self.title_b
        return bool(a.whole) and (b.whole in (a.whole, a.core) or a.whole == b.core)

    @property
    def title_likeness(self) -> float:
        one, other = set(self.title_a.core), set(self.title_b.core)
        return len(one & other) / len(one | other) if one and other else 0.0

    @property
    def titles_vary_a_theme(self) -> bool:
        """Some words in common and some of its own on either side: "Hiring: a tester", "Hiring: a designer"."""
        one, other = set(self.title_a.core), set(self.title_b.core)
        return bool(one & other and one - other and other - one)

    def each_is_about_its_own(self) -> bool:
        """Titles that vary a theme, each by words that stand in its own text and not in the other: "Now available in
        Frankfurt" and "… in Tokyo" are two announcements, though made of one template."""
        if not self.titles_vary_a_theme:
            return False
        one, other = set(self.title_a.core), set(self.title_b.core)
        text_a, text_b = (set(map(bytes.decode, words_of_text(s.text))) for s in (self.a, self.b))
        return one - other <= text_a - text_b and other - one <= text_b - text_a

    @property
    def shorter(self) -> int:
        return min(self.overlap.a, self.overlap.b)

    @property
    def longer(self) -> int:
        return max(self.overlap.a, self.overlap.b)

    @property
    def same_site(self) -> bool:
        return _site(self.a.url) == _site(self.b.url)

    @property
    def far_apart(self) -> bool:
        apart = self.days_apart
        return apart is not None and apart > FAR

    @property
    def days_apart(self) -> timedelta | None:
        one, other = self.a.published_at, self.b.published_at
        return abs(one - other) if one and other else None

    @property
    def numbered_siblings(self) -> bool:
        """Addresses that differ in their numbers only: /notes/2024-05 and /notes/2024-06."""
        one, other = (re.sub(r"\d+", "0", s.key) for s in (self.a, self.b))
        return one == other and self.a.key != self.b.key

    @property
    def same_slug(self) -> bool:
        """Addresses that end in the same words: /2021/08/moving-a-queue and /moving-a-queue."""
        one, other = (s.key.partition("?")[0].rpartition("/")[2] for s in (self.a, self.b))
        return one == other and one.count("-") >= 2

    def marks_differ(self) -> bool:
        """Both titles carry numbers, months, parts or stages, and not the same ones."""
        one, other = self.title_a.marks, self.title_b.marks
        return bool(one and other and one != other)

    def one_is_marked(self) -> bool:
        return self.title_a.marks != self.title_b.marks

    def is_contradicted(self) -> bool:
        """A canonical address that cannot be meant: templates name the wrong page more often than one would think."""
        if self.titles_equal or self.shorter < LONG:
            return not self.titles_equal and self.marks_differ() and self.overlap.containment < 0.5
        return self.overlap.containment < (0.5 if self.marks_differ() else 0.03)

    def words_covered(self) -> float:
        """The part of the shorter text's content words that the longer one uses, too."""
        short, long = (self.a, self.b) if self.overlap.a <= self.overlap.b else (self.b, self.a)
        wanted = {word for word in words_of_text(short.text) if len(word) > 3}
        return len(wanted & set(words_of_text(long.text))) / len(wanted) if len(wanted) >= 3 else 0.0

    def opening_contained(self) -> float:
        """The part of the shorter text that stands near the beginning of the longer one."""
        short, long = (self.a, self.b) if self.overlap.a <= self.overlap.b else (self.b, self.a)
        return overlap(short.text, long.text[: 2 * len(short.text) + 600]).containment


def _one_names_the_other(a: Suspect, b: Suspect) -> bool:
    if a.key == b.key:
        return True
    # A canonical address without a path is a template's home page, not an article.
    one, other = ({s.key, s.canonical_key} if re.search(r"/.|\?", s.canonical_key) else {s.key} for s in (a, b))
    return not one.isdisjoint(other)


def _copies_with_one_title(pair: _Pair) -> bool:
    containment = pair.overlap.containment
    if pair.same_site:
        return _copies_on_one_site(pair)
    telling = min(pair.title_a.distinct, pair.title_b.distinct)
    if pair.shorter >= LONG:
        return containment >= (0.85 if pair.far_apart else 0.1 if telling >= 2 else 0.4)
    if pair.shorter >= 12 and containment >= 0.5:
        return not pair.far_apart or containment >= 0.85
    return telling >= 1 and _is_summary(pair, days=30, dated=False)


def _copies_on_one_site(pair: _Pair) -> bool:
    """One title twice on a site is often a habit ("Release notes"): the texts, or everything else, must agree."""
    if pair.shorter < 12:
        if pair.a.text.strip() and pair.b.text.strip():
            return pair.a.text == pair.b.text and pair.title_a.distinct >= 2
        return pair.title_a.distinct >= 3 and pair.same_slug
    needed = 0.95 if pair.numbered_siblings else 0.85 if pair.far_apart else 0.7
    if pair.overlap.containment >= needed:
        return True
    if pair.numbered_siblings or pair.far_apart or pair.longer < LONG:
        return False
    return pair.title_a.distinct >= 3 and _is_summary(pair, days=3, dated=True)


def _is_summary(pair: _Pair, *, days: int, dated: bool) -> bool:
    """The shorter text, if any, speaks of what the longer one does, and was published about the same time."""
    apart = pair.days_apart
    if apart is None:
        if dated:
            return False
    elif apart > timedelta(days=days):
        return False
    if not pair.a.text.strip() or not pair.b.text.strip():
        return pair.title_a.distinct >= 3 or len(pair.title_a.core) >= 6
    return pair.overlap.containment >= 0.2 or pair.words_covered() >= 0.4


def _copies_with_two_titles(pair: _Pair) -> bool:
    likeness, same_site = pair.title_likeness, pair.same_site
    if pair.shorter < (40 if likeness >= 0.5 else 100):
        return False
    if pair.shorter < 0.5 * pair.longer:
        # A roundup quotes whole paragraphs of many: only an opening under nearly the same title is an excerpt.
        if pair.one_is_marked() or likeness < (0.75 if same_site else 0.5):
            return False
        return pair.opening_contained() >= (0.85 if same_site else 0.7)
    needed = (0.9 if pair.titles_vary_a_theme else 0.8) if same_site else 0.75 - 0.25 * likeness
    if pair.one_is_marked() or pair.far_apart:
        needed = max(needed, 0.85)
    return pair.overlap.containment >= needed and not pair.each_is_about_its_own()


def _site(url: str) -> str:
    """Whose page it is: the registered name, or host and first path segment where authors share a host."""
    if is_shared_host(url):
        return f"{site_of(url)}/{urlsplit(url).path.strip('/').partition('/')[0]}"
    return site_of(url)


# ---------------------------------------------------------------- leaders


def leaders(
    members: Iterable[Suspect], edges: Iterable[Edge], owner: Callable[[Suspect], bool]
) -> dict[str, str | None]:
    """The leader of every member, None for those that lead or stand alone; the same in whatever order they come.

    In each cluster leads the article that others name as canonical, else one that stands on its author's own site
    (`owner`), else one that is no stub of another (a teaser on the same site that links to the article), else the
    earliest published; undated ones come last, by first sight and id. No member's text is kept.
    """
    by_id = {member.id: _Member.of(member, owned=owner(member)) for member in members}
    clusters = _clusters(by_id, edges)
    chosen: dict[str, str | None] = {}
    for cluster in clusters:
        group = [by_id[i] for i in cluster]
        keys = {member.key: member.id for member in group}
        names = {m.id: target for m in group if (target := keys.get(m.canonical_key, m.id)) != m.id}
        named = set(names.values())
        whole = max(m.length for m in group)
        best = min(
            group,
            key=lambda m: (m.id in names, m.id not in named, not m.owned, 3 * m.length < whole, *m.age),
        )
        chosen |= {member.id: None if member is best else best.id for member in group}
    return chosen


@dataclass(frozen=True, slots=True)
class _Member:
    """What decides who leads; `length` is the text's, in characters."""

    id: str
    key: str
    canonical_key: str
    owned: bool
    length: int
    age: tuple[bool, datetime, datetime, str]

    @classmethod
    def of(cls, suspect: Suspect, *, owned: bool) -> _Member:
        return cls(suspect.id, suspect.key, suspect.canonical_key, owned, len(suspect.text), _age(suspect))


def owns(member: Suspect, sources: Mapping[str, Source]) -> bool:
    """Whether the article stands on the site of the source that brought it: the author's own copy."""
    source = sources.get(member.source)
    return source is not None and ownership(source, member.url) > 0


def _age(member: Suspect) -> tuple[bool, datetime, datetime, str]:
    published_at = member.published_at
    return published_at is None, published_at or member.first_seen_at, member.first_seen_at, member.id


def _clusters(ids: Iterable[str], edges: Iterable[Edge]) -> list[list[str]]:
    """Connected components by union-find; edges to articles that are not there are left out."""
    parent = {i: i for i in ids}

    def root(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for edge in edges:
        if edge.a in parent and edge.b in parent:
            low, high = pair_order(root(edge.a), root(edge.b))
            parent[high] = low
    found: dict[str, list[str]] = {}
    for i in sorted(parent):
        found.setdefault(root(i), []).append(i)
    return list(found.values())
