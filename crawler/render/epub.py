"""An issue as an EPUB 3.3 book: text alone, a chapter a section, for reading without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from crawler.model import Issue
from crawler.render.atom import instant
from crawler.render.identity import issue_uuid
from crawler.render.options import RenderOptions
from crawler.render.templating import fill_template
from crawler.render.view import IssueView, SectionView, view_of

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document of the book: the front, one section, or the back."""

    name: str
    title: str
    front: bool = False
    section: SectionView | None = None
    back: bool = False


def render_epub(issue: Issue, options: RenderOptions) -> bytes:
    """The book's file. Pictures are links: a book may not load them, and reading it asks nobody.

    Times and identifiers come from the issue and nothing is compressed, so that the bytes are the same on every
    machine, whatever its zlib.
    """
    return _archive(list(book_files(issue, options)), issue.window.end_at)


def book_files(issue: Issue, options: RenderOptions) -> Iterator[tuple[str, str]]:
    """The book's files, (path, text), in the order in which they lie in it."""
    view = view_of(issue, options, pictures=False)
    chapters = list(_chapters(view, options.issue_address(issue)))
    package = {"identifier": issue_uuid(issue, options).urn, "modified": instant(issue.window.end_at)}
    yield "mimetype", "application/epub+zip"  # first, and without a line end (EPUB OCF 4.2.6)
    yield "META-INF/container.xml", _CONTAINER
    yield "book/package.opf", fill_template("package.opf", options.templates, issue=view, chapters=chapters, **package)
    yield "book/nav.xhtml", fill_template("nav.xhtml", options.templates, issue=view, chapters=chapters)
    yield "book/style.css", fill_template("book.css", options.templates)
    for chapter in chapters:
        filled = fill_template(
            "chapter.xhtml",
            options.templates,
            issue=view,
            title=chapter.title,
            front=chapter.front,
            section=chapter.section,
            back=chapter.back,
            address=options.issue_address(issue),
        )
        yield f"book/{chapter.name}", filled


def _chapters(view: IssueView, address: str | None) -> Iterator[Chapter]:
    yield Chapter("front.xhtml", view.heading or "Front", front=True)
    for place, section in enumerate(view.sections, 1):
        if section.items or section.text_html:
            yield Chapter(f"part-{place}.xhtml", section.title or view.heading, section=section)
    if view.tags or view.comments or address:
        yield Chapter("about.xhtml", "About this issue", back=True)


def _archive(files: list[tuple[str, str]], moment: datetime) -> bytes:
    at = moment.astimezone(UTC)
    stamp = (max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second)
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for path, text in files:
            entry = ZipInfo(path, stamp)
            entry.compress_type = ZIP_STORED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return out.getvalue()
