"""What a feed's fields mean: raw strings, from whichever parser, become an Entry by one set of rules."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from crawler.model import Entry, Image
from crawler.read.dates import looks_like_date, parse_date
from crawler.read.people import people
from crawler.text import one_line
from crawler.urls import absolute_url, entry_url, is_web_url, without_credentials

T = TypeVar("T")

MAX_ENTRIES = 2000
MAX_TITLE = 1000
MAX_CONTENT = 2_000_000
MAX_GUID = 1000
MAX_TAGS = 50
MAX_TAG = 200

_CLEAN_URL = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}))?(?:/[!-;=?-\[\]_a-z~]*)?", re.ASCII
)
_AMPERSAND = re.compile(r"&(?:amp|#0*38|#[xX]0*26);")  # escaped twice, or within CDATA
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TITLE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,15})((?:\s[^<>]*)?)>|<!--.*?-->", re.DOTALL)
_VOID = frozenset({"br", "wbr", "img", "hr"})
_INLINE_WORDS = """
    a abbr b bdi bdo big cite code del dfn div em font h1 h2 h3 h4 h5 h6 i ins kbd label mark p pre q s samp small
    span strike strong sub sup tt u var
"""
_INLINE = frozenset(_INLINE_WORDS.split())
_BREAKS = frozenset({"br", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
_MARKUP = re.compile(
    r"</(?:p|div|a|li|ul|ol|h[1-6]|pre|code|em|strong|b|i|blockquote|table|span)\s*>|<(?:br|img)\b[^>]*>"
)
_LINKED = re.compile(r"""(\s(?:href|src|poster)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")


@dataclass(slots=True)
class Raw:
    """One entry as it stands in the document: strings, best first where there are several."""

    base: str
    guid: str = ""
    guid_is_link: bool = False
    links: list[str] = field(default_factory=list)
    title: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    content_base: str | None = None
    tags: list[str] = field(default_factory=list)
    image: str = ""
    image_alt: str = ""
    language: str | None = None
    strange_date: bool = False  # an element that is named like a date and that we do not know
    no_address: bool = False  # set by `entry_of`


def entry_of(raw: Raw, feed_url: str) -> Entry | None:
    """The entry that is meant; None where there is nothing to point to and nothing to read.

    An entry with text but without any address gets the feed's own address with a query that names it: it stays
    one entry with one identity, and there is no page to ask for.
    """
    url = _address(raw)
    raw.no_address = not url
    guid = one_line(raw.guid)[:MAX_GUID]
    if "@" in guid and "://" in guid:
        guid = without_credentials(guid)
    if not url:
        if not (raw.content or raw.summary) or not is_web_url(feed_url):
            return None
        url = entry_url(
            feed_url.partition("#")[0], raw.guid or "\n".join((raw.title, raw.published, raw.content or raw.summary))
        )
    published, updated = parse_date(raw.published), parse_date(raw.updated)
    base = raw.content_base
    return Entry(
        guid=guid or url,
        url=url,
        title=title_text(raw.title),
        authors=people(raw.authors),
        published_at=published or updated,
        updated_at=updated,
        summary_html=_body(raw.summary, base),
        content_html=_body(raw.content, base),
        tags=tidy_tags(raw.tags),
        image=_image(raw),
        language=language_code(raw.language),
    )


def in_doubt(raw: Raw, entry: Entry | None) -> bool:
    """Whether another parser might know more of this entry: an address or a date is missing or unreadable."""
    if entry is None or raw.no_address:
        return True
    if entry.published_at is not None:
        return False
    return raw.strange_date or any(date and not looks_like_date(date) for date in (raw.published, raw.updated))


def newest_part(items: Sequence[T], raw_of: Callable[[T], Raw]) -> Sequence[T]:
    """At most MAX_ENTRIES of a document's items: its beginning, or its end where that is the newer one."""
    if len(items) <= MAX_ENTRIES:
        return items
    first, last = (parse_date(raw.published) or parse_date(raw.updated) for raw in map(raw_of, (items[0], items[-1])))
    return items[-MAX_ENTRIES:] if first and last and first < last else items[:MAX_ENTRIES]


def unique(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """The entries that are there, without literal repetitions, at most MAX_ENTRIES."""
    seen: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        if entry is not None:
            seen.setdefault((entry.guid, entry.url, entry.title), entry)
            if len(seen) >= MAX_ENTRIES:
                break
    return tuple(seen.values())


def web_address(base: str, link: str) -> str:
    """`link` as an absolute http(s) address without user name and password, or empty. The usual, already absolute case
    costs one match."""
    link = _AMPERSAND.sub("&", link.strip())
    if not _CLEAN_URL.fullmatch(link):
        link = absolute_url(base, re.sub(r"[\t\r\n]+", "", link).replace(" ", "%20")) if link else ""
    return without_credentials(link) if "@" in link else link


def title_text(value: str) -> str:
    """A title as one reads it: escapes undone (also where they were escaped twice), inline markup dropped.

    A tag is dropped only where it is markup for certain: with attributes, closed, or void. "The <dialog> element"
    and "Vec<String> explained" keep theirs, since publishers rarely escape such titles as they should.
    """
    value = value[: 4 * MAX_TITLE]
    for _ in range(3):
        if "<" not in value and "&" not in value:
            break
        before = value
        value = unescape(_strip_tags(value))
        if value == before:
            break
    return one_line(value)[:MAX_TITLE]


def unescape(value: str) -> str:
    """Character references undone, only where they end in a semicolon: `?a=1&copy=2` stays as it is."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), value) if "&" in value else value


def html_of_text(value: str) -> str:
    """HTML from a field that is declared to be plain text; what is markup in spite of it stays markup."""
    if _MARKUP.search(value):
        return value
    return html.escape(value, quote=False)


def tidy_tags(values: Iterable[str]) -> tuple[str, ...]:
    """The publisher's categories as plain words, in order, each once."""
    seen: dict[str, str] = {}
    for value in values:
        tag = value if value.isalnum() else title_text(value).strip(" ,;#")
        if tag and len(tag) <= MAX_TAG:
            seen.setdefault(tag.casefold(), tag)
    return tuple(seen.values())[:MAX_TAGS]


def language_code(value: str | None) -> str | None:
    """A language tag (RFC 5646) in lower case with hyphens, or None for what is none."""
    if not value:
        return None
    code = value.strip().replace("_", "-").lower()
    return code if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", code) else None


def _address(raw: Raw) -> str:
    for link in raw.links:
        if url := web_address(raw.base, link):
            return url
    if raw.guid_is_link and is_web_url(raw.guid):
        return web_address(raw.base, raw.guid)
    return ""


def _image(raw: Raw) -> Image | None:
    if not raw.image:
        return None
    url = web_address(raw.base, raw.image)
    return Image(url, title_text(raw.image_alt)[:300]) if url else None


def _body(value: str, base: str | None) -> str:
    value = value.strip()[:MAX_CONTENT]
    return _LINKED.sub(lambda match: match[1] + _resolved(base, match[2]), value) if base and value else value


def _resolved(base: str, quoted: str) -> str:
    link = html.unescape(quoted[1:-1]).strip()
    if not link or _SCHEME.match(link):
        return quoted
    url = absolute_url(base, link)
    return f'"{html.escape(url)}"' if url else quoted


def _strip_tags(value: str) -> str:
    if "<" not in value:
        return value
    closed = {match[2].lower() for match in _TITLE_TAG.finditer(value) if match[1]}

    def drop(match: re.Match[str]) -> str:
        name = (match[2] or "").lower()
        if not name:
            return ""
        sure = name in _VOID or (name in _INLINE and (bool(match[1]) or name in closed or "=" in match[3]))
        return match[0] if not sure else " " if name in _BREAKS else ""

    return _TITLE_TAG.sub(drop, value)
