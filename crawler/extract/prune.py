"""Take from a page's tree what is not the article, by what markup says of itself (rules.py)."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.etree import _Element as Element

from crawler.extract import rules
from crawler.extract.tree import HEADINGS, drop, find_all, join_text, link_share, tag_of, text_length, text_of, unwrap

_ID_TAGS = frozenset({"div", "aside", "ul", "ol", "span", "p", "footer", "header", "table", "iframe", "center"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COMMENTS = re.compile(
    r"(?:^|[\s-])(?:comments?(?:-(?:area|section|list|container|wrapper))?|replies|disqus-thread|respond|webmentions?)(?=$|\s)"
)
_HEADING_SECTION = re.compile(r"(?:^|\s)(?:section|level\d|sect\d|outline-\d|slide)(?:\s|$)")
_ANCHOR_TEXT = re.compile(
    r"^(?:\W*|permalink|anchor|link|copy link|section titled.*"
    r"|(?:direct |permanent )?link to (?:this )?(?:heading|section|headline)?.*)$",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text)(?=\s|$)")
_MEDIA = re.compile(r"(?:^|[\s-])(?:video|embed|social|galler|slide|twitter|tweet)")
_FORMS = ("form", "fieldset")
_SILENT = tuple(rules.DROPPED_TAGS.difference(_FORMS))
_WORD_TAGS = frozenset("a span b i em strong mark small abbr q var kbd".split())  # noqa: SIM905
_SENTENCE_TAGS = frozenset({"p", "li", "td", "dd"})
_BESIDE_WORDS = re.compile(
    r"sr-?only|hidden|screen-?reader|tooltip|popup|anchor|permalink|back-?(?:ref|link)|copy|button|more|edit|share-|reply"
)
_SENTENCE = 40  # characters right beside a word of it
_LONGEST_ADDRESS = 200
_MAX_SHARE = 0.4
"""Nothing that holds more of the page's text is taken away for its name alone."""
_SEVERAL = 3  # paragraphs below a page's first heading are an article


def prune(root: Element) -> None:
    """Remove scripts, forms, navigation and everything that is named as furniture, in place."""
    for element in list(root.iter(*_SILENT)):
        drop(element)
    total = max(1, text_length(root))
    for element in list(root.iter(*_FORMS)):
        if text_length(element) > _MAX_SHARE * total:
            unwrap(element)  # a form around the whole page (ASP.NET)
        else:
            drop(element)
    total = max(1, text_length(root))
    for element in list(root.iter()):
        if _is_furniture(element) and not _holds_article(element, total):
            drop(element)
    drop_anchors(root)


def _is_furniture(element: Element) -> bool:
    tag = tag_of(element)
    if tag in ("", "html", "body", "main", "article", "pre", "code"):
        return False
    if tag == "address":  # by HTML's own words, how to reach who is responsible
        return text_length(element) <= _LONGEST_ADDRESS
    attributes = element.attrib
    if not attributes:
        return tag == "aside" or (tag in ("header", "footer") and _is_page_edge(element))
    get = attributes.get
    names, own_id = get("class"), get("id")
    if tag == "aside":
        return not (names and rules.ADMONITION.search(names.lower())) and get("role") not in ("note", "doc-footnote")
    if tag in ("header", "footer"):
        return _is_page_edge(element)
    if get("role") == "tabpanel":
        return False  # all tabs but one are hidden
    if get("role") in rules.DROPPED_ROLES or get("hidden") is not None or get("aria-hidden") == "true":
        return True
    if (style := get("style")) and _HIDING.search(style):
        return True
    if names and (tag not in HEADINGS or _UNSEEN.search(names)) and _names_furniture(names):
        return not _is_whole_heading(element) and not (tag in _WORD_TAGS and _is_in_sentence(element, names))
    if own_id in rules.GENERATED_IDS:
        return True
    return bool(
        own_id and tag in _ID_TAGS and _names_furniture(own_id) and not (names and _HEADING_SECTION.search(names))
    )


def _is_whole_heading(element: Element) -> bool:
    """Whether it is no mark beside a heading's words but holds them all: the heading is a link to itself."""
    parent = element.getparent()
    if parent is None or tag_of(parent) not in HEADINGS:
        return False
    own = text_of(element)
    return any(map(str.isalnum, own)) and not any(map(str.isalnum, text_of(parent).replace(own, "", 1)))


def _is_in_sentence(element: Element, names: str) -> bool:
    """Whether it is a word of running text, such as a figure that its author's style sheet calls a share."""
    parent = element.getparent()
    if parent is None or tag_of(parent) not in _SENTENCE_TAGS or _BESIDE_WORDS.search(names.lower()):
        return False
    before = parent.text if (previous := element.getprevious()) is None else previous.tail
    around = f"{before or ''} {element.tail or ''}"
    return len(around) >= _SENTENCE and any(map(str.isalnum, text_of(element)))


def _is_page_edge(element: Element) -> bool:
    parent = element.getparent()
    if parent is not None and tag_of(parent) in ("blockquote", "figure"):
        return False  # who said it
    return not find_all(element, ".//*[contains(@class, 'footnote') or contains(@id, 'footnote')]")


@lru_cache(maxsize=20_000)
def _names_furniture(names: str) -> bool:
    kebabs = [rules.kebab(name) for name in names.split()]
    if any(rules.BODY_NAMES.match(name) for name in kebabs):
        return False
    if any(rules.HIDDEN.match(name) for name in names.lower().split()):
        return True
    return any(rules.FURNITURE.search(name) and not rules.KEPT.match(name) for name in kebabs)


def _holds_article(element: Element, total: int) -> bool:
    """Whether removing this would take the article along: a theme's names are not always meant as we read them."""
    length = text_length(element)
    if length < 200:
        return False
    tag = tag_of(element)
    names = rules.kebab(f"{element.get('class', '')} {element.get('id', '')}")
    if find_all(element, ".//*[contains(@itemprop, 'articleBody')]"):
        return True
    if _MEDIA.search(names) and find_all(element, "(.//blockquote[.//p] | .//pre)[1]"):
        return True  # a player's frame around what somebody wrote elsewhere
    if _COMMENTS.search(names):
        return bool(find_all(element, ".//article[.//h1]"))
    if tag in ("header", "aside", "footer") and length < 0.6 * total and link_share(element) > 0.5:
        return False
    if find_all(element, ".//h1") and len(find_all(element, ".//p[string-length() > 80]")) >= _SEVERAL:
        return True
    return length > _MAX_SHARE * total


def drop_anchors(root: Element) -> None:
    """Marks that link a heading to itself, and footnotes' ways back."""
    for link in find_all(root, ".//a[starts-with(@href, '#') or not(@href) or contains(@href, '#')]"):
        parent = link.getparent()
        text = text_of(link)
        if len(text) > 60 or parent is None:
            continue
        href = link.get("href", "")
        in_heading = tag_of(parent) in HEADINGS
        if in_heading and len(link) and "#" in href:
            for mark in list(link.iter("span", "i", "small")):
                if text_of(mark) and not any(map(str.isalnum, join_text(mark))):
                    drop(mark)
        if (in_heading and _ANCHOR_TEXT.match(text) and not find_all(link, ".//img")) or (
            href.startswith("#") and re.fullmatch(r"[↩↵⏎^↑⤴︎️\ufe0e\s]+|back|return", text)
        ):
            drop(link)
