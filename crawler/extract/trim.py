"""Cut an article's element at both ends: its own title and by-line above, links and notices of the site below."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extract.asides import drop_asides, drop_contents, drop_echoes
from crawler.extract.phrases import (
    BYLINE,
    DATE_LINE,
    FEED_FOOTER,
    FURNITURE_LINE,
    NAVIGATION,
    READ_ON,
    TAIL_HEADING,
)
from crawler.extract.tree import BLOCK_TAGS, HEADINGS, drop, find_all, join_text, link_share, tag_of, text_of
from crawler.text import words_of

_NOT_BYLINE = re.compile(r"[.!?]$")
_DECK = re.compile(r"(?:^|[\s_-])(?:sub-?title|standfirst|deck|dek|tagline)(?=$|[\s_-])", re.IGNORECASE)
_LONGEST_DECK = 300
_BESIDE_NAMES = re.compile(
    r"\([^)]{1,60}\)|@[\w.]+|\b(?:by|and|authors?|github|twitter|linkedin|mastodon|bluesky)\b", re.IGNORECASE
)
_LONGEST_BYLINE = 300
_TAG_PAGE = re.compile(
    r"/(?:tags?|tagged|categor(?:y|ies)|topics?|labels?)[/:]|[?&](?:tag|cat|category|label)=", re.IGNORECASE
)
_NEARLY_ALL = 0.9
_HALF = 0.5
_MAX_TAILS = 12
_PICTURES = "self::img or self::picture or self::figure or self::video or self::table"


@dataclass(frozen=True, slots=True)
class Head:
    """What the text need not repeat: the title's spellings (without any, no heading is taken for it), the authors."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def trim(container: Element, head: Head) -> None:
    """Drop the article's own title, by-lines before the text, and what follows the article, in place."""
    if head.titles:
        _drop_title(container, [t for t in map(_key, head.titles) if t])
    _trim_head(container, head)
    drop_contents(container)
    drop_asides(container)
    drop_echoes(container)
    _cut_tail_sections(container)
    _trim_foot(container)


def title_heading(root: Element, titles: Collection[str]) -> Element | None:
    """The first heading on the page that is the title, else the first element that holds it and nothing else."""
    keys = {k for k in map(_key, titles) if k}
    for heading in root.iter("h1", "h2", "h3"):
        if _key(text_of(heading)) in keys:
            return heading
    plain = {" ".join(t.split()) for t in titles}
    for element in root.iter("div", "p", "span", "td", "b", "strong", "font", "h4"):
        if element.text and len(element.text) < 300 and not len(element) and " ".join(element.text.split()) in plain:
            return element
    return None


def drop_feed_footer(container: Element) -> None:
    """Cut what feeds add below a text: "The post … appeared first on …", share links, "Comments" links."""
    for leaf in reversed(_leaves(container, limit=100_000)[-6:]):
        text = text_of(leaf)
        if not text:
            continue
        if not (
            FEED_FOOTER.match(text)
            or (FURNITURE_LINE.match(text) and link_share(leaf) > 0.5 and not READ_ON.match(text))
        ):
            return
        drop(leaf)


def _drop_title(container: Element, titles: list[str]) -> None:
    """The title's heading goes with what stands above it; text above it that is running text stays."""
    headings = find_all(container, "(.//h1 | .//h2 | .//h3)[position() <= 4]")
    for heading in headings:
        key = _key(text_of(heading))
        is_title = any(key == t or (len(key) > 12 and (key in t or t in key)) for t in titles)
        if not is_title:
            continue
        above = _leaves_before(container, heading)
        if sum(len(text_of(leaf)) for leaf in above) < 500 and not any(_is_running(leaf) for leaf in above):
            for leaf in above:
                if not find_all(leaf, f"descendant-or-self::*[{_PICTURES}]"):
                    drop(leaf)
        drop(heading)
        return


def _trim_head(container: Element, head: Head) -> None:
    authors = head.authors
    _trim_loose(container, authors)
    kept = 0
    for leaf in _leaves(container, limit=8):
        text = text_of(leaf)
        if not text:
            continue
        tag = tag_of(leaf)
        if not kept and tag not in HEADINGS and (own := next((t for t in head.titles if text.startswith(t)), "")):
            beside = text.removeprefix(own).strip()  # the title set large, with the by-line in the same block
            if not beside or DATE_LINE.match(beside) or _names_only(beside, authors):
                drop(leaf)
                continue
        if tag in HEADINGS and len(text) <= _LONGEST_DECK and _DECK.search(leaf.get("class", "")):
            leaf.tag = "p"  # the author's own summary, set large
            continue
        if len(text) <= _LONGEST_BYLINE and _names_only(text, authors):
            drop(leaf)
            continue
        short = len(text) <= 160 and tag not in HEADINGS and tag not in ("pre", "td")
        if short and (
            DATE_LINE.match(text) or (BYLINE.match(text) and not _NOT_BYLINE.search(text)) or FURNITURE_LINE.match(text)
        ):
            drop(leaf)
        else:
            kept += 1
        if kept >= 2:
            return


def _trim_loose(container: Element, authors: Collection[str]) -> None:
    """The by-line where it stands in no element of its own, before the first block."""
    run: list[Element] = []
    for child in container:
        if tag_of(child) in BLOCK_TAGS:
            break
        run.append(child)
    text = " ".join("".join([container.text or "", *(join_text(e) + (e.tail or "") for e in run)]).split())
    if not text or len(text) > _LONGEST_BYLINE:
        return
    if DATE_LINE.match(text) or _names_only(text, authors):
        container.text = None
        for element in run:
            element.tail = None
            if not find_all(element, f"descendant-or-self::*[{_PICTURES}]"):
                drop(element)


def _names_only(text: str, authors: Collection[str]) -> bool:
    """Whether a line holds the authors, where they work and the day, and nothing else."""
    rest = text
    for name in authors:
        rest = rest.replace(name, " ")
    if rest == text:
        return False
    rest = _BESIDE_NAMES.sub(" ", rest)
    return not any(map(str.isalnum, rest)) or DATE_LINE.match(rest.strip()) is not None


def _trim_foot(container: Element) -> None:
    leaves = _leaves(container, limit=100_000)
    for leaf in reversed(leaves[-12:]):
        text = text_of(leaf)
        if not text:
            continue
        tag = tag_of(leaf)
        if tag == "pre" or _in_note(leaf):
            return
        furniture = (
            FURNITURE_LINE.match(text)
            or DATE_LINE.match(text)
            or (tag in HEADINGS and TAIL_HEADING.match(text))
            or (NAVIGATION.match(text) and link_share(leaf) >= _HALF)
        )
        if (
            not furniture
            and not _tags_only(leaf)
            and not (len(text) <= 60 and tag != "li" and link_share(leaf) >= 0.95 and re.search(r"[←→«»‹›]", text))
        ):
            return
        drop(leaf)


def _tags_only(leaf: Element) -> bool:
    """Whether a line consists of links to the pages of tags."""
    links = list(leaf.iter("a"))
    return bool(links) and link_share(leaf) >= _NEARLY_ALL and all(_TAG_PAGE.search(a.get("href", "")) for a in links)


def _cut_tail_sections(container: Element) -> None:
    """A heading such as "Related posts" goes with all that follows it in its parent, if that is no running text."""
    headings = [h for h in container.iter(*HEADINGS) if len(text_of(h)) <= 100 and TAIL_HEADING.match(text_of(h))]
    for heading in reversed(headings[-_MAX_TAILS:]):
        if heading.getparent() is None:
            continue
        top = heading
        # A heading in a wrapper of its own stands for the wrapper.
        while (
            (parent := top.getparent()) is not None and parent is not container and text_of(parent) == text_of(heading)
        ):
            top = parent
        after: list[Element] = []
        last = not _text_follows(top, container)
        for sibling in top.itersiblings():
            if tag_of(sibling) in HEADINGS and HEADINGS[tag_of(sibling)] <= HEADINGS[tag_of(heading)]:
                last = False
                break
            after.append(sibling)
        text = " ".join(text_of(e) for e in after)
        linked = sum(link_share(e) * len(text_of(e)) for e in after)
        code = any(tag_of(e) == "pre" or find_all(e, ".//pre") for e in after)
        if (last and not code and len(words_of(text)) <= 30) or linked > 0.5 * max(1, len(text)):
            for element in [*after, top]:
                drop(element)


def _text_follows(element: Element, container: Element) -> bool:
    """Whether more than a line of the container's text stands after the parent of this element."""
    node = element.getparent()
    while node is not None and node is not container:
        for sibling in node.itersiblings():
            if len(text_of(sibling)) > 80:
                return True
        node = node.getparent()
    return False


def _leaves(container: Element, limit: int) -> list[Element]:
    """The innermost blocks in reading order, and text-bearing inline elements that stand between blocks."""
    found: list[Element] = []
    for element in container.iter():
        tag = tag_of(element)
        if tag == "pre" or (tag in BLOCK_TAGS and not any(tag_of(c) in BLOCK_TAGS for c in element.iterdescendants())):
            if element is not container:
                found.append(element)
        elif tag in ("a", "span", "time", "b", "strong", "em", "small") and _stands_alone(element):
            found.append(element)
        if len(found) >= limit:
            break
    return found


def _stands_alone(element: Element) -> bool:
    parent = element.getparent()
    if parent is None or tag_of(parent) not in ("div", "section", "article", "main", "header", "body"):
        return False
    previous = element.getprevious()
    before = parent.text if previous is None else previous.tail
    return (
        not (before or "").strip() and not (element.tail or "").strip() and any(tag_of(c) in BLOCK_TAGS for c in parent)
    )


def _leaves_before(container: Element, heading: Element) -> list[Element]:
    found: list[Element] = []
    for leaf in _leaves(container, limit=60):
        if leaf is heading:
            return found
        found.append(leaf)
    return []


def _is_running(leaf: Element) -> bool:
    text = text_of(leaf)
    return tag_of(leaf) == "pre" or (len(text) > 200 and link_share(leaf) < 0.5)


def _in_note(leaf: Element) -> bool:
    return bool(
        find_all(leaf, "ancestor::*[contains(@class, 'footnote') or contains(@id, 'footnote') or @role='doc-endnotes']")
    )


def _key(value: str) -> str:
    return " ".join(words_of(value))
