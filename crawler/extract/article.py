"""A page becomes an article: a cascade of readers, each checked. The only importer of trafilatura.

Our own reader goes first: it finds the element that markup names as the article and keeps code, tables and lists
as they are. Where the page names none, or holds too little there, trafilatura reads it too, and the better of the
two stands. Where both find nothing, the page is read once more by a parser that forgives everything.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace

from lxml import etree
from lxml.etree import _Element as Element

from crawler.errors import ExtractError
from crawler.extract.code import settle_code
from crawler.extract.container import LINKED, MOSTLY_LINKS, Ground, adopt_notes, adopt_opening, find_container
from crawler.extract.formulas import settle_math
from crawler.extract.html import decode_page, parse_html, parse_page
from crawler.extract.images import content_images, lead_image
from crawler.extract.metadata import Metadata, read_metadata
from crawler.extract.named import settle_named
from crawler.extract.prune import prune
from crawler.extract.quality import judge
from crawler.extract.sanitize import content_html_of
from crawler.extract.streams import settle_streams
from crawler.extract.structure import Piece, pieces_of, text_of_pieces
from crawler.extract.tree import join_text, link_share, tag_of
from crawler.extract.trim import Head, title_heading, trim
from crawler.extract.widgets import settle_widgets
from crawler.model import Entry, Extracted
from crawler.text import words_of
from crawler.urls import host_of

_ENOUGH_WORDS = 120
_TRUSTED_SHARE = 0.5
_FEW_WORDS = 40
_LARGE_SHARE = 0.8
_WORDS_A_SENTENCE = 60  # more than that, on the average, is no prose
_TELLING = 40  # characters by which a block is known again
_RUNNING = 20  # words of a block that is no line of a menu
_LOST_SHARE = 0.3
_SENTENCE_END = re.compile(r"[.!?…:;。！？]")
_MAX_BYTES = 15_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's answer: the article's element, cleaned, and its text in pieces."""

    element: Element
    pieces: list[Piece]
    text: str
    words: int
    ground: Ground = "text"
    share: float = 0.0
    linked: float = 0.0  # the part of its text that stands in links (of our reader: to the same site), 0-1


def extract_page(body: bytes, url: str, *, content_type: str | None = None, entry: Entry | None = None) -> Extracted:
    """The article on a page: `url` is its final address, `content_type` the HTTP header, `entry` what the feed said.

    Raises ExtractError, and nothing else, where there is no HTML, no text, or more of it than a person reads.
    """
    try:
        return _extract(body[:_MAX_BYTES], url, content_type, entry)
    except (RecursionError, ValueError, etree.LxmlError, MemoryError) as error:
        raise ExtractError(f"cannot be read: {type(error).__name__}") from error


def _extract(body: bytes, url: str, content_type: str | None, entry: Entry | None) -> Extracted:
    root = parse_page(body, content_type)
    settle_streams(root, body)
    meta = read_metadata(root, url)
    titles = [*meta.titles, entry.title] if entry else list(meta.titles)
    reading = _read(root, body, content_type, url, Head(tuple(titles), meta.authors))
    if reading is None:
        raise ExtractError("no text on the page")
    return compose(meta, reading, url, fallback_title=entry.title if entry else "")


def compose(meta: Metadata, reading: Reading, url: str, *, fallback_title: str = "") -> Extracted:
    """The parts of an article as one value."""
    blocks = tuple(piece.block for piece in reading.pieces)
    title = meta.title or fallback_title
    images = content_images(reading.element, url)
    return Extracted(
        title=title,
        blocks=blocks,
        text=reading.text,
        content_html=content_html_of(reading.element, url),
        quality=judge(title, blocks, paywalled=meta.paywalled),
        authors=meta.authors,
        published_at=meta.published_at,
        language=meta.language,
        canonical_url=meta.canonical_url,
        description=meta.description,
        site_name=meta.site_name,
        tags=meta.tags,
        image=lead_image(meta.images, meta.image_alt, images, title),
        images=len(images),
        noindex=meta.noindex,
        noarchive=meta.noarchive,
    )


def read_tree(root: Element, head: Head, url: str) -> Reading | None:
    """Our own reader on the parsed page at `url`, which it changes; None where it finds no text."""
    settle_named(root, url)
    settle_widgets(root)
    settle_math(root)
    settle_code(root)
    heading = title_heading(root, head.titles)
    prune(root)
    found = find_container(root, heading, host_of(url).removeprefix("www."))
    if found is None:
        return None
    adopt_notes(found.element)
    if found.ground == "body":
        adopt_opening(found.element)
    # Where the title stands outside, a heading like it inside is the author's own.
    own_title = heading is None or any(a is found.element for a in heading.iterancestors())
    trim(found.element, head if own_title else replace(head, titles=()))
    return _reading(found.element, found.ground, found.share, found.linked)


def _reading(element: Element, ground: Ground, share: float, linked: float) -> Reading | None:
    pieces = pieces_of(element)
    text = text_of_pieces(pieces)
    words = len(text.split())
    return Reading(element, pieces, text, words, ground, share, linked) if words else None


def _read(root: Element, body: bytes, content_type: str | None, url: str, head: Head) -> Reading | None:
    own = read_tree(root, head, url)
    if own is not None and _is_trusted(own):
        return own
    text = decode_page(body, content_type)
    other = _read_by_trafilatura(text, url, head)
    chosen = _better_reading(own, other)
    if chosen is not None:
        return chosen
    from crawler.extract.salvage import repair_html

    repaired = parse_html(repair_html(text))
    return read_tree(repaired, head, url) if repaired is not None else None


def _is_trusted(own: Reading) -> bool:
    """Whether markup names the article, and the element it names holds enough to be it."""
    if own.ground == "text" or (own.ground == "main" and own.linked >= LINKED):
        return False
    enough = own.words >= _ENOUGH_WORDS and own.share >= _TRUSTED_SHARE
    return enough or (own.ground != "main" and own.words >= _FEW_WORDS and own.share >= _LARGE_SHARE)


def _better_reading(own: Reading | None, other: Reading | None) -> Reading | None:
    """Ours keeps more structure and so wins while it has most of what the other found, and not much besides."""
    if own is None or other is None:
        return own or other
    if other.linked >= MOSTLY_LINKS > own.linked or (_is_prose(own) and not _is_prose(other)):
        return own  # the other took menus for the article
    shared = _shared_words(own, other)
    if shared < 0.6 * other.words:
        return other  # ours took another part of the page
    enough = _FEW_WORDS if own.linked >= LINKED else _ENOUGH_WORDS
    more = own.words - other.words
    if own.ground in ("main", "text") and more > 0.5 * other.words and other.words >= enough:
        # Ours took the page's furniture along, unless the other lost text above what it kept.
        return own if _lost_words(own, other) >= _LOST_SHARE * more else other
    return own


def _lost_words(own: Reading, other: Reading) -> int:
    """Words of our running text that the other lacks and that stand before the last block which both have.

    What follows that block may be comments or other articles.
    """
    found = " ".join(other.text.split())
    blocks = [" ".join(piece.block.text.split()) for piece in own.pieces]
    kept = [len(block) >= _TELLING and block[:_TELLING] in found for block in blocks]
    if not any(kept):
        return 0
    last = len(kept) - kept[::-1].index(True)
    lost = (len(block.split()) for block, there in zip(blocks[:last], kept, strict=False) if not there)
    return sum(words for words in lost if words >= _RUNNING)


def _is_prose(reading: Reading) -> bool:
    """Whether the text has sentences with ends, as menus and lists of names have not."""
    return len(_SENTENCE_END.findall(reading.text)) * _WORDS_A_SENTENCE >= reading.words


def _shared_words(own: Reading, other: Reading) -> int:
    counts: dict[str, int] = {}
    for word in words_of(own.text):
        counts[word] = counts.get(word, 0) + 1
    shared = 0
    for word in words_of(other.text):
        if counts.get(word, 0) > 0:
            counts[word] -= 1
            shared += 1
    return shared


_TEI = {
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "hi": "em",
    "lb": "br",
    "graphic": "img",
    "ref": "a",
}


def _read_by_trafilatura(html: str, url: str, head: Head) -> Reading | None:
    import trafilatura

    # It warns of every page without text; our own answer tells that.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(
            html,
            url=url,
            fast=True,
            include_comments=False,
            include_links=True,
            include_images=True,
            with_metadata=False,
        )
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError, etree.LxmlError):
        return None  # its own bugs on broken markup are this page's loss, not the run's
    body = getattr(document, "body", None)
    if body is None:
        return None
    for element in list(body.iter()):
        _from_tei(element)
    body.tag = "div"
    trim(body, head)
    return _reading(body, "text", 0.0, link_share(body))


def _from_tei(element: Element) -> None:
    tag = tag_of(element)
    if tag == "head":
        level = (element.get("rend") or "h2")[:2]
        element.tag = level if level in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
    elif tag == "code":
        text = join_text(element)
        if "\n" in text.strip():
            tail = element.tail
            element.clear()
            element.tag, element.tail = "pre", tail
            etree.SubElement(element, "code").text = text.strip("\n")
    elif tag == "ref":
        element.set("href", element.get("target", ""))
        element.tag = "a"
    elif tag == "list":
        element.tag = "ol" if (element.get("rend") or "") == "ol" else "ul"
    elif tag in _TEI:
        element.tag = _TEI[tag]
