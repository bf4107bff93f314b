"""The lines between a page's title and its text, where people read who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import dropwhile, pairwise, takewhile

from lxml.etree import _Element as Element

from crawler.extract.dates import find_date
from crawler.extract.names import states_role
from crawler.extract.pageindex import is_elsewhere
from crawler.extract.tree import find_all, join_text, line_of, tag_of, text_of

_WORD = r"[A-ZÀ-ÞĀ-ŽŁŚŻ][\w'’.-]*"
_NAME = (
    rf"{_WORD}(?:[ \t]+(?:(?:van|von|de|der|den|la|le|da|di|del|bin|al|el|of|the|dos|ter)[ \t]+){{0,2}}{_WORD}){{0,4}}"
)
_HANDLE = r"(?:\s*\(@?[\w .-]{1,40}\)|\s*@\w+)?"
_NEXT = r"(?:\s*(?:,\s*and\b|,|&|\+|/|\band\b)\s*|(?<=\))\s+)"
_NAMES = rf"({_NAME}{_HANDLE}(?:{_NEXT}{_NAME}{_HANDLE}){{0,8}})"
_BEFORE_BY = r"(?:^|[\n·|•–—]\s*|\d\s+|[Pp]osted[^\n]{0,40}\s|[Pp]ublished[^\n]{0,40}\s|[Ww]ritten\s+)"
_BY = re.compile(
    rf"{_BEFORE_BY}(?:(?:[Ww]ritten|[Pp]osted|[Pp]ublished|[Ss]ubmitted|[Aa]uthored|[Cc]ontributed)\s+)?"
    rf"(?:[Bb]y|(?<![A-Z] )BY(?= [A-Z]{{2}})|[Aa]uthors?\s*:)\s*:?\s*{_NAMES}"
)
_AFTER_DATE = re.compile(rf"^[\s,·|•–—/-]*{_NAMES}\s*(?:$|[\n·|•–—(]|on behalf)")
_DAY_TEXT = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d{2}|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}"
)
_FULL_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,2}}")
_LABEL = re.compile(r"(?:Authors?|Names?|Written by)\s*:?", re.IGNORECASE)
_LONGEST_ROLE = 60
# Words of a line that tells of somebody with a role, and not who somebody is.
_DECK = re.compile(
    r"\b(?:an?|about|by|can|every|from|guide|how|lessons|needs?|our|should|to|we|what|when|why|with|you|your)\b",
    re.IGNORECASE,
)
_NAME_AND_DAY = re.compile(rf"({_FULL_NAME.pattern})\s*(?:,|[–—-])\s+(?:{_DAY_TEXT.pattern})\.?")
_NOT_NAMES = re.compile(
    r"^(?:Min|Read|Reading|Time|Tags?|Share|Categor\w+|In|On|At|Updated|Comments?|Views?|Posted|Published|Edit|Source"
    r"|Home|Blog|News|Releases?|Summary|Introduction|TL|Tweet|UTC|GMT|AM|PM"
    # How places and the sections of a blog begin.
    r"|New|San|Santa|Los|Las|Saint|St|Hong Kong|Tel Aviv|North|South|Case Stud(?:y|ies)|Machine|Deep|Data|Engineering"
    r"|Software|Products?|Open|Company|Press|Tech|Technical|Web|Cloud|Security|Research|Developers?|Community|Best|How"
    r"|Behind)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"(?<![,;:\s])[ \t]*\n\s*\n\s*")  # names that a template sets with empty lines between them
_UPDATED = re.compile(r"\W*(?:last\s+)?(?:updated?|modified|edited|revised)", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:(?:first|originally)\s+)?(?:published|posted|created|written)\b", re.IGNORECASE)
_MAX_ZONE = 1_200
_STEPS_ABOVE = 12
_LINES_ABOVE = 5
_RUNNING = 220


def byline_zone(title: Element | None) -> str:
    """The short texts after the title's heading, a line each, up to the first running paragraph."""
    if title is None:
        return ""
    lines: list[str] = []
    size = 0
    for text in _texts_after(title):
        line = line_of(_APART.sub(", ", text.strip()))
        if len(line) > _RUNNING or size > _MAX_ZONE:
            break
        if line:
            lines.append(line)
            size += len(line)
    return "\n".join(lines)


def days_above(title: Element | None) -> str:
    """The lines right above the title's heading that hold a day and nothing else."""
    lines: list[str] = []
    node = title
    for _ in range(_STEPS_ABOVE):
        if node is None or tag_of(node) in ("body", "html") or len(lines) >= _LINES_ABOVE:
            break
        previous = node.getprevious()
        node = node.getparent() if previous is None else previous
        if previous is not None and tag_of(previous) and not _is_of_others(previous):
            told = [line for text in previous.itertext() if (line := line_of(str(text)))]
            lines += reversed(told[-_LINES_ABOVE:])
    return "\n".join(line for line in lines[:_LINES_ABOVE] if _DAY_TEXT.fullmatch(line))


def _is_of_others(element: Element) -> bool:
    return is_elsewhere(element) or next(element.iter("nav", "aside"), None) is not None


def authors_by(zone: str) -> str:
    """The names that follow an explicit "by"; empty where there is none."""
    for match in _BY.finditer(zone):
        names = _tidy(match[1])
        # One capital word after "by" is a name only at the end of its line: "by Kafka's design" is prose.
        if len(names.split()) >= 2 or zone[match.end() : match.end() + 1] in ("", "\n"):
            return names
    return ""


def authors_beside_date(zone: str) -> str:
    """Names in the line of the day: `July 5, 2023 · Ann Lee`, `Ann Lee | 5 min read | July 5, 2023`."""
    for line in zone[:400].split("\n"):
        if (told := _NAME_AND_DAY.fullmatch(line)) and not _NOT_NAMES.match(line):
            return _tidy(told[1])
        parts = [part.strip() for part in re.split(r"[·|•]", line)]
        if len(parts) > 1 and any(_DAY_TEXT.fullmatch(part) for part in parts):
            for part in parts:
                if (whole := re.fullmatch(_NAMES, part)) and len(part.split()) > 1 and not _NOT_NAMES.match(part):
                    return _tidy(whole[1])
    if (day := _DAY_TEXT.search(zone[:400])) and (match := _AFTER_DATE.match(zone[day.end() : day.end() + 300])):
        names = _tidy(match[1])
        alone = (
            len(names.split()) < 2
            and "(@" not in match[0] + zone[day.end() + match.end() : day.end() + match.end() + 2]
        )
        return "" if _NOT_NAMES.match(names) or alone else names
    return ""


def authors_below_label(zone: str) -> str:
    """Names that stand in a line each, below one that says `Authors`."""
    lines = zone.split("\n")
    if (start := next((n for n, line in enumerate(lines) if _LABEL.fullmatch(line)), None)) is None:
        return ""
    below = dropwhile(_LABEL.fullmatch, lines[start:])
    return ", ".join(takewhile(lambda line: _FULL_NAME.fullmatch(line) and not _NOT_NAMES.match(line), below))


def authors_with_roles(zone: str) -> str:
    """Names that stand in a line each, above what their bearers do: `Ann Lee`, `Staff Engineer`."""
    lines = zone.split("\n")
    return ", ".join(
        line
        for line, below in pairwise(lines)
        if _FULL_NAME.fullmatch(line)
        and not _NOT_NAMES.match(line)
        and not states_role(line)
        and len(below) <= _LONGEST_ROLE
        and below[:1].isupper()
        and states_role(below)
        and not below.endswith((".", "!", "?", ":"))
        and not _DECK.search(below)
    )


def foot_author(root: Element) -> str:
    """`Written by Ann Lee` as a line of its own anywhere; the last one counts."""
    for element in reversed(
        find_all(root, "//body//*[text()[contains(., 'ritten by') or contains(., 'osted by') or contains(., 'UTHOR')]]")
    ):
        text = re.sub(r"[ \t]*\n\s*", "\n", join_text(element))
        if match := re.search(rf"(?:^|\n)\s*(?:[Ww]ritten|[Pp]osted) by:?\s*{_NAMES}", text[-3000:]):
            return _tidy(match[1])
    return ""


def date_in(zone: str, language: str) -> datetime | None:
    """The first day that the zone tells, of an update none; a line may tell both."""
    for line in zone.split("\n"):
        start = 0
        if _UPDATED.match(line):
            published = _PUBLISHED.search(line)
            start = published.end() if published else len(line)
        if moment := find_date(line[start:], language):
            return moment
    return None


def _texts_after(title: Element) -> Iterator[str]:
    """Texts in document order from inside the heading's end on, blocks of prose whole."""
    for inner in title.iterchildren():
        if tag_of(inner) in ("div", "small", "span", "p"):
            yield text_of(inner)
    node: Element | None = title
    steps = 0
    while node is not None and steps < 60 and tag_of(node) not in ("body", "html"):
        if node.tail:
            yield node.tail
        following = node.getnext()
        if following is None:
            node = node.getparent()
            continue
        node = following
        steps += 1
        if tag_of(node) in ("p", "pre", "ul", "ol", "table") or not len(node):
            if tag_of(node) not in ("script", "style", "noscript", "svg", "button"):
                yield from _lines_of(node)
        else:
            yield from map(str, node.itertext())


def _lines_of(element: Element) -> Iterator[str]:
    """The element's text, apart where it breaks the line: `Author: Ann Lee<br>Date: May 3`."""
    if not find_all(element, "./br[1]"):
        yield text_of(element)
        return
    line = [element.text or ""]
    for child in element:
        if tag_of(child) == "br":
            yield " ".join("".join(line).split())
            line = []
        else:
            line.append(join_text(child))
        line.append(child.tail or "")
    yield " ".join("".join(line).split())


def _tidy(names: str) -> str:
    return re.sub(r"\s*\(@?[^)]*\)|\s*@\w+", ",", names).replace("\n", " ").strip(" ,")
