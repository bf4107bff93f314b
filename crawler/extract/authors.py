"""Who wrote the article, from the places in which sites say it, the most reliable first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from crawler.extract.byline import authors_below_label, authors_beside_date, authors_by, authors_with_roles, foot_author
from crawler.extract.jsonld import LinkedData
from crawler.extract.names import clean_authors, is_group, split_names
from crawler.extract.pageindex import Metas, PageIndex, is_elsewhere
from crawler.extract.tree import find_all, tag_of, text_of

_AUTHOR_KEYS = tuple(
    """
    citation_author author parsely-author dc.creator dcterms.creator sailthru.author article:author byl
    article:author_name og:author twitter:data1
    """.split()  # noqa: SIM905
)
_AUTHOR_NAME = re.compile(
    r"author[-_]*name|avatar__name|post[-_]author|entry[-_]author|byline[-_]name|author[-_]link", re.IGNORECASE
)
_AUTHOR_CLASS = re.compile(r"(?:^|[\s_-])(?:authors?|byline)(?:\s|$)", re.IGNORECASE)
_NAMED = (
    ".//*[@class='name' or @itemprop='name' or contains(@class, 'personname')]"
    " | .//*[contains(@class, 'profile')]//strong"
)
_PERSON = re.compile(
    r"^[^\W\d_][\w.'’-]*(?:\s+(?:(?:van|von|de|der|den|la|da|di|del|bin|al|el)\s+)*[^\W\d_a-z][\w.'’-]*)+$"
)
_LISTS = re.compile(r"authors|p-author|byline")


def find_authors(
    root: Element, metas: Metas, data: LinkedData, index: PageIndex, zone: str, sites: list[str]
) -> tuple[str, ...]:
    """The first source that names a person; a team, or the site itself, only where no source names anyone else."""
    team: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    for values in _author_sources(root, metas, data, index, zone):
        listed = list(values)
        if found := clean_authors(listed, sites):
            if not all(map(is_group, found)):
                return found
            team = team or found
        second = second or clean_authors(listed)
    return team or clean_authors(data.groups, sites) or second or clean_authors(data.groups)


def _author_sources(
    root: Element, metas: Metas, data: LinkedData, index: PageIndex, zone: str
) -> Iterator[Iterable[str]]:
    yield data.authors
    # What stands beside the title is about this article; a theme repeats the blog's owner in every head.
    yield _marked_authors(index)
    yield [authors_by(zone)]
    people = [e for e in index.people_links[:12] if not is_elsewhere(e)]
    lines = set(zone.split("\n"))
    yield _texts(e for e in people if text_of(e) in lines)
    for key in _AUTHOR_KEYS:
        yield [_upright(v, key) for v in metas.get(key, ()) if not v.startswith("http")]
    titles = {text_of(heading) for heading in index.headings}
    yield [names for names in [authors_beside_date(zone)] if names not in titles]
    yield [authors_below_label(zone)]
    yield [authors_with_roles(zone)]
    yield [text for text in _texts(e for e in people[:6] if "/author" in e.get("href", "")) if _PERSON.match(text)]
    yield [foot_author(root)]


def _upright(value: str, key: str) -> str:
    """`Lee, Ann` as libraries write it (citation_author, Dublin Core) is Ann Lee."""
    last, comma, first = value.partition(", ")
    turned = comma and key.startswith(("citation", "dc")) and "," not in first and len(last.split()) <= 2
    return f"{first} {last}" if turned else value


def _marked_authors(index: PageIndex) -> list[str]:
    """Texts of the elements that mark-up calls author, from the strictest convention to the loosest."""
    elements = [e for e in index.authors[:60] if not is_elsewhere(e)]
    for accept in (_is_author_name, _is_author, _is_author_class):
        found = {e: texts for e in elements if accept(e) and (texts := _person_texts(e))}
        around = {a for e in found for a in e.iterancestors()}  # a box around names says more than the names
        texts = [t for e, names in found.items() if e not in around for t in names]
        if texts:
            return texts
    return []


def _person_texts(element: Element) -> list[str]:
    if tag_of(element) == "meta":
        return [element.get("content", "")]
    if not len(element):
        return [t] if len(t := text_of(element)) <= 160 and split_names(t) else []
    if stated := find_all(element, ".//meta[@itemprop='name']"):
        return [meta.get("content", "") for meta in stated]
    if named := find_all(element, _NAMED):
        return [t for e in named if 1 < len(t := text_of(e)) <= 160 and split_names(t)]
    people = (
        [e for e in element.iter("a") if len(text_of(e)) > 1]
        if "author" in element.get("itemprop", "") or _LISTS.search(element.get("class", ""))
        else []
    )
    texts = [text_of(e) for e in people] if len(people) > 1 else [text_of(element)]
    return [t for t in texts if t and len(t) <= 160 and split_names(t)]


def _is_author_name(element: Element) -> bool:
    own = element.get("itemprop", "")
    if own == "author":
        return True
    if own == "name" or "fn" in element.get("class", "").split():
        return any("author" in f"{a.get('itemprop', '')} {a.get('class', '')}" for a in element.iterancestors())
    return "p-author" in element.get("class", "").split()


def _is_author(element: Element) -> bool:
    return "author" in element.get("rel", "").split() or bool(_AUTHOR_NAME.search(element.get("class", "")))


def _is_author_class(element: Element) -> bool:
    return bool(_AUTHOR_CLASS.search(element.get("class", "")))


def _texts(elements: Iterable[Element]) -> list[str]:
    return [t for e in elements if 1 < len(t := text_of(e)) <= 60]
