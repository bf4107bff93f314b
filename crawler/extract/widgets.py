"""What pages make of scripts, frames and elements of their own, in plain markup: embeds, tabs, side notes, boxes.

Everything later knows paragraphs, figures, tables and code alone.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.tree import drop, find_all, join_text, tag_of, text_of

_EMBEDS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|codepen\.io|codesandbox\.io|stackblitz\.com|jsfiddle\.net"
    r"|observablehq\.com|asciinema\.org|speakerdeck\.com|slideshare\.net|replit\.com|godbolt\.org|play\.rust-lang\.org"
    r"|loom\.com|colab\.research\.google\.com|huggingface\.co|figma\.com)$"
)
_SCRIPTS = re.compile(r"(?:^|\.)(?:gist\.github\.com|asciinema\.org)$")
_NO_TITLE = re.compile(
    r"^(?:youtube|vimeo|embedded|video|iframe|content|player|embed|[\s-])*(?:content)?$", re.IGNORECASE
)
_NOTES = re.compile(r"(?:^|\s)(?:sidenote|marginnote|side-note|margin-note)(?=\s|$)")
_BOXES = re.compile(r"(?:^|\s)(?:admonitionblock|tr-caption-container)(?=\s|$)")
_CAPTION = re.compile(r"(?:^|\s)tr-caption(?=\s|$)")


def settle_widgets(root: Element) -> None:
    """Rewrite such elements in place; embedded gists, and videos and playgrounds with a title, become links."""
    for element in list(root.iter("script", "iframe", "label", "table", "span", "d-code", "d-math", "d-footnote")):
        tag = tag_of(element)
        if tag in ("script", "iframe"):
            _settle_embed(element, tag)
        elif tag == "label":
            # The names of tabs and the knobs of folded notes; a label around its box is a task's text.
            if element.get("for") and not any(True for _ in element.iterancestors("li")):
                drop(element)
        elif tag == "table":
            _settle_box(element)
        elif tag == "d-code":
            _settle_code(element)
        elif tag == "d-math":
            mark = "$$" if element.get("block") is not None else "$"
            _replace_text(element, f"{mark}{join_text(element).strip()}{mark}")
        elif tag == "d-footnote" or ("note" in (names := element.get("class", "")) and _NOTES.search(names)):
            _settle_note(element)


def _settle_embed(element: Element, tag: str) -> None:
    source = (element.get("src") or element.get("data-src") or "").strip()
    if source.startswith("//"):
        source = f"https:{source}"
    if not source.startswith(("http://", "https://")):
        return
    try:
        parts = urlsplit(source)
    except ValueError:
        return
    if not (_SCRIPTS if tag == "script" else _EMBEDS).search(parts.hostname or ""):
        return
    title = " ".join(element.get("title", "").split())
    if _NO_TITLE.match(title):
        title = "" if tag == "iframe" else parts.hostname or ""
    if not title:
        return
    tail = element.tail
    element.clear()
    element.tag, element.tail = "p", tail
    link = etree.SubElement(element, "a", href=source.removesuffix(".js") if tag == "script" else source)
    link.text = title


def _settle_box(table: Element) -> None:
    """Tables that place a picture above its caption, or a sign beside a note."""
    parent = table.getparent()
    names = f"{table.get('class', '')} {parent.get('class', '') if parent is not None else ''}"
    if not _BOXES.search(names):
        return
    for part in [table, *find_all(table, ".//tbody | .//tr | .//td")]:
        part.tag = "figcaption" if _CAPTION.search(part.get("class", "")) else "div"


def _settle_code(element: Element) -> None:
    if element.get("block") is None:
        element.tag = "code"
        return
    element.tag = "pre"
    if language := element.get("language"):
        element.set("data-lang", language)


def _settle_note(element: Element) -> None:
    """A note that stands beside its line is read in it, in parentheses, unless it is a figure's caption."""
    parent = element.getparent()
    if parent is not None and tag_of(parent) == "figure":
        element.tag = "figcaption"
    elif text := text_of(element):
        _replace_text(element, f" ({text})")


def _replace_text(element: Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
    element.tag = "span"
    element.attrib.pop("class", "")
