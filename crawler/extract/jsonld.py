"""schema.org data in JSON-LD: the node that describes the article, as plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element as Element

from crawler.extract.tree import find_all, join_text
from crawler.text import plain_line

_ARTICLE_TYPES = re.compile(
    r"(?:^|/)(?:\w*Article|BlogPosting|LiveBlogPosting|\w*Report|SocialMediaPosting|DiscussionForumPosting|HowTo|CreativeWork)$"
)
_PAGE_TYPES = re.compile(r"(?:^|/)(?:\w*Page)$")
_GROUP_TYPES = re.compile(r"(?:^|/)\w*(?:Organization|Corporation|Project|Brand)$")
_MAX_NODES = 2_000
_MAX_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the page's JSON-LD says of its article; empty strings where it says nothing."""

    headline: str = ""
    description: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()  # organisations that are stated as authors
    image: str = ""
    site: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    free: bool = True


def read_jsonld(root: Element) -> LinkedData:
    """The article's data from every `application/ld+json` script of a page that still has its scripts."""
    nodes: list[dict[str, Any]] = []
    for script in find_all(root, "//script[contains(@type, 'ld+json')]"):
        nodes.extend(_nodes(_load(join_text(script))))
        if len(nodes) > _MAX_NODES:
            break
    if not nodes:
        return LinkedData()
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _has_type(node, _ARTICLE_TYPES)]
    pages = [node for node in nodes if _has_type(node, _PAGE_TYPES)]
    # A list of other articles has several such nodes; the page's own comes with its text or first.
    chosen = next((n for n in articles if n.get("datePublished")), articles[0] if articles else None)
    site = next((_name(n) for n in nodes if _has_type(n, re.compile(r"(?:^|/)WebSite$"))), "")
    if chosen is None:
        page = pages[0] if pages else {}
        return LinkedData(published=_text(page.get("datePublished")), site=site, language=_text(page.get("inLanguage")))
    people, groups = _people(chosen.get("author") or chosen.get("creator"), by_id)
    return LinkedData(
        headline=_text(chosen.get("headline")) or _text(chosen.get("name")),
        description=_text(chosen.get("description")),
        published=_text(chosen.get("datePublished")) or next((_text(p.get("datePublished")) for p in pages), ""),
        authors=people,
        groups=groups,
        image=_image(chosen.get("image") or chosen.get("thumbnailUrl"), by_id),
        site=site or _name(_first(chosen.get("publisher")), by_id),
        url=_text(chosen.get("url")) or _text(_id(chosen.get("mainEntityOfPage"))),
        tags=tuple(_words(chosen.get("keywords"))),
        language=_text(chosen.get("inLanguage")),
        free=str(chosen.get("isAccessibleForFree", True)).lower() != "false",
    )


def _load(text: str) -> object:
    text = re.sub(r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[)|(?:\]\]>|-->|//\s*\]\]>)\s*$", "", text[:_MAX_BYTES])
    for candidate in (text, re.sub(r",\s*([}\]])", r"\1", text).rstrip(" ;\n")):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value[:500]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value or "headline" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            if isinstance(value.get(key), (list, dict)):
                yield from _nodes(value[key], depth + 1)


def _has_type(node: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    kind = node.get("@type")
    return any(isinstance(k, str) and pattern.search(k) for k in (kind if isinstance(kind, list) else [kind]))


def _text(value: object) -> str:
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return plain_line(value) if isinstance(value, str) else ""


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _id(value: object) -> object:
    value = _first(value)
    return (value.get("@id") or value.get("url")) if isinstance(value, dict) else value


def _name(value: object, by_id: dict[str, dict[str, Any]] | None = None) -> str:
    if isinstance(value, dict):
        if not value.get("name") and by_id and isinstance(value.get("@id"), str):
            value = by_id.get(value["@id"], value)
        return _text(value.get("name") or value.get("alternateName"))
    return _text(value)


def _people(value: object, by_id: dict[str, dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of an `author` in order: those of people, and those of organisations."""
    people: list[str] = []
    groups: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:30]:
        node = by_id.get(str(item.get("@id")), item) if isinstance(item, dict) and not item.get("name") else item
        name = node.get("name") if isinstance(node, dict) else None
        names = [_text(part) for part in name[:30]] if isinstance(name, list) else [_name(node)]
        group = isinstance(node, dict) and _has_type(node, _GROUP_TYPES)
        (groups if group else people).extend(n for n in names if n)
    return tuple(people), tuple(groups)


def _image(value: object, by_id: dict[str, dict[str, Any]]) -> str:
    value = _first(value)
    if isinstance(value, dict):
        value = by_id.get(value.get("@id", ""), value) if not value.get("url") else value
        value = _first(value.get("url") or value.get("contentUrl"))
    return value.strip() if isinstance(value, str) else ""


def _words(value: object) -> Iterator[str]:
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    for part in parts[:40]:
        if isinstance(part, str) and (word := plain_line(part)) and len(word) <= 60:
            yield word
