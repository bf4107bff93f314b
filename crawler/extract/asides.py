"""Take from an article's running text what is not part of it: credits, notices, lines that lead elsewhere, echoes."""

from __future__ import annotations

from itertools import islice

from lxml.etree import _Element as Element

from crawler.extract.phrases import CONTENTS, CREDIT, CROSS_REFERENCE, NOTICE, STOCK
from crawler.extract.tree import drop, find_all, join_text, link_share, tag_of, text_of

_MAX_LINKS = 30
_LONGEST_NOTICE = 80
_FEW_WORDS = 4
_NEARLY_ALL = 0.9
_LINES = ("p", "h2", "h3", "h4", "h5", "h6", "strong", "div")


def drop_asides(container: Element) -> None:
    """Pictures' credits, players' notices, and lines between the paragraphs that lead to other articles."""
    for caption in find_all(container, ".//figcaption | .//*[contains(@class, 'caption')]"):
        text = text_of(caption)
        if (
            caption.getparent() is not None
            and len(text) <= 400
            and _is_credit(text)
            and not find_all(caption, ".//p[2] | .//pre | .//h2")
        ):
            drop(caption)
    for leaf in list(container.iter(*_LINES)):
        if leaf.getparent() is None or (tag_of(leaf) == "div" and len(leaf) > 3):
            continue
        _drop_line(leaf)


def _is_credit(caption: str) -> bool:
    """Whether a caption names who made the picture, and says little of what it shows."""
    match = CREDIT.search(caption)
    return match is not None and (
        len(caption[: match.start()].split()) <= _FEW_WORDS or STOCK.search(caption) is not None
    )


def _drop_line(leaf: Element) -> None:
    raw = join_text(leaf).strip()
    tag = tag_of(leaf)
    if len(raw) <= _LONGEST_NOTICE and tag in ("p", "div") and NOTICE.match(raw):
        drop(leaf)
    elif tag == "p" and raw.isupper() and len(raw.split()) >= _FEW_WORDS and link_share(leaf) >= 0.95:
        drop(leaf)  # a headline set between paragraphs, as a link
    elif CROSS_REFERENCE.match(raw[:120]):
        _drop_reference(leaf)


def _drop_reference(leaf: Element) -> None:
    text = text_of(leaf)
    if not 4 <= len(text) <= 200 or not CROSS_REFERENCE.match(text):
        return
    if link_share(leaf) >= 0.5:
        drop(leaf)
    elif len(text) <= 60 and tag_of(leaf) != "div":
        _drop_links_after(leaf)


def _drop_links_after(heading: Element) -> None:
    """A line such as "Related:" goes with the links that follow it, if nothing else follows them in their parent."""
    following = [e for e in islice(heading.itersiblings(), _MAX_LINKS) if text_of(e)]
    links = []
    for element in following:
        if link_share(element) < 0.8 or len(text_of(element)) > 400:
            break
        links.append(element)
    if links and (len(links) == len(following) or tag_of(links[0]) in ("ul", "ol")):
        for element in [*(links if len(links) == len(following) else links[:1]), heading]:
            drop(element)


def drop_contents(container: Element) -> None:
    """Lists of nothing but links to parts of the page, with the line that announces them; a sentence's list stays."""
    for listing in list(container.iter("ul", "ol")):
        links = list(listing.iter("a"))
        if listing.getparent() is None or not links or not all(a.get("href", "").startswith("#") for a in links):
            continue
        if _linked_letters(listing) < _NEARLY_ALL or (len(links) == 1 and not _announces(listing.getprevious())):
            continue
        before = listing.getprevious()
        announced = _announces(before)
        if before is not None and not announced and tag_of(before) == "p" and text_of(before).endswith(":"):
            continue  # "You will see how to: …"
        if before is not None and announced:
            drop(before)
        drop(listing)


def _linked_letters(listing: Element) -> float:
    """The share of a list's letters that stand in links, 0-1: numbers before them do not count."""
    letters = sum(map(str.isalpha, join_text(listing)))
    return sum(map(str.isalpha, "".join(join_text(a) for a in listing.iter("a")))) / max(1, letters)


def _announces(element: Element | None) -> bool:
    return element is not None and len(text := text_of(element)) <= _LONGEST_NOTICE and CONTENTS.match(text) is not None


def drop_echoes(container: Element) -> None:
    """What a page says twice: a caption under each of several pictures, a sentence pulled out of the text."""
    seen: set[str] = set()
    for caption in list(container.iter("figcaption")):
        text = text_of(caption)
        if text in seen and len(text.split()) >= _FEW_WORDS:
            drop(caption)
        seen.add(text)
    quotes = [e for e in container.iter("aside", "blockquote", "figure", "div") if "pull" in e.get("class", "")]
    if not quotes:
        return
    paragraphs = [_words(p) for p in container.iter("p", "li")]
    for quote in quotes:
        said = _words(quote)
        if quote.getparent() is not None and said and any(said in p and len(said) < len(p) for p in paragraphs):
            drop(quote)


def _words(element: Element) -> str:
    return text_of(element).casefold().strip(" \"'“”‘’«».…")
