"""Finding thousands of phrases in a text in one pass: a dictionary of token n-grams instead of a regex a phrase.

A text is cut into tokens once; every phrase is looked up by its first token. A phrase matches on token borders,
with a plural "s" optional on its words and a hyphen or underscore equal to a blank. It never spans the end of a
clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(?<![^\W_])\.net\b|[^\W_]+|\+\+|#|[.,;:!?()](?=\s|$)", re.IGNORECASE)
_BREAKS = frozenset(".,;:!?()")
_MIN_PREFIX = 3


class Token(NamedTuple):
    """One word: as compared (`norm`), in lower case (`low`), and where it stands in the text."""

    norm: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the taxonomy and whose it is.

    `prefix`: the last word may go on; `cased`: the very case; `ambiguous`: counts only in a fitting context;
    `common`: says its topic in a title or a heading, and little in running text; `naming`: it is the topic's name.
    """

    owner: str
    rank: str  # "strong", "weak", "context", "alias"
    text: str
    words: tuple[str, ...]
    prefix: bool = False
    cased: bool = False
    ambiguous: bool = False
    common: bool = False
    naming: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the characters from `start` to `end` of the text."""

    phrase: Phrase
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order; the end of a clause is a token of its own that no phrase contains."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow in lower case: positions are those of the text
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    make = Token._make
    return [make((_norm(m[0]), m[0], m.start(), m.end())) for m in _TOKEN.finditer(lowered)]


def parse_phrase(owner: str, rank: str, text: str) -> Phrase | None:
    """A phrase in the taxonomy's notation (`?` ambiguous, `=` very case, `~` common, final `*` prefix).

    None when it has no words.
    """
    rest = text.lstrip("?=~")
    marks = text[: len(text) - len(rest)]
    prefix = rest.endswith("*")
    surface = rest.rstrip("*")
    tokens = [t for t in tokens_of(surface) if t.low not in _BREAKS]
    if not tokens:
        return None
    words = (*(t.norm for t in tokens[:-1]), tokens[-1].low if prefix else tokens[-1].norm)
    return Phrase(
        owner,
        rank,
        surface,
        words,
        prefix=prefix and len(words[-1]) >= _MIN_PREFIX,
        cased="=" in marks,
        ambiguous="?" in marks,
        common="~" in marks,
    )


_Candidates = tuple[list[Phrase], dict[str, list[Phrase]]]
_NONE: list[Phrase] = []


class PhraseBook:
    """All phrases, ready to be looked up. Building takes milliseconds; it is made once a process."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        self._prefixes: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            single_prefix = phrase.prefix and len(phrase.words) == 1
            index = self._prefixes if single_prefix else self._by_first
            index.setdefault(phrase.words[0], []).append(phrase)
        self._longest = max(map(len, self._prefixes), default=0)
        self._seen: dict[str, _Candidates] = {}

    def find(self, text: str, tokens: list[Token] | None = None) -> list[Hit]:
        """Every phrase that stands in the text, in reading order; overlapping phrases are all found."""
        tokens = tokens_of(text) if tokens is None else tokens
        hits: list[Hit] = []
        seen = self._seen
        for index, token in enumerate(tokens):
            known = seen.get(token.low)
            alone, pairs = self._candidates(token) if known is None else known
            following = pairs.get(tokens[index + 1].norm, _NONE) if pairs and index + 1 < len(tokens) else _NONE
            for phrase in alone + following if following else alone:
                end = _match(phrase, tokens, index)
                if end is None:
                    continue
                if phrase.cased and not _same_case(phrase.text, text[token.start : end]):
                    continue
                hits.append(Hit(phrase, token.start, end))
        return hits

    def _candidates(self, token: Token) -> _Candidates:
        """The phrases that may begin with a word: those that it decides alone, and the others by their second word."""
        alone: list[Phrase] = []
        pairs: dict[str, list[Phrase]] = {}
        for phrase in self._by_first.get(token.norm, ()):
            if len(phrase.words) == 1 or (phrase.prefix and len(phrase.words) == 2):
                alone.append(phrase)
            else:
                pairs.setdefault(phrase.words[1], []).append(phrase)
        for length in range(_MIN_PREFIX, min(self._longest, len(token.low)) + 1):
            alone += self._prefixes.get(token.low[:length], ())
        if len(self._seen) > 200_000:  # a long-lived process meets endless new words
            self._seen.clear()
        self._seen[token.low] = (alone, pairs)
        return alone, pairs


def _match(phrase: Phrase, tokens: list[Token], index: int) -> int | None:
    words = phrase.words
    last = len(words) - 1
    if index + last >= len(tokens):
        return None
    for offset in range(1, last):
        if tokens[index + offset].norm != words[offset]:
            return None
    final = tokens[index + last]
    if phrase.prefix:
        return final.end if final.low.startswith(words[last]) else None
    return final.end if final.norm == words[last] else None


def _same_case(wanted: str, found: str) -> bool:
    return found.startswith(wanted) or re.sub(r"[\s_-]+", " ", found).startswith(re.sub(r"[\s_-]+", " ", wanted))


@lru_cache(maxsize=100_000)
def _norm(low: str) -> str:
    """A word without its plural ending: applied alike to phrases and texts, so it need not be a dictionary form."""
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        if low.endswith("ies") and len(low) > 4:
            return low[:-3] + "y"
        if low.endswith(("sses", "xes", "shes")):
            return low[:-2]
        return low[:-1]
    return low
