"""OPML 2.0 (opml.org): the subscription list that feed readers exchange, out and in."""

from __future__ import annotations

import html.entities
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from crawler.errors import UserError
from crawler.model import Source, SourceKind
from crawler.sources import checks
from crawler.text import clean_text, one_line
from crawler.urls import is_web_url, subscribed_url, url_key

if TYPE_CHECKING:
    from lxml import etree

# What OPML has no word for, in a namespace of our own, as its section on extending allows.
_NAMESPACE = "urn:weekly-roundup:opml"
_OWN = f"{{{_NAMESPACE}}}"
_OWN_KINDS: dict[str, SourceKind] = {"sitemap": "sitemap", "listing": "listing"}
_MAX_BYTES = 50_000_000
_MAX_DEPTH = 64
_DECLARATION = re.compile(rb"(\xef\xbb\xbf)?(\s*)(<\?xml[^>]{0,200}\?>)")
_NO_UTF8 = re.compile(rb"""encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
_LOOSE_AMPERSAND = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?"
)


def to_opml(sources: Iterable[Source], title: str = "Engineering blogs") -> str:
    """The sources as an OPML document, in their order, without a date, so that the same sources give the same bytes.

    Feeds are outlines of type `rss`, which every reader can subscribe to; sitemaps and listings, which none can,
    are outlines of type `link`. Tags become the `category` attribute. `from_opml` gives back slug, address, name,
    kind, company, homepage, tags and language.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:crawl="{_NAMESPACE}">',
        f"  <head><title>{quoteattr(clean_text(title))[1:-1]}</title></head>",
        "  <body>",
        *(f"    <outline{_attributes(source)}/>" for source in sources),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _attributes(source: Source) -> str:
    is_feed = source.kind == "feed"
    pairs = {
        "type": "rss" if is_feed else "link",
        "text": source.name,
        "title": source.name,
        "xmlUrl" if is_feed else "url": source.url,
        "htmlUrl": source.homepage or "",
        "category": ",".join(source.tags),
        "language": source.language or "",
        "crawl:slug": source.slug,
        "crawl:kind": "" if is_feed else source.kind,
        "crawl:company": source.company or "",
    }
    return "".join(f" {name}={quoteattr(clean_text(value))}" for name, value in pairs.items() if value)


# ---------------------------------------------------------------- in


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """An OPML file as read. `merged` outlines named an address that another one names; `problems` are finished
    sentences, each beginning with `file:line:`. A source that gives no slug has an empty one."""

    title: str
    sources: tuple[Source, ...]
    merged: int = 0
    problems: tuple[str, ...] = ()


def from_opml(body: bytes, name: str) -> Subscriptions:
    """The subscriptions of an OPML file: folders and categories become tags, one address becomes one source.

    A broken file gives what can be read of it, and its breaks are problems, but for those that cost nothing: characters
    that should have been escaped, and blanks before the declaration. Raises UserError for what is no OPML.
    """
    from lxml import etree  # writing a list, which many commands may, needs no parser

    if len(body) > _MAX_BYTES:
        raise UserError(f"{name} is larger than {_MAX_BYTES // 1_000_000} MB: that is no list of subscriptions")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_mended(body), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UserError(f"{name} is no OPML: it holds no XML") from error
    if root is None or _local(root) not in {"opml", "outlinedocument"}:
        raise UserError(f"{name} is no OPML: export it from your feed reader again")
    problems = [f"{name}:{line}: {message}" for line, message in _breaks(parser)]
    found: dict[str, Source] = {}
    outlines = merged = 0
    for outline, folders in _outlines(root):
        outlines += 1
        source, problem = _source(outline, folders)
        if problem:
            problems.append(f"{name}:{_line(outline)}: {problem}")
        if source is None:
            continue
        known = found.get(url_key(source.url))
        merged += known is not None
        found[url_key(source.url)] = _joined(known, source) if known else source
    if not outlines:
        problems.append(f"{name}:1: this file lists no subscription; export it from your feed reader again")
    title = next((one_line(e.text or "") for e in root.iter() if _local(e) == "title"), "")
    return Subscriptions(title, tuple(found.values()), merged, tuple(problems))


def _mended(body: bytes) -> bytes:
    """The file with what its writer left unescaped, lines in their places; a sound one as it is."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in body[:4]:
        return body
    declared = _DECLARATION.match(body)
    if declared:
        body = declared[3] + declared[2] + body[declared.end() :]
    if not (declared and _NO_UTF8.search(declared[3])):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            body = body.decode("cp1252", "replace").encode()
    return _LOOSE_AMPERSAND.sub(_escaped, body)


def _escaped(match: re.Match[bytes]) -> bytes:
    char = html.entities.html5.get(f"{match[1].decode()};", "") if match[1] else ""
    return "".join(f"&#{ord(one)};" for one in char).encode() or b"&amp;" + match[0][1:]


def _breaks(parser: etree.XMLParser) -> Iterator[tuple[int, str]]:
    lines: set[int] = set()
    for entry in parser.error_log:
        if entry.line not in lines and len(lines) < 20:
            lines.add(entry.line)
            yield entry.line, f"not well-formed: {one_line(entry.message)}; look whether something is lost here"


def _outlines(root: etree._Element) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """Every outline that is no folder, with the names of the folders around it; broken nesting costs nothing."""
    stack: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, folders = stack.pop()
        inner = folders
        if _local(element) == "outline":
            if _address(element) or (
                not len(element) and _attribute(element, "type").lower() in {"rss", "atom", "link"}
            ):
                yield element, folders
            # Some readers put feeds into feeds: what is inside a subscription lies in no folder of its name.
            elif len(folders) < _MAX_DEPTH:
                inner = (*folders, _name(element))
        stack += [(child, inner) for child in reversed(element) if _local(child)]


def _source(outline: etree._Element, folders: tuple[str, ...]) -> tuple[Source | None, str]:
    given = _address(outline)
    url = subscribed_url(given)
    label = _name(outline) or given
    if not is_web_url(url):
        what = f"has the address {given[:200]!r}, which is none" if given else "has no address"
        return None, f"the outline `{label[:100]}` {what}; give it an xmlUrl that begins with https://"
    tags, lost = _tags(folders, _attribute(outline, "category"))
    language = _attribute(outline, "language")
    homepage = _attribute(outline, "htmlUrl")
    source = Source(
        slug=one_line(str(outline.get(_OWN + "slug") or "")),
        url=url,
        name=_name(outline) or url,
        kind=_kind(outline, url),
        company=one_line(str(outline.get(_OWN + "company") or "")) or None,
        homepage=homepage if is_web_url(homepage) else None,
        tags=tags,
        language=language if language and checks.language(language) is None else None,
    )
    return source, f"{lost} of `{label[:100]}` cannot be a tag; give the source one by hand" if lost else ""


def _kind(outline: etree._Element, url: str) -> SourceKind:
    own = str(outline.get(_OWN + "kind"))
    if own in _OWN_KINDS:
        return _OWN_KINDS[own]
    if _attribute(outline, "xmlUrl"):
        return "feed"
    return "sitemap" if re.search(r"sitemap[^/]*$|\.xml(?:\.gz)?$", url, re.IGNORECASE) else "listing"


def _tags(folders: tuple[str, ...], categories: str) -> tuple[tuple[str, ...], str]:
    # A category is a path with slashes (opml.org): each of its parts is a tag, as each folder is.
    names = [*folders, *(part for one in categories.split(",") for part in one.split("/"))]
    tags: dict[str, None] = {}
    lost: list[str] = []
    for name in filter(None, map(one_line, names)):
        tag = tag_of(name)
        if tag:
            tags[tag] = None
        else:
            lost.append(f"the folder or category `{name[:60]}`")
    return tuple(tags), ", ".join(lost)


def tag_of(name: str) -> str:
    """A folder's name as a tag: `Machine Learning & AI` gives `machine-learning-ai`; empty where nothing is left."""
    if checks.tag(name) is None:
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    tag = re.sub(r"[^a-z0-9+.]+", "-", plain).strip("-+.")[:50].strip("-")
    return tag if tag and checks.tag(tag) is None else ""


def _joined(first: Source, second: Source) -> Source:
    return replace(
        first,
        slug=first.slug or second.slug,
        name=second.name if first.name == first.url else first.name,
        company=first.company or second.company,
        homepage=first.homepage or second.homepage,
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        language=first.language or second.language,
    )


def _address(outline: etree._Element) -> str:
    address = _attribute(outline, "xmlUrl")
    if address or _attribute(outline, "type").lower() not in {"link", "rss", "atom"}:
        return address
    return _attribute(outline, "url")


def _name(outline: etree._Element) -> str:
    return one_line(_attribute(outline, "title") or _attribute(outline, "text"))


def _attribute(outline: etree._Element, name: str) -> str:
    # Readers spell xmlUrl as they like.
    values = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
    return str(outline.get(name) or values.get(name.lower(), "")).strip()


def _line(outline: etree._Element) -> int:
    line: object = outline.sourceline
    return line if isinstance(line, int) else 1


def _local(element: etree._Element) -> str:
    tag: object = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
