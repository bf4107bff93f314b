"""What stands around a link in a list of articles: its title, date, deck and image."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from crawler.model import Entry, Image
from crawler.read.dates import date_in_text, parse_date
from crawler.read.fields import title_text, web_address
from crawler.text import one_line

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MORE = re.compile(
    r"^(?:(?:read|learn|see|view|show)\s+(?:the\s+)?(?:more|full|post|article|story|details|all)\b.*"
    r"|continue reading.*|more|(?:\d+ )?comments?|permalink|link|share|tweet|next|previous|older.*|newer.*|[\W\d]*)$",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(r"date|time|publish|posted|meta", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:title|headline|heading)(?:$|[\s_-])", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.]((?:20)?\d{2})(?!\d)")
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_MAX_CARD = 5000


class Candidate:
    """An address that may be an article's, with all the links of the page that lead to it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.links: list[Element] = []
        self.shape = ""
        self.quality = 0.0

    @property
    def main(self) -> Element:
        """The link that names the article."""
        return max(self.links, key=_link_worth)

    def judge(self, card: Element, shape_of: Callable[[Element], str]) -> None:
        """How much address, title and surroundings look like an article's: below zero is no article."""
        main = self.main
        self.shape = shape_of(main)
        title = title_of(main) or _title_in(card)
        slug = re.sub(r"\.\w{2,5}$", "", urlsplit(self.url).path.rstrip("/").rpartition("/")[2])
        self.quality = min(len(title.split()), 6) / 3 - 0.7 if title else -1.0
        self.quality += 0.5 * min(len(re.findall(r"[-_]", slug)), 3) / 3
        self.quality += 0.7 if _heading_of(main) is not None or _title_in(card) else 0.0
        self.quality += 0.5 if _URL_DATE.search(self.url) or re.search(r"/\d{4}/", self.url) else 0.0
        self.quality += 1.0 if date_of_card(card) is not None or _numeric_date(card) else 0.0
        if card.tag == "article" or any(element.tag in {"article", "main"} for element in card.iterancestors()):
            self.quality += 0.3


def plain(element: Element | None) -> str:
    """An element's text on one line; "" for None."""
    return "" if element is None else one_line(" ".join(map(str, element.itertext())))


def title_of(link: Element) -> str:
    """What a link calls its article: the heading in it, or its own text; "" for a picture or "read more"."""
    heading = next((element for element in link.iter() if element.tag in _HEADINGS), None)
    text = plain(heading) if heading is not None else ""
    if not text:
        text = plain(link)
        if len(text) > 200 or len(link) > 1:
            text = next((part for part in map(plain, link) if len(part.split()) > 1 and not _is_date(part)), text)
    if not text or _MORE.match(text):
        return ""
    return title_text(html.escape(text, quote=False))[:300]


def find_cards(candidates: Iterable[Candidate]) -> dict[str, Element]:
    """The widest element around each candidate's links that leads to no other candidate."""
    inside: dict[Element, set[str]] = {}
    chosen = list(candidates)
    for candidate in chosen:
        for link in candidate.links:
            for element in (link, *link.iterancestors()):
                inside.setdefault(element, set()).add(candidate.url)
    cards: dict[str, Element] = {}
    for candidate in chosen:
        card = max(candidate.links, key=_link_worth)
        for element in card.iterancestors():
            if element.tag == "body" or len(inside[element]) > 1:
                break
            card = element
        cards[candidate.url] = card
    return cards


def read_cards(candidates: list[Candidate], base: str) -> tuple[Entry, ...]:
    """The entries that the cards of these candidates tell of, in the page's order."""
    cards = find_cards(candidates)
    numeric = [_numeric_date(cards[candidate.url]) for candidate in candidates]
    day_first = any(parts and int(parts[0]) > 12 for parts in numeric)
    # In a flat list every link stands between two dates: the first link tells on which side its own one is.
    before = bool(candidates) and _date_beside(cards[candidates[0].url], before=True) is not None
    entries = []
    for candidate, parts in zip(candidates, numeric, strict=True):
        card = cards[candidate.url]
        date = date_of_card(card) or _date_of_parts(parts, day_first=day_first) or _date_beside(card, before=before)
        title = title_of(candidate.main) or _title_in(card)
        entries.append(
            Entry(
                guid=candidate.url,
                url=candidate.url,
                title=title,
                published_at=date or _date_of_url(candidate.url),
                summary_html=_deck(card, title),
                image=_image(card, base),
            )
        )
    if len(entries) > 3 and len({entry.published_at for entry in entries}) == 1:
        # A template's filler, not the day on which everything was published.
        entries = [replace(entry, published_at=_date_of_url(entry.url)) for entry in entries]
    return tuple(entries)


def date_of_card(card: Element) -> datetime | None:
    """The date that a card shows: a time element, an element named for it, or a date in a short text."""
    for element in card.iter("time"):
        if found := parse_date(element.get("datetime") or "") or date_in_text(plain(element)):
            return found
    for element in card.iter():
        if _DATE_CLASS.search(element.get("class") or ""):
            text = plain(element)
            if len(text) < 200 and (found := parse_date(text)):
                return found
    for text in map(str, card.itertext()):
        if 6 <= len(text) <= 120 and any(char.isdigit() for char in text) and (found := date_in_text(one_line(text))):
            return found
    return None


def _link_worth(link: Element) -> tuple[bool, bool, bool, bool]:
    # Of equals the first one stands: `max` keeps the page's order.
    title = title_of(link)
    named = _heading_of(link) is not None or any(_names_title(element) for element in (link, link.getparent()))
    return bool(title), named, len(title) <= 150, len(title.split()) > 1


def _names_title(element: Element | None) -> bool:
    return element is not None and bool(_TITLE_CLASS.search(element.get("class") or ""))


def _title_in(card: Element) -> str:
    # For links without words of their own, such as one laid over the whole card.
    for element in card.iter():
        if element.tag in _HEADINGS or (_names_title(element) and element.tag not in {"a", "body", "main"}):
            text = plain(element)
            if 0 < len(text) <= 250:
                return title_text(html.escape(text, quote=False))[:300]
    return ""


def _numeric_date(card: Element) -> tuple[str, str, str] | None:
    # 12/17/25 or 17.12.2025: which number is the day, only the whole list can tell.
    for element in card.iter():
        text = element.text or ""
        if 6 <= len(text) <= 60 and (match := _NUMERIC.search(text)):
            return match[1], match[2], match[3]
    return None


def _date_of_parts(parts: tuple[str, str, str] | None, *, day_first: bool) -> datetime | None:
    if parts is None:
        return None
    day, month = (parts[0], parts[1]) if day_first else (parts[1], parts[0])
    year = parts[2] if len(parts[2]) == 4 else "20" + parts[2]
    return parse_date(f"{year}-{month:0>2}-{day:0>2}")


def _heading_of(link: Element) -> Element | None:
    for element in link.iter():
        if element.tag in _HEADINGS:
            return element
    for depth, element in enumerate(link.iterancestors()):
        if element.tag in _HEADINGS:
            return element
        if depth > 2:
            break
    return None


def _is_date(text: str) -> bool:
    return len(text) < 40 and parse_date(text) is not None


def _date_beside(card: Element, *, before: bool) -> datetime | None:
    # Flat lists: the date is the text or the element right before or behind the link's own.
    near = card.getprevious() if before else card.getnext()
    texts = [near.tail if before and near is not None else card.tail if not before else ""]
    if near is not None and near.tag not in _HEADINGS and not _leads_on(near):
        texts.append(plain(near))
    short = [one_line(text) for text in texts if text and len(text) < 200]
    return next(filter(None, map(date_in_text, short)), None)


def _leads_on(element: Element) -> bool:
    return element.tag == "a" or next(element.iter("a"), None) is not None


def _date_of_url(url: str) -> datetime | None:
    match = _URL_DATE.search(url)
    return parse_date(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match else None


def _deck(card: Element, title: str) -> str:
    if card.tag == "a" and not len(card):
        return ""
    for element in card.iter("p"):
        text = plain(element)
        if 40 <= len(text) <= _MAX_CARD and not text.startswith(title[:60] or text) and parse_date(text) is None:
            return f"<p>{html.escape(text, quote=False)}</p>"
    return ""


def _image(card: Element, base: str) -> Image | None:
    for element in card.iter("img"):
        address = element.get("src") or element.get("data-src") or ""
        if address and not address.startswith("data:") and (url := web_address(base, address)):
            return Image(url, one_line(element.get("alt") or "")[:300])
    return None
