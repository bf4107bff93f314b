"""Finding thousands of phrases in a text in one pass: a dictionary of token n-grams instead of a regex a phrase.

A text is cut into tokens once; every phrase is looked up by its first token. A phrase matches on token borders,
with a plural "s" optional on its words and a hyphen or underscore equal to a blank. It never spans the end of a
clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+|(?<![^\W_])\.net\b|\+\+|#|[.,;:!?()](?=\s|$)")  # of a text in lower case
_SPLIT = re.compile(f"({_TOKEN.pattern})")
_BREAKS = frozenset(".,;:!?()")
_MIN_PREFIX = 3


class Token(NamedTuple):
    """One word: as compared (`norm`), in lower case (`low`), and where it stands in the text."""

    norm: str
    low: str
    start: int
    end: int


class Phrase(NamedTuple):
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


class Hit(NamedTuple):
    """A phrase found: the characters from `start` to `end` of the text."""

    phrase: Phrase
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order; the end of a clause is a token of its own that no phrase contains."""
    return [Token(_norm(m[0]), m[0], m.start(), m.end()) for m in _TOKEN.finditer(_lowered(text))]


def _lowered(text: str) -> str:
    """In lower case and of the same length: a few letters grow, and positions are those of the text."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def parse_phrase(owner: str, rank: str, text: str, names: frozenset[str] = frozenset()) -> Phrase | None:
    """A phrase in the taxonomy's notation (`?` ambiguous, `=` very case, `~` common, final `*` prefix).

    `names`: the words, as they are compared, of what its owner is called. None when it has no words.
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
        naming=names.issuperset(words),
    )


_Candidates = tuple[list[Phrase], dict[str, list[Phrase]], dict[str, list[Phrase]]]
_NONE: list[Phrase] = []
_MOST_WORDS = 200_000  # a long-lived process meets endless new words


class PhraseBook:
    """All phrases, ready to be looked up. Building takes milliseconds; it is made once a process.

    Most words of a text begin no phrase: they are remembered, and cost a look into a set each.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        self._prefixes: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            single_prefix = phrase.prefix and len(phrase.words) == 1
            index = self._prefixes if single_prefix else self._by_first
            index.setdefault(phrase.words[0], []).append(phrase)
        self._longest = max(map(len, self._prefixes), default=0)
        self._seen: dict[str, _Candidates] = {}
        self._quiet: set[str] = set()

    def find(self, text: str) -> list[Hit]:
        """Every phrase that stands in the text, in reading order; overlapping phrases are all found."""
        parts = _SPLIT.split(_lowered(text))
        words, bounds = parts[1::2], list(accumulate(map(len, parts)))
        hits: list[Hit] = []
        quiet = self._quiet
        for index, word in enumerate(words):
            if word in quiet:
                continue
            single, open_ended, pairs = self._seen.get(word) or self._candidates(word)
            for phrase in single:
                start, end = bounds[2 * index], bounds[2 * index + 1]
                if not phrase.cased or _same_case(phrase.text, text[start:end]):
                    hits.append(Hit(phrase, start, end))
            if index + 1 == len(words):
                continue
            second = words[index + 1]
            begun = open_ended.get(second[:_MIN_PREFIX], _NONE) if open_ended else _NONE
            for phrase in (*begun, *pairs.get(_norm(second), _NONE)):
                last = _match(phrase, words, index)
                if last is not None:
                    start, end = bounds[2 * index], bounds[2 * last + 1]
                    if not phrase.cased or _same_case(phrase.text, text[start:end]):
                        hits.append(Hit(phrase, start, end))
        return hits

    def _candidates(self, word: str) -> _Candidates:
        """The phrases that may begin with a word: those that it is by itself, those of two words whose second one may
        go on, by the beginning of that, and the others by their second word."""
        single: list[Phrase] = []
        open_ended: dict[str, list[Phrase]] = {}
        pairs: dict[str, list[Phrase]] = {}
        for phrase in self._by_first.get(_norm(word), ()):
            if len(phrase.words) == 1:
                single.append(phrase)
            elif phrase.prefix and len(phrase.words) == 2:
                open_ended.setdefault(phrase.words[1][:_MIN_PREFIX], []).append(phrase)
            else:
                pairs.setdefault(phrase.words[1], []).append(phrase)
        for length in range(_MIN_PREFIX, min(self._longest, len(word)) + 1):
            single += self._prefixes.get(word[:length], ())
        if len(self._seen) + len(self._quiet) > _MOST_WORDS:
            self._seen.clear()
            self._quiet.clear()
        if single or open_ended or pairs:
            self._seen[word] = (single, open_ended, pairs)
        else:
            self._quiet.add(word)
        return single, open_ended, pairs


def _match(phrase: Phrase, words: list[str], index: int) -> int | None:
    """The place in `words` of the phrase's last word, where the phrase stands from `index` on."""
    wanted = phrase.words
    end = index + len(wanted) - 1
    if end >= len(words):
        return None
    for offset in range(1, len(wanted) - 1):
        if _norm(words[index + offset]) != wanted[offset]:
            return None
    final = words[end]
    fits = final.startswith(wanted[-1]) if phrase.prefix else _norm(final) == wanted[-1]
    return end if fits else None


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
