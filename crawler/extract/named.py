"""What only an attribute names, in plain markup: headings, captions, notes' marks, and words set apart by style."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.tree import drop, find_all, tag_of, text_length, text_of

_TAGS = ("a", "div", "p", "span", "sup", "h2", "h3")
_CAPTIONS = re.compile(
    r"(?:^|\s)(?:(?:wp-|image-|img-|figure-|photo-|picture-)?caption-text|(?:image|img|figure|photo|picture)[-_]{0,2}caption)"
    r"(?=\s|$)"
)
_NOTE = re.compile(r"fn|foot|ftn|note")
_NOTE_MARK = re.compile(r"\[?(?:\d{1,3}|[*†‡§])\]?")
_LONGEST_MARK = 8
_STRAY = 3  # characters of blanks around a picture
_WAY_BACK = re.compile(r"#(?:_?(?:fn|ftn|foot\w*?)-?(?:ref|anchor|back)|(?:ref|back)-?(?:fn|foot)|fnr\b)")
_LEVELS = frozenset("123456")
_FLEXIBLE = re.compile(r"(?:^|\s)(?:flex|grid|d-flex)(?=\s|$)")
_FLEXIBLE_STYLE = re.compile(r"display\s*:\s*(?:flex|grid)")
_BLOCK = re.compile(r"(?:^|\s)(?:block|d-block)(?=\s|$)")
_BLOCK_STYLE = re.compile(r"display\s*:\s*block")
_WORDS = frozenset({"span", "strong", "b", "small"})


def settle_named(root: Element, url: str = "") -> None:
    """Rewrite such elements in place; on the page at `url`, links to parts of itself become bare fragments."""
    own = (url.partition("#")[0].rstrip("/"), urlsplit(url).path.rstrip("/")) if url else ()
    for element in list(root.iter(*_TAGS)):
        tag = tag_of(element)
        if tag == "a":
            if "#" in (address := element.get("href", "")):
                _settle_link(element, address, own)
            continue
        names, style = element.get("class", ""), element.get("style", "")
        if tag in ("div", "p", "span") and element.get("role") == "heading":
            if (level := element.get("aria-level", "")) in _LEVELS:
                element.tag = f"h{level}"
        elif tag == "sup":
            if "footnote" in names and "label" in names:
                drop(element)  # the number before a note
        elif "aption" in names and tag != "span" and _CAPTIONS.search(names):
            if not find_all(element, "(.//img | .//p | .//pre)[1]"):
                element.tag = "figcaption"
        elif tag == "p" and _is_under_picture(element):
            element.tag = "figcaption"
        elif names or style:
            _set_apart(element, tag, names, style)


def _is_under_picture(paragraph: Element) -> bool:
    """Whether a paragraph is a caption as Markdown writes one: all in italics, right below a picture by itself."""
    if len(paragraph) != 1 or tag_of(paragraph[0]) not in ("em", "i"):
        return False
    if (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return False
    above = paragraph.getprevious()
    if above is None or (above.tail or "").strip() or text_length(above) > _STRAY:
        return False
    return tag_of(above) == "img" or bool(find_all(above, "(.//img)[1]"))


def _settle_link(link: Element, address: str, own: tuple[str, ...]) -> None:
    before, _, fragment = address.strip().partition("#")
    if before and fragment and before.rstrip("/") in own:
        link.set("href", f"#{fragment}")
    if _NOTE.search(fragment):
        _settle_mark(link)


def _settle_mark(link: Element) -> None:
    """The number that leads to a note is raised, as it is meant; the number that leads back from one goes."""
    if text_length(link) > _LONGEST_MARK or not _NOTE_MARK.fullmatch(text_of(link)):
        return
    if any(True for _ in link.iterancestors("sup", "pre")):
        return
    if _WAY_BACK.search(link.get("href", "")):
        if not (link.tail or "").startswith((".", ")", ":")):  # "1. What the note says"
            drop(link)
        return
    outer = etree.Element("sup")
    outer.tail, link.tail = link.tail, None
    if (parent := link.getparent()) is not None:
        parent.replace(link, outer)
        outer.append(link)


def _set_apart(element: Element, tag: str, names: str, style: str) -> None:
    """A blank where a style sheet sets words apart: between a flexible box's children, after a span shown as block.

    In code such a span is a line, which its highlighter tells.
    """
    if not (_is_block if tag == "span" else _is_flexible)(names, style):
        return
    if next(element.iterancestors("pre", "code"), None) is not None:
        return
    for words in [element] if tag == "span" else [child for child in element if tag_of(child) in _WORDS]:
        words.tail = f" {words.tail or ''}"


def _is_block(names: str, style: str) -> bool:
    return bool(("block" in names and _BLOCK.search(names)) or ("block" in style and _BLOCK_STYLE.search(style)))


def _is_flexible(names: str, style: str) -> bool:
    named = ("flex" in names or "grid" in names) and _FLEXIBLE.search(names)
    return bool(named or ("display" in style and _FLEXIBLE_STYLE.search(style)))
