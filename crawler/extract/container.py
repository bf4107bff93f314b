"""Which element of a pruned page holds the article: by markup convention first, by where the text is second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lxml.etree import _Element as Element

from crawler.extract import rules
from crawler.extract.tree import find_all, tag_of, text_of

Ground = Literal["body", "entry", "main", "text"]
"""Why an element was chosen: named as an article's body, as an entry, as the page's main part, or by its text."""

_NAMES: tuple[tuple[Ground, re.Pattern[str]], ...] = (
    ("body", rules.BODY_NAMES),
    ("entry", rules.ENTRY_NAMES),
    ("main", rules.MAIN_NAMES),
)
_TEXT_CHILDREN = frozenset("p pre h1 h2 h3 h4 h5 h6 ul ol dl table blockquote figure".split())  # noqa: SIM905

LINKED = 0.12
"""Where a larger share of a text leads to the same site, menus or lists of other articles stand in it."""
MOSTLY_LINKS = 0.4
_NOTES = re.compile(r"(?:footnotes?|endnotes?)(?:$|[\s_-])")
_OPENING = 150  # characters of a paragraph that is no deck
_PART = 100  # characters outside links
_SHORT_ARTICLE = 250  # characters outside links


@dataclass(frozen=True, slots=True)
class Container:
    """The element that holds the article; `share` is its part of the page's running text, 0-1."""

    element: Element
    ground: Ground
    share: float
    linked: float  # the part of its own text that stands in links to the same site, 0-1


class TextMap:
    """How much text each element holds, and how much of that stands in links; `host` is the page's own."""

    def __init__(self, root: Element, host: str = "") -> None:
        self._total: dict[Element, int] = {}
        self._links: dict[Element, int] = {}
        self._host = host
        total, links = self._total, self._links
        elements = list(root.iter())
        for element in reversed(elements):
            own = total.pop(element, 0) + (len(element.text.strip()) if element.text else 0)
            linked = own if element.tag == "a" else links.pop(element, 0)
            total[element] = own
            links[element] = linked
            parent = element.getparent()
            if parent is not None and element is not root:
                tail = len(element.tail.strip()) if element.tail else 0
                total[parent] = total.get(parent, 0) + own + tail
                links[parent] = links.get(parent, 0) + linked

    def good(self, element: Element) -> int:
        """Characters outside links."""
        return self._total.get(element, 0) - self._links.get(element, 0)

    def linked(self, element: Element) -> float:
        """The share of the element's text that stands in links to the same site, 0-1.

        Links elsewhere do not count: they are what a roundup consists of, and never a menu.
        """
        links, total = self._links.get(element, 0), max(1, self._total.get(element, 0))
        if links < LINKED * total:
            return links / total
        away = sum(self._total.get(a, 0) for a in element.iter("a") if _leads_away(a.get("href", ""), self._host))
        return (links - away) / total


def _leads_away(href: str, host: str) -> bool:
    return href.startswith(("http", "//")) and not (host and host in href[: len(host) + 16])


def find_container(root: Element, heading: Element | None = None, host: str = "") -> Container | None:
    """The article's element in a pruned page, or None where there is no text at all.

    `heading` is the title's own; where the page still holds it, it tells which of several candidates is meant.
    `host` is the page's own, without `www.`.
    """
    body = root.find("body")
    scope = body if body is not None else root
    texts = TextMap(scope, host)
    whole = texts.good(scope)
    if whole <= 0:
        return None
    by_ground: dict[Ground, list[Element]] = {"body": [], "entry": [], "main": []}
    for element in scope.iter():
        named = _ground_of(element)
        if named is not None and element is not scope:
            by_ground[named].append(element)
    for ground, candidates in by_ground.items():
        chosen = _choose(ground, candidates, texts, whole, heading)
        if chosen is not None:
            element = _descend(chosen, texts) if ground != "body" else chosen
            if ground == "main":
                element = _around(heading, element, texts)
            return Container(element, ground, texts.good(element) / whole, texts.linked(element))
    element = _around(heading, _descend(scope, texts), texts)
    return Container(element, "text", texts.good(element) / whole, texts.linked(element))


def adopt_opening(element: Element) -> None:
    """Take in the running paragraphs that some themes set large between the title and the article's element."""
    while (before := element.getprevious()) is not None and tag_of(before) == "p":
        text = text_of(before)
        if len(text) < _OPENING or not text.endswith((".", "!", "?", "”", '"')) or text in text_of(element):
            return
        before.tail = None
        element.insert(0, before)
        before.tail, element.text = element.text, None


def adopt_notes(element: Element) -> None:
    """Take in the footnotes that some generators set after the article's element."""
    node = element
    for _ in range(2):
        for sibling in list(node.itersiblings()):
            if _NOTES.match(sibling.get("id", "") or sibling.get("class", "")) and tag_of(sibling) in (
                "div",
                "section",
            ):
                element.append(sibling)
        parent = node.getparent()
        if parent is None or tag_of(parent) in ("body", "html", ""):
            return
        node = parent


def _ground_of(element: Element) -> Ground | None:
    tag = tag_of(element)
    attributes = element.attrib
    if tag in ("article", "main"):
        named = _named(attributes.get("class", ""), attributes.get("id", ""))
        return "body" if named == "body" else ("entry" if tag == "article" else "main")
    if not attributes or tag in ("", "a", "span", "p", "li", "img", "pre", "code", "h1", "h2"):
        return None
    if "articleBody" in attributes.get("itemprop", ""):
        return "body"
    if "Article" in attributes.get("itemtype", "") or "BlogPosting" in attributes.get("itemtype", ""):
        return "entry"
    role = attributes.get("role")
    if role in ("main", "article"):
        return "main" if role == "main" else "entry"
    return _named(attributes.get("class", ""), attributes.get("id", ""))


@lru_cache(maxsize=20_000)
def _named(names: str, own_id: str) -> Ground | None:
    kebabs = [rules.kebab(name) for name in f"{names} {own_id}".split()]
    for ground, pattern in _NAMES:
        if any(pattern.match(name) for name in kebabs):
            return ground
    return None


def _choose(
    ground: Ground, candidates: list[Element], texts: TextMap, whole: int, heading: Element | None
) -> Element | None:
    """The first candidate of weight, or the innermost in it that keeps nearly all of its text.

    The first, because pages that load the next article below hold several of the same kind. A short article stands
    above a longer list of others: the candidate that holds the title's heading goes before that list.
    """
    if not candidates:
        return None
    most = max(texts.good(c) for c in candidates)
    if most < 0.3 * whole or most < 150:
        return None
    best = next(c for c in candidates if texts.good(c) >= 0.3 * most)
    if heading is not None and not _is_inside(heading, best):
        enough = max(_SHORT_ARTICLE, 0.2 * most)
        best = next((c for c in candidates if texts.good(c) >= enough and _is_inside(heading, c)), best)
    together = _parent_of_parts(candidates, best, texts) if ground == "body" else None
    if together is not None:
        return together
    inner = best
    for candidate in candidates:
        if texts.good(candidate) >= 0.8 * texts.good(best) and _is_inside(candidate, inner):
            inner = candidate
    return inner


def _parent_of_parts(candidates: list[Element], best: Element, texts: TextMap) -> Element | None:
    """The nearest element around an article that a page builder made of several bodies, or None."""
    parts = [c for c in candidates if _is_part(c) and texts.good(c) > _PART] if _is_part(best) else []
    if len(parts) < 2:
        parts = _pieces_of_body(best, candidates, texts)
    if len(parts) < 2 or any(_is_inside(c, best) for c in parts):
        return None
    ancestor = best.getparent()
    while ancestor is not None and not all(_is_inside(c, ancestor) for c in parts):
        ancestor = ancestor.getparent()
    if ancestor is None or tag_of(ancestor) in ("body", "html"):
        return None
    return ancestor


def _pieces_of_body(best: Element, candidates: list[Element], texts: TextMap) -> list[Element]:
    """The bodies of one name, side by side or in one `article`: the text was cut by advertisements or figures.

    Articles that are loaded one below the other have a title each.
    """
    parent, article, name = best.getparent(), _article_of(best), _name_of(best)
    scope = parent if article is None else article
    if scope is None or len(find_all(scope, "(.//h1)[position() <= 2]")) > 1:
        return []
    return [
        c
        for c in candidates
        if _name_of(c) == name
        and texts.good(c) > _PART
        and (c.getparent() is parent or (article is not None and _article_of(c) is article))
    ]


def _article_of(element: Element) -> Element | None:
    return next(element.iterancestors("article"), None)


def _name_of(element: Element) -> tuple[str | None, str | None]:
    return element.get("class"), element.get("itemprop")


def _is_part(element: Element) -> bool:
    return any(rules.PART_NAMES.match(rules.kebab(name)) for name in element.get("class", "").split())


def _is_inside(element: Element, outer: Element) -> bool:
    node = element.getparent()
    while node is not None:
        if node is outer:
            return True
        node = node.getparent()
    return False


def _around(heading: Element | None, element: Element, texts: TextMap) -> Element:
    """Of an element that is full of links, the part around the title's heading that is not; else the element."""
    if heading is None or texts.linked(element) < LINKED or not _is_inside(heading, element):
        return element
    best = element
    node = heading.getparent()
    while node is not None and node is not element:
        if texts.good(node) >= _SHORT_ARTICLE:
            if texts.linked(node) >= LINKED:
                break
            best = node
        node = node.getparent()
    return best if texts.good(best) >= 0.25 * texts.good(element) else element


def _descend(element: Element, texts: TextMap) -> Element:
    """Into the one child that holds nearly all text, as long as its siblings are not running text themselves."""
    for _ in range(200):
        children = [c for c in element if tag_of(c)]
        if not children:
            return element
        best = max(children, key=texts.good)
        if texts.good(best) < 0.85 * texts.good(element) or tag_of(best) in _TEXT_CHILDREN:
            return element
        if any(
            tag_of(c) in _TEXT_CHILDREN and texts.good(c) > 30 and tag_of(c) != "h1" for c in children if c is not best
        ):
            return element
        element = best
    return element
