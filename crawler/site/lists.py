"""Lists of articles in parts, and the overviews that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from crawler.site.cards import CardMaker
from crawler.site.frame import page
from crawler.site.groups import Group, Groups
from crawler.site.paging import cut, numbered, part_path, parts_of
from crawler.site.pictures import rhythm, spark
from crawler.site.values import Card, Edition, Site
from crawler.text import day_words

DRAWN = ("Topics", "Companies", "Sources")  # whose pages begin with a picture of their rhythm
LISTED = {"tags": "Topics", "companies": "Companies", "sources": "Sources", "weeks": "Weeks"}
NAMES_A_PART = {"tags": 400, "companies": 500, "sources": 120, "weeks": 260}  # sources are drawn, weeks are five years
PARAMETERS = {"tags": "tag", "companies": "company", "kinds": "kind"}  # of the page that finds
Page = tuple[str, str | None]
IsKnown = Callable[[str, str], bool]
"""Whether the file of a path was made from what a mark tells of."""


def list_pages(
    site: Site, cards: Sequence[Card], groups: Groups, maker: CardMaker, is_known: IsKnown, picture: str
) -> Iterator[Page]:
    """(path, text) of all lists of articles and their overviews; `picture` stands above the topics."""
    everything = Group("All articles", "all.html", list(cards))
    yield from _parts(site, everything, maker, "", is_known)
    for kind, name in LISTED.items():
        found: Mapping[str, Group] = getattr(groups, kind)
        yield from _overview(site, kind, name, list(found.values()), picture if kind == "tags" else "")
        for label, group in found.items():
            yield from _parts(site, group, maker, name, is_known, _asked(kind, label))
    for label, group in groups.kinds.items():
        yield from _parts(site, group, maker, "Articles", is_known, _asked("kinds", label))


def _asked(kind: str, label: str) -> tuple[str, str] | None:
    return (PARAMETERS[kind], label) if kind in PARAMETERS else None


def _overview(site: Site, kind: str, name: str, groups: Sequence[Group], picture: str) -> Iterator[Page]:
    """The names of all groups of a kind, with how many articles each has; sources with their rhythm, weeks by year."""
    parts = cut(groups, NAMES_A_PART[kind])
    paths = [numbered(f"{kind}.html", place) for place in range(len(parts))]
    spans = [f"{part[0].name} to {part[-1].name}" if len(part) > 1 else "" for part in parts]
    for place, (path, part) in enumerate(zip(paths, parts, strict=True)):
        yield (
            path,
            page(
                site,
                path,
                "site-groups.html",
                f"{name}, {spans[place]}" if place else name,
                f"{name} in the archive of {site.title}.",
                name=name,
                total=len(groups),
                groups=part,
                sparks=[spark(card.day for card in group.cards) for group in part] if kind == "sources" else [],
                years=_by_year(part) if kind == "weeks" else [],
                parts=list(zip(paths, spans, strict=True)) if len(parts) > 1 else [],
                picture=picture if not place else "",
            ),
        )


def _by_year(weeks: Sequence[Group]) -> list[tuple[str, list[Group]]]:
    return [(year, list(found)) for year, found in groupby(weeks, key=lambda week: week.path.split("/")[1][:4])]


def _parts(
    site: Site,
    group: Group,
    maker: CardMaker,
    above: str,
    is_known: IsKnown,
    asked: tuple[str, str] | None = None,
) -> Iterator[Page]:
    parts = parts_of(group.cards)
    paths = [part_path(group.path, place, len(parts)) for place in range(len(parts))]
    for place, (path, part) in enumerate(zip(paths, parts, strict=True)):
        newer = paths[place - 1] if place else ""
        older = paths[place + 1] if place + 1 < len(paths) else ""
        total = len(group.cards) if place == 0 else 0
        picture = rhythm(card.day for card in group.cards) if place == 0 and above in DRAWN else ""
        head = (group.name, group.about, group.home, above, newer, older, total, picture, asked)
        known = is_known(path, f"{head} {maker.mark(part)}")
        yield path, None if known else _part(site, path, group, maker, above, part, newer, older, total, picture, asked)


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
    asked: tuple[str, str] | None,
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
        asked=asked,
        newer=newer,
        older=older,
    )


def issue_lists(site: Site, editions: Sequence[Edition]) -> Iterator[Page]:
    """(path, text) of the list of all issues, by year."""
    parts = parts_of(editions, 100)
    paths = [part_path("issues.html", place, len(parts)) for place in range(len(parts))]
    for place, (path, part) in enumerate(zip(paths, parts, strict=True)):
        span = f"#{part[-1].number} to #{part[0].number}" if len(part) > 1 and len(parts) > 1 else ""
        years = [
            (year, [(edition, day_words(edition.day)) for edition in group])
            for year, group in groupby(part, key=lambda edition: edition.day.year)
        ]
        yield (
            path,
            page(
                site,
                path,
                "site-issues.html",
                f"Issues {span}" if place else "Issues",
                f"All issues of {site.title}.",
                total=len(editions),
                span=span,
                years=years,
                newer=paths[place - 1] if place else "",
                older=paths[place + 1] if place + 1 < len(paths) else "",
            ),
        )
