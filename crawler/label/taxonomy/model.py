"""The taxonomy as a value: topics, audience roles, kinds, companies and sections, with its look-up tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from crawler.label.taxonomy.phrases import Phrase, PhraseBook, parse_phrase, tokens_of
from crawler.model import SectionRule

BASIC_KINDS = frozenset(
    {
        "case-study",
        "design-pattern",
        "deep-dive",
        "tutorial",
        "release",
        "postmortem",
        "research",
        "opinion",
        "career",
        "community",
    }
)
"""The kinds that rules tell; every other one is a narrower form of one of them."""


@dataclass(frozen=True, slots=True)
class Role:
    """A reader: "an SRE", "SREs"."""

    id: str
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of article; a further kind names one of the ten basic ones as `parent`.

    `title` and `opening` are the phrases by which such a narrower kind is told, in the taxonomy's notation.
    """

    id: str
    label: str
    hint: str = ""
    parent: str | None = None
    title: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic. `about` completes "anyone ..."; `weight` is below 1 where its words are common in every article."""

    id: str
    name: str
    group: str
    about: str
    aliases: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    parent: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Company:
    """Who speaks: `hosts` are domains, or domain/path prefixes; `tags` are what a project's own blog is about.

    `products` are names that stand in most of its articles and so tell little of one. On a blog of `guests` many write,
    each for themselves: it is named beside an article, and not in its summary.
    """

    name: str
    hosts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False
    project: bool = False
    products: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    guests: bool = False


@dataclass(frozen=True)
class Taxonomy:
    """Everything that labels are chosen from. Look-up tables are built once, when they are asked for first."""

    roles: Mapping[str, Role]
    kinds: Mapping[str, Kind]
    tags: Mapping[str, Tag]
    section_rules: tuple[SectionRule, ...]
    read_companies: Callable[[], tuple[Company, ...]]

    @cached_property
    def companies(self) -> tuple[Company, ...]:
        """Who may speak; composing an issue never asks, and over a thousand take a while to read."""
        return self.read_companies()

    @cached_property
    def book(self) -> PhraseBook:
        """The phrases of tags."""
        return PhraseBook(_phrases(self.tags.values()))

    @cached_property
    def kind_book(self) -> PhraseBook:
        """The phrases of narrower kinds."""
        return PhraseBook(_kind_phrases(self.kinds.values()))

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """A publisher's category in plain form (`category_key`) to the tags that it means."""
        return _alias_table(self.tags.values())

    @cached_property
    def by_host(self) -> Mapping[str, Company]:
        """Companies by their hosts."""
        return {host: company for company in self.companies for host in company.hosts}

    @cached_property
    def by_name(self) -> Mapping[str, Company]:
        """Companies by name and alias in plain case; the first one has a name that several share."""
        return {n.casefold(): c for c in reversed(self.companies) for n in (*c.aliases, c.name)}

    def sections(self) -> tuple[SectionRule, ...]:
        """The sections of an issue, in order, each with the tags that lead to it."""
        return self.section_rules

    def kind_label(self, kind: str) -> str:
        """How a kind is shown."""
        return self.kinds[kind].label if kind in self.kinds else kind

    def base_kind(self, kind: str) -> str:
        """The basic kind behind a kind: itself, or its parent."""
        found = self.kinds.get(kind)
        return (found.parent or kind) if found else kind


def _phrases(tags: Iterable[Tag]) -> list[Phrase]:
    found: list[Phrase] = []
    for tag in tags:
        names = frozenset(t.norm for name in (tag.id, tag.name, *tag.aliases) for t in tokens_of(name))
        for rank in ("strong", "weak", "context"):
            for text in getattr(tag, rank):
                phrase = parse_phrase(tag.id, rank, text, names)
                if phrase is not None:
                    found.append(phrase)
    return found


def _kind_phrases(kinds: Iterable[Kind]) -> list[Phrase]:
    parsed = (
        parse_phrase(kind.id, rank, text)
        for kind in kinds
        if kind.parent is not None
        for rank in ("title", "opening")
        for text in getattr(kind, rank)
    )
    return [phrase for phrase in parsed if phrase is not None]


def _alias_table(tags: Iterable[Tag]) -> dict[str, tuple[str, ...]]:
    """A publisher's category in plain form (`category_key`) to the tags that it means."""
    table: dict[str, list[str]] = {}
    for tag in tags:
        for alias in (tag.id, tag.name, *tag.aliases):
            owners = table.setdefault(category_key(alias), [])
            if tag.id not in owners:
                owners.append(tag.id)
    return {key: tuple(owners) for key, owners in table.items()}


def category_key(value: str) -> str:
    """A publisher's category as it is compared: lower case, words only, without blanks or marks."""
    return "".join(ch for ch in value.lower() if ch.isalnum() or ch in "+#")
