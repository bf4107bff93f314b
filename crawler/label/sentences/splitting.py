"""Sentences of an article with where they stand, cleaned of marks that mean nothing outside the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.model import Block
from crawler.text import one_line
from crawler.trust import Gate

LIMIT = 220
_END = re.compile(r"[.!?…][\"”’)\]]*(\s+)(?=[\"“‘(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Inc|Ltd|Corp|Co|No|Fig|Eq|Sec|approx|al|resp|ca|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z]|\bU\.S|\ba\.k\.a|\bw\.r\.t)\.$"
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_FOOTNOTE = re.compile(
    r"\[\^?\d{1,3}\]|\[\^[\w-]+\]|\{#[\w-]+\}|\[(?:edit|ref|source|citation needed|TOC)\]", re.IGNORECASE
)
_BRACKETS = re.compile(r"\[([^\[\]]{1,80})\](?!\()")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u20e3\u23e9-\u23fa\u2b00-\u2bff]+")
_MARKS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_TRAILING_MARK = re.compile(r"(?<=\w)[*_]+(?=\W|$)")
_SPACE_BEFORE_STOP = re.compile(r"\s+([,.;:!?])(?=\s|$)")
# Who did it: "(@octavia, #1201)".
_CREDITS = re.compile(r"\s*\((?:(?:@[\w-]+|#\d+|by|and|in)[,;\s]*)+\)")
_NUMBERS = re.compile(r"^(?:#\d+[\s,:–-]*)+(?=\S)")  # of changes, before what they changed
_RAISED = re.compile(r"(?<=[a-z][”’])\d{1,2}(?=[\s,.;:]|$)")  # the number of a footnote, once small and high
_ESCAPED = re.compile(r"\\(?=[()\[\]_*#!.-])")  # a backslash of Markdown that nobody resolved
_GAPS = (" .", " ,", " ;", " :", " !", " ?")
_TWO_STOPS = re.compile(r"(?<=[\w)])\.\.(?=\s|$)")
_NUMBER_AT_END = re.compile(r" (\d+)\.$")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")
_IN_BRACKETS = re.compile(r"(?<=\()\s+(?=\w)|(?<=\w)\s+(?=\))")  # "( one of two )"
_MORE = re.compile(
    r"(?<=\w)(?:[.!] | )(?:Learn|Read|See|Find out) (?:[Mm]ore|MORE)[!.…]*$"
)  # "... at night Learn More!."


# Of a heading: "2. ", "2.1 ", "B) ", "#3: ", "Step 4 – "; the figure of "3.5x faster" is none.
_NUMBERING = re.compile(
    r"^(?:\d+(?:\.\d+)*(?:[.):](?:\s+|(?=[^\W\d]))|\s+)|[ivx]+[.)]\s+|[A-Z][.)]\s+|#\d+:?\s+"
    r"|(?:step|part|tip|lesson|chapter) \d+\s*[:.–—-]\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `index` counts all sentences of the article, `block` the blocks; `heading` stands above it.

    `quoted`: it stands within a quotation that began before it, so that somebody else says it.
    """

    text: str
    index: int
    block: int
    first: bool  # opens its block
    kind: str
    heading: str
    quoted: bool = False


def sentences_of(blocks: Iterable[Block]) -> list[Sentence]:
    """The sentences of the running text and of list items, in order, at most LIMIT.

    A very long article is cut in its middle: its beginning and its end say what it is about. What speaks to a language
    model instead of to a reader is left out.
    """
    found: list[Sentence] = []
    heading = ""
    blocks = list(blocks)
    gate = Gate(b.text for b in blocks)
    for number, block in enumerate(blocks):
        if not gate.lets_through(block.text):
            continue
        if block.kind == "heading":
            heading = one_line(block.text)
        elif block.kind in ("paragraph", "item", "quote"):
            sentences = split_sentences(clean_sentence(block.text))
            for place, (text, quoted) in enumerate(zip(sentences, _quoted(sentences), strict=True)):
                found.append(Sentence(text, len(found), number, place == 0, block.kind, heading, quoted))
    if found and _cut_in_number(found[-1].text, blocks):
        found.pop()
    if len(found) > LIMIT:
        found = found[: LIMIT - 40] + found[-40:]
    return found


def _quoted(sentences: list[str]) -> list[bool]:
    """Which sentences of a block begin within a quotation; marks that have no end in it quote nothing."""
    if sum(text.count('"') for text in sentences) % 2 == 0:
        marks = [text.count('"') + text.count("“") - text.count("”") for text in sentences]
    else:
        marks = [text.count("“") - text.count("”") for text in sentences]
    within = [sum(marks[:place]) % 2 == 1 for place in range(len(marks))]
    return within if sum(marks) % 2 == 0 else [False] * len(marks)


def _cut_in_number(last: str, blocks: list[Block]) -> bool:
    """Whether a text ends within a number, as feeds that stop at a full stop do: "upgrade to Relay 1."."""
    number = _NUMBER_AT_END.search(last)
    return number is not None and any(re.search(rf"(?<![\d.]){number[1]}\.\d", block.text) for block in blocks)


def clean_sentence(text: str) -> str:
    """Text without link targets, footnote marks, emphasis marks, back-ticks and pictographs, on one line."""
    if "[" in text:
        text = _BRACKETS.sub(r"\1", _FOOTNOTE.sub("", _LINK.sub(r"\1", text)))
    if "(" in text and ("@" in text or "#" in text):
        text = _CREDITS.sub("", text)
    if text.startswith("#"):
        text = _NUMBERS.sub("", text)
    if "*" in text or "_" in text:
        text = _TRAILING_MARK.sub("", _MARKS.sub(r"\2", text))
    if not text.isascii():
        text = _RAISED.sub("", _EMOJI.sub("", text))
    if "\\" in text:
        text = _ESCAPED.sub("", text)
    text = text.replace("`", "") if "`" in text else text
    if "  " in text or not (text.isascii() and text.isprintable()):
        text = one_line(text)
    if ".." in text:
        text = _TWO_STOPS.sub(".", text)
    if any(gap in text for gap in _GAPS):
        text = _SPACE_BEFORE_STOP.sub(r"\1", text)
    if "( " in text or " )" in text:
        text = _IN_BRACKETS.sub("", text)
    if "ore" in text[-6:].lower():
        text = _MORE.sub(".", text)
    return (_EMPTY_BRACKETS.sub("", text) if "(" in text else text).strip()


def split_sentences(text: str) -> list[str]:
    """A paragraph's sentences; abbreviations and initials end none."""
    parts: list[str] = []
    start = 0
    for match in _END.finditer(text):
        stop = match.start() + 1
        if _ABBREVIATION.search(text[max(start, stop - 12) : stop]):
            continue
        parts.append(text[start : match.start(1)].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [p for p in parts if p]


STOP = frozenset(
    """
    the and for are but not you all any can had her was one our out has him his how its may new now old see
    two way who did get let put say she too use that with have this will your from they know want been good
    much some time very when come here just like long make many more only over such take than them well were
    what about after again also into could other their there these those then would which while where being
    because before between both each even every first made most must same should since still through under
    until upon using used us we i'm we're don't it's does doing done down during few further having he i if in
    is it me my no nor of off on or own so to up
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)


def without_number(heading: str) -> str:
    """A heading, cleaned, without the number or letter by which it is counted."""
    return _NUMBERING.sub("", clean_sentence(heading))
