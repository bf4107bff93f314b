"""The feed's own text as an article, whether it is whole, and which text stands beside the page's."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element as Element

from crawler.errors import ExtractError
from crawler.extract.code import settle_code
from crawler.extract.formulas import settle_math
from crawler.extract.html import parse_html
from crawler.extract.images import content_images, is_about, lead_image
from crawler.extract.named import settle_named
from crawler.extract.names import clean_authors, fuller_names
from crawler.extract.prune import drop_anchors
from crawler.extract.quality import ends_open, judge
from crawler.extract.rules import DROPPED_TAGS
from crawler.extract.sanitize import content_html_of
from crawler.extract.structure import pieces_of, text_of_pieces
from crawler.extract.tree import drop, unwrap
from crawler.extract.trim import drop_feed_footer
from crawler.extract.widgets import settle_widgets
from crawler.model import Block, Entry, Extracted, PageQuality
from crawler.text import count_words, plain_line, words_of

_WHOLE_WORDS = 250
_SUMMARY_WORDS = 600
_RANK: dict[PageQuality, int] = {"full": 4, "teaser": 3, "wall": 2, "soft-404": 1, "empty": 0}
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")


def extract_entry(entry: Entry) -> Extracted:
    """An article from what the feed carries, without its page; links are resolved against the entry's address.

    The quality is "empty" where the feed holds no text, and "teaser" where it breaks off. Raises ExtractError
    only for markup beyond all bounds.
    """
    html = entry.content_html if _words_in(entry.content_html) else entry.summary_html
    try:
        container = _tree_of(html)
        if container is None:
            blocks: tuple[Block, ...] = ()
            return _from_entry(entry, blocks, "", "", "empty")
        drop_feed_footer(container)
        pieces = pieces_of(container)
        blocks = tuple(piece.block for piece in pieces)
        images = content_images(container, entry.url)
        quality = judge(entry.title, blocks)
        if quality == "full" and not entry.content_html and not _long(blocks, _SUMMARY_WORDS):
            quality = "teaser"  # a summary is not the article, however well it ends
        extracted = _from_entry(entry, blocks, text_of_pieces(pieces), content_html_of(container, entry.url), quality)
    except (RecursionError, ValueError, etree.LxmlError) as error:
        raise ExtractError(f"cannot be read: {type(error).__name__}") from error
    image = extracted.image or lead_image((), "", images, entry.title)
    return replace(extracted, image=image, images=len(images))


def is_whole(entry: Entry) -> bool:
    """Whether the feed's own text is the whole article, so that its page need not be fetched."""
    if not entry.content_html:
        # Some feeds put whole articles into `description`; a summary of that length has paragraphs.
        if len(entry.summary_html) < 4_000 or entry.summary_html.count("<p") < 4:
            return False
    elif len(entry.content_html) < 1_200:
        return False
    extracted = extract_entry(entry)
    if extracted.quality != "full" or ends_open(extracted.blocks):
        return False
    return _long(extracted.blocks, _WHOLE_WORDS if entry.content_html else _SUMMARY_WORDS)


def better(page: Extracted | None, feed: Extracted, entry: Entry) -> Extracted:
    """The text that stands, with the statements of both merged.

    The page's text, unless it is worse than the feed's: of lower quality, or much shorter than a whole feed text
    without being cut for a reason. The feed's title, day and authors come first, but for those that are clearly
    worse: a title that was cut, an author that is the site itself, a team or a handle where the page names people.
    """
    if page is None:
        return feed
    text = page if _page_stands(page, feed) else feed
    merged = _merge(page, feed, entry)
    return replace(
        merged,
        blocks=text.blocks,
        text=text.text,
        content_html=text.content_html,
        quality=text.quality,
        images=text.images,
    )


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """The blocks of sanitised HTML as it is stored; nothing for what cannot be parsed."""
    try:
        container = _tree_of(html)
    except ExtractError:
        return ()
    return tuple(piece.block for piece in pieces_of(container)) if container is not None else ()


def _tree_of(html: str) -> Element | None:
    if not html.strip():
        return None
    root = parse_html(
        f"<html><body>{html}</body></html>" if _TAG.search(html) else f"<html><body><p>{html}</p></body></html>"
    )
    body = root.find("body") if root is not None else None
    if body is None:
        return None
    drop_anchors(body)
    settle_named(body)
    settle_widgets(body)
    settle_math(body)
    settle_code(body)
    for element in list(body.iter(*DROPPED_TAGS)):
        if element.tag in ("form", "fieldset"):
            unwrap(element)
        else:
            drop(element)
    return body


def _from_entry(
    entry: Entry, blocks: tuple[Block, ...], text: str, content_html: str, quality: PageQuality
) -> Extracted:
    summary = plain_line(entry.summary_html) if entry.content_html else ""
    return Extracted(
        title=plain_line(entry.title),
        blocks=blocks,
        text=text,
        content_html=content_html,
        quality=quality,
        authors=clean_authors(entry.authors) or tuple(plain_line(a) for a in entry.authors if "@" not in a),
        published_at=entry.published_at,
        language=entry.language,
        description=summary if 20 <= len(summary) <= 1_000 else "",
        tags=entry.tags,
        image=entry.image if entry.image and is_about(entry.image.url) else None,
    )


def _page_stands(page: Extracted, feed: Extracted) -> bool:
    if _RANK[page.quality] != _RANK[feed.quality]:
        return _RANK[page.quality] > _RANK[feed.quality]
    here, there = _size(page), _size(feed)
    if feed.quality == "full" and there >= _WHOLE_WORDS:
        # A page that holds much less than the feed was not read well; one that holds much more took furniture along,
        # unless the feed breaks off.
        if here < 0.7 * there:
            return False
        if here > 2.0 * there and not ends_open(feed.blocks) and _covered(feed, page) < 0.5:
            return False
    return here > 0


def _merge(page: Extracted, feed: Extracted, entry: Entry) -> Extracted:
    title = feed.title
    if not title or _CUT.search(title) or _is_prefix(title, page.title):
        title = page.title or title
    authors = fuller_names(clean_authors(entry.authors, [page.site_name]), page.authors) or feed.authors
    image = page.image
    if image is None or (feed.image is not None and image.alt == page.title and feed.image.alt not in ("", feed.title)):
        image = feed.image or image
    if image is not None and not image.alt:
        image = replace(image, alt=title)
    return replace(
        page,
        title=title,
        authors=authors,
        published_at=feed.published_at or page.published_at,
        language=page.language or feed.language,
        description=page.description or feed.description,
        tags=tuple(dict.fromkeys([*feed.tags, *page.tags])) if feed.tags else page.tags,
        image=image,
    )


def _is_prefix(title: str, longer: str) -> bool:
    """Whether a feed's title was cut without a mark, in the middle of a word or sentence."""
    return (
        len(title) >= 40
        and len(longer) > len(title)
        and longer.casefold().startswith(title.casefold())
        and longer[len(title)].isalnum()
    )


def _covered(feed: Extracted, page: Extracted) -> float:
    mine = set(words_of(feed.text))
    return len(mine & set(words_of(page.text))) / max(1, len(mine))


def _size(extracted: Extracted) -> int:
    return count_words(extracted.text)


def _long(blocks: tuple[Block, ...], words: int) -> bool:
    seen = 0
    for block in blocks:
        seen += count_words(block.text)
        if seen >= words:
            return True
    return False


def _words_in(html: str) -> bool:
    return len(_TAG.sub(" ", html).split()) >= 3
