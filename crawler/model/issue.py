"""An issue: the time that it covers, its sections and their items, as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.model.article import Image

QUIET = "A quiet week: nothing to recommend this time."  # what an issue without items says
SUMMARY_WORDS = (25, 75)  # of an item's summary: fewer tell too little, more are no summary


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section that the taxonomy offers: an article belongs to it when its first tag is one of `tags`."""

    id: str
    title: str
    tags: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The time that an issue covers: from `start_at` up to, not including, `end_at`."""

    start_at: datetime
    end_at: datetime

    @property
    def called(self) -> str:
        """What the lead of its issue calls it: "This week", though it be a few days more or less."""
        days = (self.end_at - self.start_at).days
        spans = ((11, "This week"), (21, "These weeks"), (45, "This month"))
        return next((name for most, name in spans if days < most), "This time")

    def is_about(self, other: Window) -> bool:
        """Whether both are the same days, though counted in different time zones."""
        slack = min(timedelta(days=1), (self.end_at - self.start_at) / 2)
        return abs(self.start_at - other.start_at) < slack and abs(self.end_at - other.end_at) < slack


@dataclass(frozen=True, slots=True)
class Item:
    """One story in an issue, as it is printed.

    `also_at` are (name, url) of other places where the article stands, `covered_by` of other articles on the story;
    `previously` are the numbers of earlier issues that it goes on from.
    """

    title: str
    url: str
    article_id: str = ""
    source: str = ""
    company: str | None = None
    audience: str = ""
    image: Image | None = None
    summary: str = ""
    deck: str = ""
    minutes: int = 0
    kind: str = ""
    subkind: str = ""
    tags: tuple[str, ...] = ()
    also_at: tuple[tuple[str, str], ...] = ()
    covered_by: tuple[tuple[str, str], ...] = ()
    previously: tuple[int, ...] = ()
    written: tuple[str, ...] = ()  # the title's capitalised words as the article's running text writes them
    notes: str = ""  # Markdown list, for the list form
    body: str = ""  # Markdown that an editor wrote, shown in place of `summary`, which then holds its words
    score: float = 0.0
    pinned: bool = False
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an issue; `tag` is the id of the taxonomy's section, `text` an editor's Markdown above its items."""

    tag: str
    title: str
    items: tuple[Item, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One numbered edition. `opening` is an editor's own Markdown between the lead and the first item."""

    number: int
    title: str
    tagline: str
    lead: str
    window: Window
    sections: tuple[Section, ...]
    tags: tuple[str, ...] = ()
    cover: Image | None = None
    profile: str = "default"
    show_sections: bool = False
    comments: str | None = None
    runners_up: tuple[Item, ...] = ()
    opening: str = ""
    published_at: datetime | None = None  # where it is known: of issues in the ledger

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)
