"""What a page states about its article: title, authors, day, address, language, image, tags.

Read before the tree is pruned, because most of it stands in what is pruned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from crawler.extract.authors import find_authors
from crawler.extract.byline import byline_zone, date_in, days_above
from crawler.extract.jsonld import LinkedData, read_jsonld
from crawler.extract.pageindex import Metas, PageIndex, heading_text, index_page, is_elsewhere
from crawler.extract.published import find_published
from crawler.extract.titles import choose_title
from crawler.extract.tree import find_all, join_text, tag_of, text_of
from crawler.headers import robots_rules
from crawler.text import one_line, plain_line
from crawler.urls import absolute_url, canonical_url, split, url_key

# What is said to all, to the robot that many address alone, and to us.
_ROBOTS = ("robots", "googlebot", "weekly-roundup")
_LANGUAGE = re.compile(r"^[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says; empty or None where it says nothing."""

    title: str = ""
    titles: tuple[str, ...] = ()  # every statement of the title: what the text must not repeat
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    language: str | None = None
    canonical_url: str | None = None
    description: str = ""
    site_name: str = ""
    tags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    image_alt: str = ""
    noindex: bool = False
    noarchive: bool = False
    paywalled: bool = False


def read_metadata(root: Element, url: str) -> Metadata:
    """The statements of a page at `url`, from the tree as parsed."""
    metas = _metas(root)
    data = read_jsonld(root)
    site = (
        _first(metas, "og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone")
        or data.site
    )
    stated = _stated_titles(root, metas, data)
    index = index_page(root, url)
    rules = robots_rules((v for key in _ROBOTS for v in metas.get(key, ())), "")
    headings = {e: heading_text(e) for e in _headings(index)}
    sites = [site, *index.home_names]
    title = choose_title([t for t in headings.values() if len(t) <= 300], stated, sites, url)
    heading = next((e for e, t in headings.items() if t == title), None)
    heading = heading if heading is not None else _unmarked_heading(root, title, index)
    zone = byline_zone(heading)
    language = _language(root, metas, data)
    return Metadata(
        title=title,
        titles=tuple(dict.fromkeys(t for t in (title, *stated) if t)),
        authors=find_authors(root, metas, data, index, zone, sites),
        published_at=find_published(metas, data, index, zone, url, language) or date_in(days_above(heading), language),
        language=language.split("-")[0].lower() or None,
        canonical_url=_canonical(root, metas, url),
        description=_description(metas, data, title),
        site_name=site,
        tags=_tags(metas, data, index),
        images=tuple(dict.fromkeys(filter(None, (absolute_url(url, i) for i in _images(metas, data))))),
        image_alt=_first(metas, "og:image:alt", "twitter:image:alt"),
        noindex="noindex" in rules,
        noarchive="noarchive" in rules,
        paywalled=not data.free
        or "metered" in _first(metas, "article:content_tier")
        or "locked" in _first(metas, "article:content_tier"),
    )


def _metas(root: Element) -> Metas:
    found: Metas = {}
    for meta in root.iter("meta"):
        value = meta.get("content")
        if value is None or not value.strip():
            continue
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key:
                found.setdefault(key.strip().lower(), []).append(value)
    return found


def _first(metas: Metas, *keys: str) -> str:
    for key in keys:
        for value in metas.get(key, ()):
            if line := plain_line(value[:2000]):
                return line
    return ""


# ---------------------------------------------------------------- title


def _stated_titles(root: Element, metas: Metas, data: LinkedData) -> list[str]:
    """What the page's data and its head say that its title is; empty where they say nothing."""
    head = find_all(root, "(//head/title | //title[not(ancestor::svg)])[1]")
    return [
        data.headline,
        _first(metas, "og:title"),
        _first(metas, "twitter:title", "citation_title", "dc.title", "parsely-title", "title"),
        plain_line(join_text(head[0]) if head else ""),
    ]


def _unmarked_heading(root: Element, title: str, index: PageIndex) -> Element | None:
    """The element that reads like the title without being a heading, else the page's first heading."""
    body = root.find("body")
    if title and body is not None:
        for element in body.iter("div", "p", "span", "td", "b", "strong", "font", "a"):
            if not len(element) and element.text and one_line(element.text) == title:
                return element
    return index.headings[0] if index.headings else None


def _headings(index: PageIndex) -> list[Element]:
    """The page's own headings that may be the title, the most specific mark-up first."""
    named = [e for e in index.named if tag_of(e) != "meta"][:3]
    h1 = [e for e in index.headings if e.tag == "h1"][:6]
    titled = [e for e in index.headings[:12] if "title" in e.get("class", "")]
    rest = [e for e in index.headings[:8] if e.tag != "h1"]
    return list(dict.fromkeys([*named, *titled, *h1, *rest]))


# ---------------------------------------------------------------- address, language and the rest


def _canonical(root: Element, metas: Metas, url: str) -> str | None:
    """The page's own statement of its address, where it can be trusted.

    Distrusted: no http(s) address, a front page for an article (a template's mistake), and two statements of
    which neither resembles the address that was read (RFC 6596 leaves the judgement to us).
    """
    links = [
        h
        for e in root.iter("link")
        if "canonical" in e.get("rel", "").lower().split() and (h := e.get("href", "").strip())
    ]
    stated = [absolute_url(url, h) for h in dict.fromkeys([*links[:3], *metas.get("og:url", ())[:1]])]
    candidates = [c for c in stated if c and _may_stand_for(c, url)]
    own = url_key(url)
    for candidate in candidates:
        if url_key(candidate) == own:
            return canonical_url(candidate)
    return canonical_url(candidates[0]) if candidates else None


def _may_stand_for(candidate: str, url: str) -> bool:
    there, here = split(candidate), split(url)
    if there is None or here is None:
        return False
    if there[3].strip("/") == "" and here[3].strip("/") != "" and not there[4]:
        return False
    if re.match(r"^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.)", there[1]) or "." not in there[1]:
        return False
    if there[1].removeprefix("www.") == here[1].removeprefix("www."):
        above = here[3].rstrip("/").startswith(there[3].rstrip("/") + "/") and not here[4]
        return not above or _slug(here[3]) in ("index", "amp", "")
    # Another host: the same article has the same last part of its path, or at least words of it.
    mine, theirs = set(re.findall(r"[a-z0-9]{3,}", _slug(here[3]))), set(re.findall(r"[a-z0-9]{3,}", _slug(there[3])))
    return bool(mine & theirs) and len(mine & theirs) * 2 >= min(len(mine), len(theirs))


def _slug(path: str) -> str:
    return re.sub(r"(?:/index)?(?:\.\w{2,5})?/?$", "", path.lower()).rsplit("/", 1)[-1]


def _language(root: Element, metas: Metas, data: LinkedData) -> str:
    """The page's language tag as it is stated (BCP 47), or nothing."""
    stated = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        data.language,
        *metas.get("og:locale", ()),
        *metas.get("content-language", ()),
    )
    for value in stated:
        if value and _LANGUAGE.match(value.strip()):
            return str(value).strip().replace("_", "-")
    return ""


def _description(metas: Metas, data: LinkedData, title: str) -> str:
    for value in (
        *(_first(metas, k) for k in ("description", "og:description", "twitter:description", "dc.description")),
        data.description,
    ):
        if value and value != title and len(value) >= 20:
            return value[:1000]
    return ""


def _tags(metas: Metas, data: LinkedData, index: PageIndex) -> tuple[str, ...]:
    values = [
        plain_line(v)
        for key in ("article:tag", "parsely-tags", "keywords", "news_keywords", "citation_keywords")
        for m in metas.get(key, ())[:40]
        for v in m.split(",")
    ]
    values += data.tags
    values += [one_line(text_of(e)).lstrip("#") for e in index.tags[:30] if not is_elsewhere(e)]
    found: dict[str, str] = {}
    for value in values:
        if 1 < len(value) <= 40:
            found.setdefault(value.casefold(), value)
    return tuple(found.values())[:20]


def _images(metas: Metas, data: LinkedData) -> Iterator[str]:
    for key in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        yield from metas.get(key, ())[:2]
    if data.image:
        yield data.image
