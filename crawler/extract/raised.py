"""Small raised type in a line of text: the mark of a note says nothing there, an exponent needs its sign.

HTML's `<sup>` (HTML Standard, section 4.5.19) holds both, and without it "a fast planner<sup>1</sup>" and
"2<sup>31</sup>" become "a fast planner1" and "231".
"""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from crawler.extract.tree import tag_of, text_of

_MARK = re.compile(r"[\[(]?(?:(?:\d{1,3}|[a-z])|[*†‡§¶]+)[\])]?(?:, ?[\[(]?\d{1,3}[\])]?)*")
_POWER = re.compile(r"[-−–+]?(?:\d+(?:[./]\d+)?[a-z]?|[a-z](?:[-−+]\d)?)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
# What is raised to a power: a number, a bracket, a letter or a short unit, a function.
_BASE = re.compile(r"(?:[\d)\]]|(?<![^\W_])(?:[^\W\d_]|[kcmnµ]m|log|ln|sin|cos|tan|exp))$")


def raised_text(element: Element, before: str) -> str:
    """What a `<sup>` says in a line after the text `before`: nothing for a note's mark, "^2" for an exponent."""
    text = text_of(element)
    marks = _MARK.fullmatch(text) is not None
    if not text or (marks and _is_linked(element, text)):
        return ""
    base = before[-5:]
    if _POWER.fullmatch(text) and _BASE.search(base) and not _YEAR.search(base):
        return f"^{text}"
    return "" if marks and base and (not base[-1].isspace() or text.startswith("[")) else text


def _is_linked(element: Element, text: str) -> bool:
    """Whether all of it is a link, as a note's mark is and no exponent."""
    if any(text_of(link) == text for link in element.iter("a")):
        return True
    parent = element.getparent()
    return parent is not None and tag_of(parent) == "a" and text_of(parent) == text
