"""The elements that feeds are made of: their names, texts, people, content and pictures, over lxml."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element as Element

from crawler.read.fields import Raw, html_of_text, web_address
from crawler.read.xmltree import NAMESPACES

XML = "{http://www.w3.org/XML/1998/namespace}"

# Namespaces without their final slash or hash, since publishers add and drop it; RSS and Atom need no prefix.
_PREFIXES = {uri.rstrip("/#").lower(): name + ":" for name, uri in NAMESPACES.items()} | {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns": "",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss091": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://purl.org/net/rss1.1": "",
    "http://purl.org/dc/elements/1.0": "dc:",
}
_TAG_NAME = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)


@lru_cache(maxsize=2048)
def name_of(tag: object) -> str:
    """A tag's name with the usual prefix of its namespace, in lower case; "" for what is no element."""
    if not isinstance(tag, str):
        return ""
    if tag[:1] != "{":
        return tag.lower()
    uri, _, local = tag[1:].partition("}")
    return _PREFIXES.get(uri.lower().replace("https://", "http://").rstrip("/#"), "?:") + local.lower()


def text_of(element: Element) -> str:
    """All text of an element, tags ignored."""
    if not len(element):
        return (element.text or "").strip()
    return "".join(map(str, element.itertext())).strip()


def base_of(element: Element, base: str) -> str:
    """The base address in effect inside an element (xml:base)."""
    own = element.get(XML + "base")
    return web_address(base, own) or base if own else base


def alternate_of(link: Element) -> str:
    """The address of a link element that leads to the thing itself (RFC 4287 section 4.2.7.2), or empty."""
    href = link.get("href")
    return href.strip() if href and (link.get("rel") or "alternate") == "alternate" else ""


def person_of(element: Element) -> str:
    """The name in a person element (RFC 4287 section 3.2), or the text of a plain one."""
    if not len(element):
        return element.text or ""
    for child in element:
        if name_of(child.tag).rpartition(":")[2] == "name":
            return text_of(child)
    return text_of(element) if not any(name_of(c.tag) in {"email", "uri", "url"} for c in element) else ""


def raw_text_of(element: Element) -> str:
    """The text of an element, blanks kept; of one with markup inside, all text."""
    return text_of(element) if len(element) else element.text or ""


def content_of(element: Element, raw: Raw, default: str) -> str:
    """An element's content as HTML (RFC 4287 section 3.1 and 4.1.3; Atom 0.3 `mode`)."""
    kind = (element.get("type") or default).lower()
    if element.get("src") and not len(element) and not element.text:
        return ""
    if base := element.get(XML + "base"):
        raw.content_base = web_address(raw.base, base) or None
    if len(element):
        return _inner_markup(element)
    text = element.text or ""
    if kind in {"text", "text/plain"} and element.get("mode") != "escaped":
        return html_of_text(text.strip())
    return text


def _inner_markup(element: Element) -> str:
    # Markup that was not escaped: copied out with plain tag names, so that it is HTML again.
    holder = element
    if len(element) == 1 and not (element.text or "").strip() and name_of(element[0].tag) in {"xhtml:div", "div"}:
        holder = element[0]
    for node in holder.iter():
        if isinstance(node.tag, str):
            local = node.tag.rpartition("}")[2].rpartition(":")[2]
            node.tag = local if _TAG_NAME.fullmatch(local) else "span"
    # In a tree of their own, since every child would repeat the namespaces of the feed.
    fragment = etree.Element("div")
    fragment.text = holder.text
    fragment.extend(list(holder))
    etree.cleanup_namespaces(fragment)
    children = "".join(etree.tostring(child, encoding="unicode", method="html") for child in fragment)
    return html.escape(fragment.text or "", quote=False) + children


def note_media(raw: Raw, name: str, element: Element, parent: str = "") -> None:
    """Take picture, its description and the summary from Media RSS."""
    if name in {"media:group", "media:content"}:
        kind = element.get("medium") or element.get("type") or ""
        if name == "media:content" and kind.startswith("image") and element.get("url"):
            raw.image = raw.image or element.get("url") or ""
        for child in element:
            note_media(raw, name_of(child.tag), child, name)
    elif name == "media:thumbnail":
        raw.image = raw.image or element.get("url") or ""
    elif name == "media:description":
        if parent == "media:content":
            raw.image_alt = raw.image_alt or text_of(element)
        else:
            raw.summary = raw.summary or html_of_text(text_of(element))
    elif name == "media:title" and parent == "media:content":
        raw.image_alt = raw.image_alt or text_of(element)


def note_image(raw: Raw, name: str, element: Element) -> None:
    """Take the picture from an enclosure, an iTunes image or an image element."""
    if name == "enclosure":
        if (element.get("type") or "").startswith("image/"):
            raw.image = raw.image or element.get("url") or ""
    elif name == "itunes:image":
        raw.image = raw.image or element.get("href") or ""
    else:
        inner = next((text_of(child) for child in element if name_of(child.tag) == "url"), "")
        raw.image = raw.image or inner or text_of(element)
