"""What an article says, laid out so that a sentence about it can be held against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from crawler.llm.lexicon import MINOR
from crawler.llm.numbers import Number, numbers_of
from crawler.llm.stems import bare, parts_of, stem, tokens_of
from crawler.text import one_line

Splitter = Callable[[str], Sequence[str]]
"""A paragraph's sentences."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as a bag: the stems of its content words, its tokens in small letters, its numbers."""

    text: str
    stems: frozenset[str]
    tokens: frozenset[str]
    capitals: frozenset[str]  # tokens that are written with a capital or a digit
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Evidence:
    """An article's sentences, in order, and all that stands in them; `about` are its title and its other metadata."""

    about: tuple[Line, ...]
    lines: tuple[Line, ...]
    stems: frozenset[str] = field(init=False, repr=False)
    tokens: frozenset[str] = field(init=False, repr=False)
    capitals: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        every = (*self.about, *self.lines)
        object.__setattr__(self, "stems", frozenset(s for line in every for s in line.stems))
        object.__setattr__(self, "tokens", frozenset(t for line in every for t in line.tokens))
        object.__setattr__(self, "capitals", frozenset(t for line in every for t in line.capitals))


def line_of(text: str) -> Line:
    """A sentence as the check sees it."""
    text = one_line(text)
    stems: set[str] = set()
    tokens: set[str] = set()
    capitals: set[str] = set()
    previous = ""
    for token in tokens_of(text):
        small = bare(token.casefold())
        parts = [part.casefold() for part in parts_of(token)]
        joined = "".join(parts)
        # "code base" and "codebase" are one word, whichever of them the article has.
        tokens |= {small, *parts, joined, *({previous + small} if previous else ())}
        stems |= {stem(part) for part in {*parts, joined} if part not in MINOR and len(part) > 1}
        if previous and small not in MINOR and previous not in MINOR:
            stems.add(stem(previous + small))
        if re.search(r"[^\W_a-z]", token):
            capitals |= {small, *parts, joined}
        previous = small
    return Line(text, frozenset(stems), frozenset(tokens), frozenset(capitals), tuple(numbers_of(text)))


def evidence_of(blocks: Iterable[str], split: Splitter, metadata: Iterable[str] = ()) -> Evidence:
    """The evidence of an article's blocks of text; `metadata` are its title, company, authors and the like."""
    about = tuple(line_of(value) for value in metadata if value)
    return Evidence(about, tuple(line_of(text) for block in blocks for text in split(block)))
