"""The pages of the site: the first one, the index, issues; and with them those of lists, notes and of finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

from crawler.site.cards import CardMaker
from crawler.site.finding import find_page, finding_files, select_options
from crawler.site.frame import page
from crawler.site.groups import Groups
from crawler.site.lists import IsKnown, Page, issue_lists, list_pages
from crawler.site.notes import Topic, notes_pages
from crawler.site.pictures import TopicLine, topics_over_weeks
from crawler.site.values import ROOT, Card, Edition, Site
from crawler.text import day_words

FEATURED = 6
FEATURED_FROM = 5  # issues before the newest one
SHOWN_A_KIND = 6
PICTURED = 10  # topics
PICTURED_FROM = 60  # issues: a year of them and some more
URLS_A_SITEMAP = 50_000  # sitemaps.org protocol 0.9


def site_pages(
    site: Site,
    editions: Sequence[Edition],
    cards: Sequence[Card],
    groups: Groups,
    topics: Sequence[Topic],
    maker: CardMaker,
    is_known: IsKnown,
) -> Iterator[Page]:
    """(path, text) of all pages but issues, None for the text of one that is known; `editions` and `cards` newest
    first.

    Their order is always the same.
    """
    picture = topics_over_weeks(_topic_lines(editions, groups))
    yield "index.html", _home(site, editions, groups, maker, picture)
    yield from issue_lists(site, editions)
    yield "articles.html", _index(site, groups, len(cards), maker)
    yield "find.html", find_page(site, groups, len(cards), len(editions))
    if topics:
        yield from notes_pages(site, topics, maker)
    yield from list_pages(site, cards, groups, maker, is_known, picture)
    yield from finding_files(cards, maker, is_known)


def featured(editions: Sequence[Edition]) -> list[Card]:
    """One story of each of the issues before the newest one, the first that they tell, then their second ones."""
    before = editions[1 : 1 + FEATURED_FROM]
    ranks = [edition.items[rank] for rank in range(2) for edition in before if len(edition.items) > rank]
    return list(dict.fromkeys(ranks))[:FEATURED]


def _topic_lines(editions: Sequence[Edition], groups: Groups) -> list[TopicLine]:
    """The topics of the newest issues, those with most stories first."""
    days: dict[str, list[date]] = {}
    for edition in editions[:PICTURED_FROM]:
        for item in edition.items:
            for tag in item.tags:
                if tag in groups.tags:
                    days.setdefault(tag, []).append(edition.day)
    most = sorted(days, key=lambda tag: (-len(days[tag]), tag))[:PICTURED]
    return [TopicLine(groups.tags[tag].name, ROOT + groups.tags[tag].path, days[tag]) for tag in most]


def _home(site: Site, editions: Sequence[Edition], groups: Groups, maker: CardMaker, picture: str) -> str:
    newest = editions[0] if editions else None
    chosen = featured(editions)
    return page(
        site,
        "index.html",
        "site-home.html",
        site.title,
        site.tagline,
        data={"@type": "WebSite", "name": site.title, "description": site.tagline},
        newest=newest,
        date_words=day_words(newest.day) if newest else "",
        stories=maker.listed(newest.items) if newest and newest.items else "",
        featured=maker.listed(chosen) if chosen else "",
        recent=[(edition, day_words(edition.day)) for edition in editions[1:7]],
        topics=sorted(groups.tags.values(), key=lambda group: (-len(group.cards), group.name))[:18],
        picture=picture,
    )


def _index(site: Site, groups: Groups, count: int, maker: CardMaker) -> str:
    sections = [(group, maker.listed(group.cards[:SHOWN_A_KIND])) for group in groups.kinds.values()]
    about = f"{count} articles of engineering blogs by form, topic, company and source."
    return page(
        site,
        "articles.html",
        "site-index.html",
        "Articles",
        about,
        sections=sections,
        count=count,
        options=select_options(groups),
    )


def issue_page(site: Site, edition: Edition, body: str, groups: Groups, newer: int | None, older: int | None) -> str:
    """An issue; `body` is safe markup, `newer` and `older` are the numbers of the issues beside it."""
    return page(
        site,
        edition.path,
        "site-issue.html",
        edition.heading,
        edition.lead or edition.standing_line,
        data={
            "@type": "PublicationIssue",
            "name": edition.heading,
            "issueNumber": edition.number,
            "datePublished": edition.day.isoformat(),
            "isPartOf": {"@type": "Periodical", "name": site.title},
        },
        talks=True,
        edition=edition,
        body=body,
        date_words=day_words(edition.day),
        tags=[(tag, groups.tags[tag].path if tag in groups.tags else "") for tag in edition.tags],
        newer=newer,
        older=older,
    )


def sitemaps(base_url: str, paths: Sequence[str]) -> Iterator[Page]:
    """The addresses of all pages (sitemaps.org protocol 0.9); an index of more where one file is too small."""
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    urls = [escape(base_url + ("" if path == "index.html" else path)) for path in paths]
    chunks = [urls[first : first + URLS_A_SITEMAP] for first in range(0, len(urls), URLS_A_SITEMAP)]
    names = ["sitemap.xml"] if len(chunks) == 1 else [f"sitemap-{n}.xml" for n in range(1, len(chunks) + 1)]
    for name, chunk in zip(names, chunks, strict=True):
        listed = "".join(f"<url><loc>{url}</loc></url>\n" for url in chunk)
        yield name, f'{head}<urlset xmlns="{space}">\n{listed}</urlset>\n'
    if len(chunks) > 1:
        listed = "".join(f"<sitemap><loc>{escape(base_url + name)}</loc></sitemap>\n" for name in names)
        yield "sitemap.xml", f'{head}<sitemapindex xmlns="{space}">\n{listed}</sitemapindex>\n'
