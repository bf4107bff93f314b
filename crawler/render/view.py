"""An issue as templates see it: words in one line, addresses checked and without trackers, Markdown made markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.model import Issue, Item, Section
from crawler.render.options import RenderOptions
from crawler.render.prose import prose_html
from crawler.render.shared import coverage, heading, links, paragraphs, previously, quiet, standing_line
from crawler.text import day_words, one_line
from crawler.urls import is_web_url, picture_url, shown_url

_PLAIN = RenderOptions()


@dataclass(frozen=True, slots=True)
class ItemView:
    """One story. `body_html` and `notes_html` are safe markup; all else is plain text to be escaped."""

    anchor: str
    title: str
    url: str
    audience: str
    image_url: str
    image_alt: str
    paragraphs: tuple[str, ...]
    body_html: str
    notes_html: str
    company: str
    reading: str
    also: tuple[tuple[str, str], ...]
    coverage: tuple[tuple[str, str], ...]
    previously: str
    tags: tuple[str, ...]
    deck: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the issue; `title` is empty where headings are not shown. `text_html` is safe markup."""

    anchor: str
    title: str
    text_html: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class IssueView:
    """The whole issue. `opening_html` is safe markup; the date, twice, is the day after the
    window's last one."""

    name: str
    number: int
    heading: str
    standing_line: str
    lead: str
    opening_html: str
    quiet: str
    sections: tuple[SectionView, ...]
    tags: tuple[str, ...]
    comments: str
    comments_url: str
    date_iso: str
    date_words: str

    @property
    def items(self) -> tuple[ItemView, ...]:
        return tuple(item for section in self.sections for item in section.items)


def view_of(issue: Issue, options: RenderOptions = _PLAIN, *, pictures: bool = True) -> IssueView:
    """The issue for templates; without `pictures` those of an editor's Markdown become links."""
    number = iter(range(1, len(issue.items) + 1))
    day = options.day_of(issue)
    comments = one_line(issue.comments or "")
    return IssueView(
        name=one_line(issue.title),
        number=issue.number,
        heading=heading(issue),
        standing_line=standing_line(issue),
        lead=one_line(issue.lead),
        opening_html=prose_html(issue.opening, pictures=pictures),
        quiet="" if issue.lead else quiet(issue),
        sections=tuple(
            _section(section, n, number, shown=issue.show_sections, pictures=pictures)
            for n, section in enumerate(issue.sections, 1)
        ),
        tags=tuple(tag for tag in map(one_line, issue.tags) if tag),
        comments=comments,
        comments_url=shown_url(comments) if is_web_url(comments) else "",
        date_iso=day.date().isoformat(),
        date_words=day_words(day),
    )


def item_view(item: Item, anchor: str = "item", *, pictures: bool = True) -> ItemView:
    """One item for templates; a picture always has words for those who cannot see it."""
    title = one_line(item.title) or "Untitled"
    image = item.image if item.image and is_web_url(item.image.url) else None
    return ItemView(
        anchor=anchor,
        title=title,
        url=shown_url(item.url) if is_web_url(item.url) else "",
        audience=one_line(item.audience),
        image_url=picture_url(image.url) if image else "",
        image_alt=(one_line(image.alt) or title) if image else "",
        paragraphs=tuple(paragraphs(item)),
        body_html=prose_html(item.body, pictures=pictures),
        notes_html=prose_html(item.notes, pictures=pictures),
        company=one_line(item.company or ""),
        reading=f"{item.minutes} min read" if item.minutes else "",
        also=tuple(links(item)),
        coverage=tuple(coverage(item)),
        previously=previously(item),
        tags=tuple(tag for tag in map(one_line, item.tags) if tag),
        deck=one_line(item.deck),
    )


def _section(section: Section, place: int, number: Iterator[int], *, shown: bool, pictures: bool) -> SectionView:
    return SectionView(
        anchor=f"section-{place}",
        title=one_line(section.title) if shown else "",
        text_html=prose_html(section.text, pictures=pictures),
        items=tuple(item_view(item, f"item-{next(number)}", pictures=pictures) for item in section.items),
    )
