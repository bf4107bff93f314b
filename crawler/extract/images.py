"""The picture that stands for an article: about its subject, large enough, with words for who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element as Element

from crawler.extract.sanitize import image_source, is_tracker
from crawler.extract.tree import text_of
from crawler.model import Image
from crawler.text import plain_line

_NOT_ABOUT = re.compile(
    # Words that are parts of others (silicon, authorization, lazy-loading, cpu-profile) count where they stand alone.
    r"(?<![a-z])(?:logos?|logotype|authors?|badges?|shields?|icons?|sprites?|buttons?|rss|emojis?|headshots?)(?![a-z])"
    r"|logo(?=[A-Z\d]|\.\w+$)|avatar|gravatar|smiley|favicon|banner-ad|placeholder|spacer|feed-icon|cc-by|creativecommons"
    r"|profile[-_]?(?:pic|photo|image|img)|^(?:my[-_])?profile[-_\d]*\.\w+$|^(?:blank|pixel|loading|signature)[-_\d]*\.\w+$|1x1"
    r"|^default[-_\d]*\.\w+$|default[-_]?(?:image|img|og|cover|share|social|thumb\w*|featured|card|hero)|[-_](?:default|social)\.\w+$|^me\.\w+$"
    r"|(?:github|link|site)[-_]?preview|site-?card|social[-_]?(?:card|share|preview|default|wide|image)|twitter-?card|share-?image"
    r"|^og[-_]?(?:image|default|card)?\.(?:png|jpe?g|webp)$|open-?graph(?:\.|-image|-default|-template)",
    re.IGNORECASE,
)
_NOT_HOST = re.compile(
    r"(?:^|\.)(?:gravatar\.com|shields\.io|badge\.fury\.io|travis-ci\.(?:org|com)|codecov\.io|badgen\.net"
    r"|githubbadges?\.\w+|emojipedia\.org|doubleclick\.net|feedburner\.com|creativecommons\.org)$"
)
_CLASS_NOT_ABOUT = re.compile(r"avatar|logo|emoji|icon|badge|author|gravatar|wp-smiley|profile", re.IGNORECASE)
_USELESS_ALT = re.compile(
    r"^(?:image|img|picture|photo|figure|screenshot|untitled|alt text|alt|description|null|undefined|thumbnail"
    r"|refer to caption|png|jpe?g|gif|webp|svg|cover(?: image)?|featured image|\d+"
    r"|\S+\.(?:png|jpe?g|gif|webp|svg))\W*$",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)")  # of Markdown that nobody resolved
# "Support for <details name>" is about an element, and would be dropped as one; "a <b>bold</b> word" only has them.
_ELEMENT = re.compile(
    r"</?(?!/|(?:a|b|br|code|em|i|img|p|s|small|span|strong|sub|sup|u)\b)([a-z][^<>]*)>", re.IGNORECASE
)
_FORMULA = re.compile(r"\$[^$]*\\|\\\(|\\[a-z]+\{")  # "$\mathbf{z}$"
_MIN_SIDE = 200
_MIN_HEIGHT = 60  # a flat one is a banner or a rule
_LONGEST_ALT = 300


def content_images(container: Element, url: str) -> list[Image]:
    """The pictures in an article's element that are about it, in reading order."""
    found: dict[str, Image] = {}
    for element in container.iter("img"):
        src = image_source(element, url)
        if src and src not in found and not is_tracker(element, src) and is_about(src, element):
            found[src] = Image(src, _alt_of(element))
    return list(found.values())


def lead_image(stated: Iterable[str], stated_alt: str, content: list[Image], title: str) -> Image | None:
    """The page's own choice where it is about the article, else the first picture of the text.

    `stated` are absolute addresses from OpenGraph, Twitter cards and JSON-LD, best first.
    """
    by_path = {_path(i.url): i for i in content}
    for url in stated:
        if is_about(url):
            same = by_path.get(_path(url))
            alt = (same.alt if same else "") or _useful(stated_alt) or title
            return Image(url, alt)
    if content:
        return Image(content[0].url, content[0].alt or title)
    return None


def is_about(url: str, element: Element | None = None) -> bool:
    """Whether a picture can be about an article: no logo, avatar, badge, emoji, icon, tracker or site-wide card."""
    parts = urlsplit(url)
    name = unquote(parts.path).rsplit("/", 1)[-1]
    if (
        _NOT_HOST.search(parts.hostname or "")
        or _NOT_ABOUT.search(name)
        or re.search(r"/(?:avatars?|logos?|icons?|emojis?|badges?|authors?)/", parts.path, re.IGNORECASE)
    ):
        return False
    if element is None:
        return not name.lower().endswith((".svg", ".ico"))
    sizes = [int(s) for s in (element.get("width", ""), element.get("height", "")) if re.fullmatch(r"\d{1,5}", s)]
    if sizes and (max(sizes) < _MIN_SIDE or (len(sizes) == 2 and min(sizes) < _MIN_HEIGHT)):
        return False
    if (
        element.get("usemap")
        or name.lower().endswith(".ico")
        or re.search(r"\b(?:logo|avatar|badge|icon)\b", element.get("alt", ""), re.IGNORECASE)
    ):
        return False
    return not _CLASS_NOT_ABOUT.search(f"{element.get('class', '')} {element.get('id', '')}")


def _alt_of(element: Element) -> str:
    if alt := _useful(element.get("alt", "")):
        return alt
    for ancestor in element.iterancestors("figure"):
        for caption in ancestor.iter("figcaption"):
            if (words := _useful(text_of(caption))) and len(words) <= 300:
                return words
        break
    return _useful(element.get("title", ""))


def _useful(alt: str) -> str:
    line = plain_line(_ELEMENT.sub(r"\1", alt.replace("`", "")))
    line = _before_formula(_LINK.sub(r"\1", line))
    if len(line) > _LONGEST_ALT:
        line = line[:_LONGEST_ALT].rpartition(" ")[0].rstrip(" ,;:–-") + "…"
    return "" if _USELESS_ALT.match(line) else line


def _before_formula(line: str) -> str:
    """The words before a formula, whose source nobody wants read out; all of them where too few stand before it."""
    formula = _FORMULA.search(line)
    if not formula:
        return line
    head = line[: formula.start()]
    end = max(head.rfind(", "), head.rfind(". "), head.rfind("; "), head.rfind(": "))
    told = head[:end] if end > 0 else ""
    return told if told.count(" ") >= 3 else line


def _path(url: str) -> str:
    return re.sub(r"-\d{2,4}x\d{2,4}(?=\.\w+$)", "", urlsplit(url).path)
