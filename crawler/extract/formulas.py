"""Formulas in one plain form: their TeX source once, between dollar signs; where none is told, the MathML in a line."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import _Element as Element

from crawler.extract.tree import drop, join_text, replace_with_text, tag_of, text_of

_MATHJAX = re.compile(r"(?:^|\s)(?:MathJax\w*|MJX\S*|mjx-\S+|mathjax-\S+)(?=$|\s)")
_DRAWN = re.compile(r"(?:^|\s)(?:katex\S*|MathJax\S*|MJX\S*|mwe-math\S*|math)(?:\s|$)")
_PICTURED = re.compile(r"(?:^|\s)(?:latex|tex|ql-img-\w+-formula)(?=\s|$)")
_DOLLARS = re.compile(r"(\$\$?)[^$]+\1")
_SINGLE = re.compile(r"^.$|^[\w.]+$|^\(.*\)$")
_MAX_DEPTH = 40


def settle_math(root: Element) -> None:
    """Keep a formula once, from KaTeX's annotation, MathJax 2's script or MathML; drop what was drawn of it."""
    for image in list(root.iter("img")):
        if source := _source_of_picture(image):
            replace_with_text(image, _tex(source, display=False))
    scripts = [s for s in root.iter("script") if s.get("type", "").startswith("math/tex")]
    for script in scripts:
        display = "mode=display" in script.get("type", "")
        replace_with_text(script, _tex(script.text or "", display=display))
    for math in list(root.iter("math")):
        outer = _drawn_around(math)
        if scripts and outer is not math:
            continue  # drawn once more from the script, for readers of screens
        for around in islice(outer.iterancestors(), 3):
            if "equation" in around.get("class", ""):
                around.attrib.pop("role", "")  # editors make a formula a button
        replace_with_text(outer, _written(math, outer))
    for drawn in list(root.iter("mjx-container", "span", "div")):
        names = drawn.get("class")
        if tag_of(drawn) == "mjx-container" or (names and "J" in names and _MATHJAX.search(names)):
            drop(drawn)


def _source_of_picture(image: Element) -> str:
    """The TeX source in the alt text of a picture that was made of it; empty for other pictures."""
    alt = image.get("alt", "").strip()
    if _DOLLARS.fullmatch(alt):
        return alt.strip("$")
    return alt if alt and _PICTURED.search(image.get("class", "")) else ""


def _written(math: Element, outer: Element) -> str:
    note = "".join(join_text(a) for a in math.iter("annotation") if "tex" in a.get("encoding", "").lower()).strip()
    source = note or math.get("alttext") or ""
    display = math.get("display") == "block" or "display" in (outer.get("class") or "")
    return _tex(source, display=display) if source else _linear(math)


def _drawn_around(math: Element) -> Element:
    """The outermost element that only draws this formula: KaTeX repeats it as MathML and as HTML."""
    outer = math
    node = math.getparent()
    while node is not None and (tag_of(node).startswith("mjx") or _DRAWN.search(node.get("class", ""))):
        outer = node
        node = node.getparent()
    return outer


def _tex(source: str, *, display: bool) -> str:
    source = source.strip()
    if not source:
        return ""
    return f"$${source}$$" if display else f"${source}$"


def _linear(element: Element, depth: int = 0) -> str:
    """MathML in a line (MathML Core, section 3): `x^2`, `(a + b)/2`, `√(x)`."""
    children = [c for c in element if tag_of(c) and tag_of(c) not in ("annotation", "annotation-xml", "mspace")]
    if not children or depth > _MAX_DEPTH:
        return text_of(element)
    parts = [_linear(c, depth + 1) for c in children]
    tag = tag_of(element)
    if tag in ("msup", "mover") and len(parts) == 2:
        return f"{_grouped(parts[0])}^{_grouped(parts[1])}"
    if tag in ("msub", "munder") and len(parts) == 2:
        return f"{_grouped(parts[0])}_{_grouped(parts[1])}"
    if tag in ("msubsup", "munderover") and len(parts) == 3:
        return f"{_grouped(parts[0])}_{_grouped(parts[1])}^{_grouped(parts[2])}"
    if tag == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if tag == "msqrt":
        return f"√({' '.join(parts)})"
    if tag == "semantics":
        return parts[0]
    return " ".join(part for part in parts if part)


def _grouped(part: str) -> str:
    return part if _SINGLE.match(part) else f"({part})"
