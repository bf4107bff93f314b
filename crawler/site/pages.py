"""Every page of the site but those of issues."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from crawler.site.cards import CardMaker
from crawler.site.dates import day_words
from crawler.site.frame import filter_script, page
from crawler.site.groups import Group, Groups
from crawler.site.paging import part_path, parts_of
from crawler.site.pictures import rhythm
from crawler.site.values import Card, Edition, Site

FEATURED = 6
FEATURED_FROM = 5  # issues before the newest one
SHOWN_A_KIND = 6
DRAWN = ("Topics", "Companies", "Sources")  # whose pages begin with a picture of their rhythm
FILTERED_FROM = 12  # articles on a page that are too many to see at once
Page = tuple[str, str | None]
IsKnown = Callable[[str, str], bool]
"""Whether the file of a path was made from what a mark tells of."""


def site_pages(
    site: Site, editions: Sequence[Edition], cards: Sequence[Card], groups: Groups, is_known: IsKnown
) -> Iterator[Page]:
    """(path, text) of all lists, None for the text of one that is known; `editions` and `cards` newest first.

    Their order is always the same.
    """
    maker = CardMaker(groups, (edition.number for edition in editions))
    yield "index.html", _home(site, editions, groups, maker)
    yield "issues.html", _issues(site, editions)
    yield "articles.html", _index(site, groups, len(cards), maker)
    everything = Group("All articles", "all.html", list(cards))
    yield from _parts(site, everything, maker, "", is_known)
    for name, kind in (("Topics", "tags"), ("Companies", "companies"), ("Sources", "sources"), ("Weeks", "weeks")):
        found: Mapping[str, Group] = getattr(groups, kind)
        yield f"{kind}.html", _overview(site, f"{kind}.html", name, list(found.values()))
        for group in found.values():
            yield from _parts(site, group, maker, name, is_known)
    for group in groups.kinds.values():
        yield from _parts(site, group, maker, "Articles", is_known)


def featured(editions: Sequence[Edition]) -> list[Card]:
    """One story of each of the issues before the newest one, the first that they tell, then their second ones."""
    before = editions[1 : 1 + FEATURED_FROM]
    ranks = [edition.items[rank] for rank in range(2) for edition in before if len(edition.items) > rank]
    return list(dict.fromkeys(ranks))[:FEATURED]


def _home(site: Site, editions: Sequence[Edition], groups: Groups, maker: CardMaker) -> str:
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
    )


def _issues(site: Site, editions: Sequence[Edition]) -> str:
    years = [
        (year, [(edition, day_words(edition.day)) for edition in group])
        for year, group in groupby(editions, key=lambda edition: edition.day.year)
    ]
    return page(site, "issues.html", "site-issues.html", "Issues", f"All issues of {site.title}.", years=years)


def _index(site: Site, groups: Groups, count: int, maker: CardMaker) -> str:
    sections = [(group, maker.listed(group.cards[:SHOWN_A_KIND])) for group in groups.kinds.values()]
    about = f"{count} articles of engineering blogs by form, topic, company and source."
    return page(site, "articles.html", "site-index.html", "Articles", about, sections=sections, count=count)


def _overview(site: Site, path: str, name: str, groups: Sequence[Group]) -> str:
    return page(site, path, "site-groups.html", name, f"{name} in the archive of {site.title}.", groups=groups)


def _parts(site: Site, group: Group, maker: CardMaker, above: str, is_known: IsKnown) -> Iterator[Page]:
    parts = parts_of(group.cards)
    paths = [part_path(group.path, place, len(parts)) for place in range(len(parts))]
    for place, (path, part) in enumerate(zip(paths, parts, strict=True)):
        newer = paths[place - 1] if place else ""
        older = paths[place + 1] if place + 1 < len(paths) else ""
        total = len(group.cards) if place == 0 else 0
        drawn = place == 0 and above in DRAWN
        picture = rhythm(card.day for card in group.cards) if drawn else ""
        head = (group.name, group.about, group.home, above, len(parts) > 1, newer, older, total, picture)
        known = is_known(path, f"{head} {maker.mark(part)}")
        yield path, None if known else _part(site, path, group, maker, above, part, newer, older, total, picture)


def _part(
    site: Site,
    path: str,
    group: Group,
    maker: CardMaker,
    above: str,
    part: Sequence[Card],
    newer: str,
    older: str,
    total: int,
    picture: str,
) -> str:
    first, last = (part[0].day, part[-1].day) if part else (None, None)
    span = f"{day_words(last)} to {day_words(first)}" if first and last and (newer or older) else ""
    return page(
        site,
        path,
        "site-list.html",
        f"{group.name}, {span}" if newer and span else group.name,
        group.about or f"Articles of engineering blogs: {group.name}.",
        group=group,
        above=above,
        above_path=group.path.split("/")[0].replace("kinds", "articles") + ".html",
        span=span,
        total=total,
        picture=picture,
        cards=maker.by_month(part),
        filtered=len(part) >= FILTERED_FROM,
        script=filter_script(site) if len(part) >= FILTERED_FROM else "",
        newer=newer,
        older=older,
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
        edition=edition,
        body=body,
        date_words=day_words(edition.day),
        tags=[(tag, groups.tags[tag].path if tag in groups.tags else "") for tag in edition.tags],
        newer=newer,
        older=older,
    )


def sitemap(base_url: str, paths: Sequence[str]) -> str:
    """The addresses of all pages (sitemaps.org protocol 0.9)."""
    urls = "".join(
        f"<url><loc>{escape(base_url + ('' if path == 'index.html' else path))}</loc></url>\n" for path in paths
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{space}">\n{urls}</urlset>\n'
