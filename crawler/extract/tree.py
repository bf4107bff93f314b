"""Small operations on lxml trees that keep the text around what they remove."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml.etree import XPath
from lxml.etree import _Element as Element

from crawler.text import one_line

BLOCK_TAGS = frozenset(
    """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption
    noscript
    """.split()  # noqa: SIM905 - a table of names reads better as words
)
_LENGTH = XPath("string-length()")
HEADINGS = {f"h{n}": n for n in range(1, 7)}


def tag_of(element: Element) -> str:
    """The element's name without namespace; empty for what is no element."""
    tag = element.tag
    return tag if isinstance(tag, str) else ""  # type: ignore[redundant-expr] # comments have a function


def find_all(element: Element, query: str) -> list[Element]:
    """The elements that an XPath query selects; a query for anything but elements is a mistake."""
    return cast("list[Element]", element.xpath(query))


def join_text(element: Element) -> str:
    """All text in the element as it stands."""
    return "".join(cast("Iterator[str]", element.itertext()))


def drop(element: Element) -> None:
    """Remove the element and what is in it; the text after it stays, apart from what a block kept it from."""
    parent = element.getparent()
    if parent is None:
        return
    if tail := element.tail:
        _append_before(parent, element, f" {tail}" if element.tag in BLOCK_TAGS and not tail[0].isspace() else tail)
    parent.remove(element)


def replace_with_text(element: Element, text: str) -> None:
    """Put `text` where the element stands."""
    parent = element.getparent()
    if parent is not None:
        element.tail = text + (element.tail or "")
        drop(element)


def unwrap(element: Element) -> None:
    """Put the element's content in its place."""
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    _append_before(parent, element, element.text or "")
    tail = element.tail or ""
    children = list(element)
    for offset, child in enumerate(children):
        parent.insert(index + offset, child)
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
        parent.remove(element)
    else:
        _append_before(parent, element, tail)
        parent.remove(element)


def text_of(element: Element) -> str:
    """All text in the element on one line."""
    return " ".join(join_text(element).split())


def line_of(value: str) -> str:
    """The text on one line, without what cannot be seen; quick for plain ASCII, which most of the web is."""
    line = " ".join(value.split())
    return line if line.isascii() and line.isprintable() else one_line(value)


def text_length(element: Element) -> int:
    """Characters of text in the element, runs of blanks counted as they stand."""
    return int(cast("float", _LENGTH(element)))


def link_share(element: Element) -> float:
    """The share of the element's text that stands in links, 0-1."""
    total = len(text_of(element))
    if not total:
        return 0.0
    return min(1.0, sum(len(text_of(a)) for a in element.iter("a")) / total)


def _append_before(parent: Element, element: Element, text: str) -> None:
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
