"""Articles by tag, company, source, kind and week: which pages there are, and under which names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from crawler.site.values import Card, Names
from crawler.text import day_words

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Group:
    """A page of articles that share something; `about` says what, `home` is the address of whose they are."""

    name: str
    path: str
    cards: list[Card] = field(default_factory=list)
    about: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups by the label that leads to them; kinds in the taxonomy's order, weeks newest first.

    `mark` tells all that shapes a label beside its own words: names of the taxonomy, and slugs that several share.
    """

    kinds: Mapping[str, Group]
    tags: Mapping[str, Group]
    companies: Mapping[str, Group]
    sources: Mapping[str, Group]
    weeks: Mapping[str, Group]
    mark: str = ""
    narrower: Mapping[str, str] = field(default_factory=dict)  # narrower kinds, as id to label

    def __iter__(self) -> Iterator[Group]:
        for groups in (self.kinds, self.tags, self.companies, self.sources, self.weeks):
            yield from groups.values()


def group_cards(cards: Iterable[Card], names: Names) -> Groups:
    """Cards, newest first, into their groups; the order in a group is that of the cards."""
    kinds: dict[str, list[Card]] = {kind: [] for kind in names.kinds}
    tags: dict[str, list[Card]] = {}
    companies: dict[str, list[Card]] = {}
    sources: dict[str, list[Card]] = {}
    weeks: dict[str, list[Card]] = {}
    for card in cards:
        for tag in card.tags:
            tags.setdefault(tag, []).append(card)
        if card.kind:
            kinds.setdefault(card.kind, []).append(card)
        if card.company:
            companies.setdefault(card.company, []).append(card)
        if card.source:
            sources.setdefault(card.source, []).append(card)
        if card.day:
            weeks.setdefault(week_of(card.day), []).append(card)
    return Groups(
        kinds=_groups(kinds, "kinds", lambda kind: names.kinds.get(kind, (kind, ""))),
        tags=_groups(tags, "tags", lambda tag: (names.tags.get(tag, tag), ""), sort=True),
        companies=_groups(companies, "companies", lambda name: (name, ""), sort=True),
        sources=_groups(
            sources, "sources", lambda slug: (names.sources.get(slug, slug), ""), names.homepages, sort=True
        ),
        weeks=_groups(dict(sorted(weeks.items(), reverse=True)), "weeks", lambda week: (week_words(week), "")),
        mark=repr((names.kinds, [_shared(found) for found in (kinds, tags, companies)])),
        narrower={kind: label for kind, (label, _) in names.kinds.items()},
    )


def _shared(labels: Iterable[str]) -> list[str]:
    """Slugs that stand for more than one label."""
    counts = Counter(map(slug_of, labels))
    return sorted(slug for slug, count in counts.items() if count > 1)


def week_of(day: date) -> str:
    """The ISO 8601 week: `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_words(week: str) -> str:
    """`9 to 15 November 2026`, from Monday to Sunday."""
    first = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    last = first + timedelta(days=6)
    words = day_words(first)
    if first.year == last.year:
        words = words.rsplit(" ", 1)[0] if first.month != last.month else str(first.day)
    return f"{words} to {day_words(last)}"


def slug_of(name: str) -> str:
    """A name as a file name of plain letters and digits; empty where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", plain).strip("-")[:60]


def _groups(
    found: Mapping[str, list[Card]],
    folder: str,
    told: Callable[[str], tuple[str, str]],
    homes: Mapping[str, str] | None = None,
    *,
    sort: bool = False,
) -> dict[str, Group]:
    """Names to groups without the empty ones. Names that would share a file get a piece of their hash behind it."""
    shared = set(_shared(found))
    made = {}
    for label in sorted(found, key=lambda label: (told(label)[0].casefold(), label)) if sort else found:
        if not found[label]:
            continue
        slug = slug_of(label) if folder != "weeks" else label
        if not slug or (folder != "weeks" and slug in shared) or re.search(r"-p\d+$", slug):
            slug = f"{slug}-{hashlib.sha256(label.encode()).hexdigest()[:8]}".strip("-")
        name, about = told(label)
        made[label] = Group(name, f"{folder}/{slug}.html", found[label], about, (homes or {}).get(label, ""))
    return made
