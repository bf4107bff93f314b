"""What the pages of the site are made from, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = "\x00"
"""Stands in markup for the way up to the site's own folder, so that a card is the same on every page."""


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share. `base_url` ends in a slash, or is empty where nobody knows where the site will stand.

    `comments` is a sentence, or an address (`comments_url`, of the web or of mail). `templates` is the user's folder of
    templates.
    """

    title: str
    tagline: str = ""
    base_url: str = ""
    comments: str = ""
    comments_url: str = ""
    giscus: Mapping[str, str] | None = None  # the attributes of its script, without "data-"
    templates: Path | None = None
    feeds: bool = True  # whether there are any: a feed needs an issue
    notes: bool = False  # whether there is a page of them
    search: bool = False
    pictures: bool = False  # whether pages show pictures from the blogs' own servers


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list. `url` is a web address or empty; `day` is when it was published (or first seen)."""

    title: str
    url: str
    day: date | None
    deck: str = ""
    minutes: int = 0
    company: str = ""
    kind: str = ""
    subkind: str = ""  # a narrower kind of `kind`, shown in its place
    tags: tuple[str, ...] = ()
    source: str = ""
    issue: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What lists tell of an issue; `items` are its stories, `parts` its sections as (anchor, title)."""

    number: int
    name: str
    day: date
    standing_line: str = ""
    lead: str = ""
    items: tuple[Card, ...] = ()
    tags: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.name} #{self.number}".strip()

    @property
    def path(self) -> str:
        return issue_path(self.number)


@dataclass(frozen=True, slots=True)
class Names:
    """How labels are shown: kinds in their order as id to (label, what it is), tags and sources as id to name."""

    kinds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    homepages: Mapping[str, str] = field(default_factory=dict)


def issue_path(number: int) -> str:
    """Where an issue stands on the site."""
    return f"issues/{number:03d}.html"
