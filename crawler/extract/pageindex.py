"""One pass over a page for the elements that state metadata, by microformats, microdata and common class names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from lxml.etree import _Element as Element

from crawler.extract.tree import find_all, line_of, tag_of, text_of
from crawler.urls import absolute_url, split

Metas = dict[str, list[str]]
"""The contents of a page's `meta` elements by property, name or itemprop, in lower case."""

_AUTHOR = re.compile(r"author|byline|vcard|avatar__name")
_DATE = re.compile(r"date|publish|posted|(?:^|[\s_-])(?:meta|byline|time)")
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|recent|comments?|sidebar|widget|latest|popular|card-deck|post-?list|next|prev|previous|nav|(?<!entry-)(?<!post-)(?<!article-)footer|toc)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HEAD_OF = re.compile(r"(?:^|\s)(?:md-post__\w+|node__(?:meta|submitted)|ablog__postcard)(?=\s|$)")
_HOME = re.compile(r"brand|site-?(?:title|name|logo)|logo|home")


@dataclass(slots=True)
class PageIndex:
    """Elements of interest in document order; `home_names` are the texts of links to the site's front."""

    headings: list[Element] = field(default_factory=list)
    named: list[Element] = field(default_factory=list)  # p-name, itemprop=headline
    authors: list[Element] = field(default_factory=list)
    dates: list[Element] = field(default_factory=list)
    times: list[Element] = field(default_factory=list)
    tags: list[Element] = field(default_factory=list)
    people_links: list[Element] = field(default_factory=list)
    home_names: list[str] = field(default_factory=list)


def index_page(root: Element, url: str) -> PageIndex:
    """The index of a page as parsed, at `url`."""
    index = PageIndex()
    home = split(url)
    home_host = home[1].removeprefix("www.") if home else ""
    index.headings = list(root.iter("h1", "h2", "h3"))
    index.times = list(root.iter("time"))
    for link in root.iter("a"):
        _index_link(index, link, url, home_host)
    for element in find_all(root, "//*[@class or @itemprop]"):
        get = element.get
        marks = _marks_of(get("class", ""), get("itemprop", ""))
        if marks:
            if "n" in marks:
                index.named.append(element)
            if "a" in marks:
                index.authors.append(element)
            if "d" in marks and element.tag != "time":
                index.dates.append(element)
    return index


@lru_cache(maxsize=20_000)
def _marks_of(names: str, role: str) -> str:
    """n for a name, a for an author, d for a date, as a class or an itemprop tells."""
    lowered = f"{names} {role}".lower()
    marks = "n" if "headline" in role or "p-name" in names.split() else ""
    marks += "a" if _AUTHOR.search(lowered) else ""
    return marks + ("d" if _DATE.search(lowered) else "")


def is_elsewhere(element: Element) -> bool:
    """Whether the element belongs to another article: a list of related or recent ones, comments, navigation."""
    node: Element | None = element
    for _ in range(12):
        if node is None or tag_of(node) in ("body", "html"):
            return False
        if tag_of(node) == "article":
            return False
        if node.get("itemprop") == "comment":
            return True
        if tag_of(node) in ("nav", "aside", "footer") or _ELSEWHERE.search(
            f"{node.get('class', '')} {node.get('id', '')}"
        ):
            return not _is_head(element)
        node = node.getparent()
    return False


def _is_head(element: Element) -> bool:
    """Whether it tells of the page's own article: some generators put that into the margin."""
    near = chain((element,), islice(element.iterancestors(), 8))
    return any(_HEAD_OF.search(around.get("class", "")) for around in near)


def heading_text(element: Element) -> str:
    """The heading's words without the mark that links to it."""
    text = line_of(text_of(element))
    return re.sub(r"\s*[¶#§🔗]\s*$", "", re.sub(r"^#\s+", "", text)).strip()


def _index_link(index: PageIndex, link: Element, url: str, home_host: str) -> None:
    href, rel, names = link.get("href", ""), link.get("rel", "").split(), link.get("class", "")
    if "tag" in rel or "p-category" in names:
        index.tags.append(link)
    if "author" in rel:
        index.authors.append(link)
    if "/author/" in href or "/authors/" in href or "/people/" in href:
        index.people_links.append(link)
    if (
        len(index.home_names) < 8
        and href
        and ("home" in rel or _HOME.search(names) or _leads_home(href, url, home_host))
    ):
        parent = link.getparent()
        name = line_of(text_of(link))
        if 1 < len(name) <= 60 and name.lower() not in ("home", "blog") and parent is not None:
            index.home_names.append(name)


def _leads_home(href: str, url: str, home_host: str) -> bool:
    if href == "/":
        return True
    if len(href) > len(home_host) + 16 or not href.startswith(("http", "//")) or home_host not in href.lower():
        return False
    there = split(absolute_url(url, href))
    return there is not None and there[1].removeprefix("www.") == home_host and there[3] in ("", "/")
