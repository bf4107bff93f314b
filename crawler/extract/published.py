"""The day that was meant: when the article was published, not when its page was built or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml.etree import _Element as Element

from crawler.extract.byline import date_in
from crawler.extract.dates import date_in_url, find_date, parse_date
from crawler.extract.jsonld import LinkedData
from crawler.extract.pageindex import Metas, PageIndex, is_elsewhere
from crawler.extract.tree import tag_of, text_of

_DATE_KEYS = tuple(
    """
    article:published_time article:published og:published_time og:article:published_time citation_publication_date
    citation_date dc.date.issued dcterms.created dc.date dc.date.created dcterms.date dcterms.issued date pubdate
    publishdate publish_date publish-date published_time published-date date.published datepublished parsely-pub-date
    sailthru.date article.published cxenseparse:recs:publishtime bt:pubdate created creation_date rnews:datepublished
    og:pubdate originalpublicationdate blogpost:published_time
    """.split()  # noqa: SIM905 - a table of names reads better as words
)
_UPDATED = re.compile(r"updated|modified|edited|revised", re.IGNORECASE)
_UPDATED_TEXT = re.compile(r"\W*(?:last\s+)?(?:updated|modified|edited)", re.IGNORECASE)
_UPDATED_BEFORE = re.compile(r"\b(?:updated|modified|edited|revised)(?:\s+(?:on|at))?\W*$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"datePublished|dateCreated|dt-published|(?:^|\s)(?:published|entry-date|post-date|pubdate|publish-date)(?:\s|$)"
)


def find_published(
    metas: Metas, data: LinkedData, index: PageIndex, zone: str, url: str, language: str
) -> datetime | None:
    """The day of publication in aware UTC, from the surest statement; `language` tells how the page writes days."""
    in_url = date_in_url(url)
    stated = next((d for d in _stated_dates(metas, data, index) if d is not None), None)
    if in_url is None:
        return stated or date_in(zone, language) or _named_date(index, language)
    # A site that was built again states the day of the build; the address keeps the day that was meant.
    if stated is None or abs(stated - in_url) > timedelta(hours=38):
        return in_url
    return stated


def _stated_dates(metas: Metas, data: LinkedData, index: PageIndex) -> Iterator[datetime | None]:
    yield parse_date(data.published)
    for key in _DATE_KEYS:
        for value in metas.get(key, ())[:2]:
            yield parse_date(value)
    for element in [*index.times[:12], *index.dates[:40]]:
        if (
            _PUBLISHED.search(f"{element.get('itemprop', '')} {element.get('class', '')}")
            or element.get("pubdate") is not None
        ):
            yield _date_of(element)
    for element in index.times[:12]:
        names = f"{element.get('class', '')} {element.get('itemprop', '')}"
        if not _UPDATED.search(names) and not is_elsewhere(element) and not _is_update(element):
            yield _date_of(element)


def _is_update(element: Element) -> bool:
    """Whether the element's text, or the words right before it, speak of a change: `Last updated: <time>…`."""
    if _UPDATED_TEXT.match(text_of(element)):
        return True
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        label = text_of(previous) if tag_of(previous) in ("span", "b", "strong", "em", "i", "small", "dt") else ""
        before = previous.tail if (previous.tail or "").strip() else label
    else:
        before = parent.text if parent is not None else ""
    return _UPDATED_BEFORE.search(before or "") is not None


def _date_of(element: Element) -> datetime | None:
    for value in (element.get("datetime"), element.get("content"), element.get("title"), text_of(element)[:80]):
        if value and (moment := parse_date(value)):
            return moment
    return None


def _named_date(index: PageIndex, language: str) -> datetime | None:
    """A day in an element named for it, else a heading that is nothing but a day."""
    for element in index.dates[:40]:
        text = text_of(element)
        if (
            6 <= len(text) <= 200
            and not _UPDATED.search(element.get("class", ""))
            and not is_elsewhere(element)
            and (moment := find_date(text, language))
        ):
            return moment
    for element in index.headings[:6]:
        text = text_of(element)
        if 6 <= len(text) <= 40 and (moment := find_date(text, language)):
            return moment
    return None
