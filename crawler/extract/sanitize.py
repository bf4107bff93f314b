"""The last step for markup that will be shown, and the only importer of nh3: an allow-list, never a block-list."""

from __future__ import annotations

import re
from html import escape

import nh3
from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.tree import drop, tag_of, unwrap
from crawler.text import clean_text
from crawler.urls import absolute_url

_TAGS = set(
    """
    a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
    img ins kbd li mark ol p pre q s samp section small strong sub summary sup table tbody td tfoot th thead tr u ul var
    """.split()  # noqa: SIM905 - a table of names reads better as words
)
_FRAMES = ("address", "article", "aside", "center", "footer", "header", "hgroup", "main", "nav", "fieldset", "form")
"""Blocks that may not stay: without a plain one in their place, their text would run into what is around it."""
_SILENT = set("script style template noscript svg math title textarea select button iframe".split())  # noqa: SIM905
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "code": {"class"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "abbr": {"title"},
}
_PLAIN_URL = re.compile(r"https?://[\w.-]+(?:[/?#][^\s<>\"'`{}|\\^]*)?$", re.ASCII)
_LANGUAGE_CLASS = re.compile(r"language-[\w+#.-]{1,30}")
_TRACKER = re.compile(
    r"(?:^|[/.])(?:pixel|beacon|analytics|doubleclick|feedburner|feedsportal|stats\.wordpress|pixel\.wp|quantserve"
    r"|scorecardresearch|mailchi|list-manage)\b|/(?:pixel|track(?:ing|er)?|open|spacer|blank|1x1)\.(?:gif|png)"
    r"|medium\.com/_/stat|[?&](?:utm_|event=)",
    re.IGNORECASE,
)


def sanitize_html(html: str) -> str:
    """Markup that may be shown anywhere: structural tags, http(s) links, no scripts, styles, handlers or trackers."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
        clean_content_tags=_SILENT,
    ).strip()


def content_html_of(container: Element, url: str) -> str:
    """A cleaned container as sanitised HTML, its links and pictures resolved against `url`."""
    _resolve(container, url)
    for element in list(container.iter(*_FRAMES)):
        if element is not container:
            element.tag = "div"
    children = [etree.tostring(child, encoding="unicode", method="html") for child in container]
    if tag_of(container) in ("pre", "ul", "ol", "table", "blockquote", "dl"):
        html = etree.tostring(container, encoding="unicode", method="html", with_tail=False)
    else:
        html = escape(container.text or "", quote=False) + "".join(children)
    return sanitize_html(clean_text(html))


def is_tracker(image: Element, src: str) -> bool:
    """Whether a picture only counts readers: one pixel in size, or an address that is known for it."""
    size = [image.get(key, "").removesuffix("px").strip() for key in ("width", "height")]
    return any(s in ("0", "1", "2") for s in size) or bool(_TRACKER.search(src))


def _resolve(container: Element, url: str) -> None:
    for link in list(container.iter("a")):
        href = link.get("href", "").strip()
        if _PLAIN_URL.match(href):
            continue
        if href and (href := absolute_url(url, href)):
            link.set("href", href)
        else:
            unwrap(link)
    for image in list(container.iter("img")):
        src = image_source(image, url)
        if not src or is_tracker(image, src):
            drop(image)
        else:
            image.set("src", src)


def image_source(image: Element, url: str) -> str:
    """The picture's address, also where it is loaded late (data-src) or in several sizes (srcset)."""
    for key in ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-actualsrc", "src"):
        value = image.get(key, "").strip()
        if value and not value.startswith("data:") and (found := absolute_url(url, value)):
            return found
    for key in ("srcset", "data-srcset"):
        value = image.get(key, "").strip()
        if value:
            last = value.split(",")[-1].split()
            if last and (found := absolute_url(url, last[0])):
                return found
    return ""


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        match = _LANGUAGE_CLASS.search(value)
        return match[0] if match else None
    if tag == "a" and name == "href":
        return value if value.startswith(("http://", "https://")) else None
    if tag == "img" and name == "src":
        return value if value.startswith(("http://", "https://")) and not _TRACKER.search(value) else None
    if name in ("width", "height", "start", "colspan", "rowspan"):
        return value if re.fullmatch(r"\d{1,4}", value) else None
    return value
