"""Names of a sentence, and whether an article has them: as tokens, and two of them side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from crawler.llm.evidence import Line
from crawler.llm.lexicon import MINOR, is_free
from crawler.llm.numbers import is_unit, numbers_of
from crawler.llm.stems import bare, parts_of, stem

TOKEN = re.compile(r"[^\W_]+(?:[.+#&/_@:-]+[^\W_]+|['’][^\W_]+)*(?:\+\+|#)?")
# Words that stand large at the start of a sentence or in a heading and are hardly anybody's name.
_COMMON = re.compile(
    r"[A-Z][a-z]{2,}(?:ing|ed|ly|ful|tion|sion|ness|ment|able|ible|less|ous)s?|(?:No|Any|Some|Every)(?:thing|body)"
)
_APART = 3  # words between two that are one name in the article


def names_of(sentence: str) -> Iterator[str]:
    """Tokens that are written as names: capitals inside a sentence, capitals or digits inside a word."""
    for match in TOKEN.finditer(sentence):
        token = bare(match[0])
        inner = bool(re.search(r"[^\W\d_]\d|\d[^\W\d_]|(?<=.)[A-Z]", token))
        opens = _opens(sentence, match.start())
        if (inner or (not opens and token[:1].isupper())) and not _is_number(token) and not is_unit(token.casefold()):
            yield token


def pairs_of(sentence: str) -> Iterator[tuple[str, str]]:
    """Two names side by side, of which the first is more than the large letter of a sentence."""
    found = list(TOKEN.finditer(sentence))
    for one, other in pairwise(found):
        first, second = one[0], bare(other[0])
        if sentence[one.end() : other.start()] != " " or bare(first) != first or re.search(r"['’]s$", first):
            continue
        if not (first[:1].isupper() and second[:1].isupper()) or {first.casefold(), second.casefold()} & MINOR:
            continue
        if not _opens(sentence, one.start()) or re.search(r"[A-Z\d]", first[1:]):
            yield first, second


def stand_together(first: str, second: str, lines: Iterable[Line]) -> bool:
    """Whether a line has both names in this order, close to each other."""
    ones, others = forms(first), forms(second)
    for line in lines:
        if not (ones & line.tokens and others & line.tokens):
            continue
        tokens = [forms(bare(match[0])) for match in TOKEN.finditer(line.text)]
        for place, token in enumerate(tokens):
            if token & ones and any(after & others for after in tokens[place + 1 : place + 1 + _APART]):
                return True
    return False


def name_before(text: str, start: int) -> str:
    """The name that stands right before a place: "Podman" before "4.0"; empty where there is none."""
    found = list(TOKEN.finditer(text, 0, start))
    if not found or text[found[-1].end() : start].strip(" v\"“'("):
        return ""
    token = bare(found[-1][0])
    return token if token[:1].isupper() and token.casefold() not in MINOR else ""


def only_opens(name: str, lines: Iterable[Line]) -> bool:
    """Whether an everyday word is large in the article only where a sentence or a heading begins with it."""
    if not _COMMON.fullmatch(name):
        return False
    inside = re.compile(rf"[\w,'’“‘(\"-] ?{re.escape(name)}\b")
    return not any(inside.search(line.text) for line in lines)


def forms(name: str) -> set[str]:
    """A name as it may be written: in small letters, singular, plural, without its marks."""
    small = name.casefold()
    return {small, small.removesuffix("s"), small.removesuffix("es"), f"{small}s", re.sub(r"[^\w]", "", small)}


def known(name: str, tokens: frozenset[str]) -> bool:
    """Whether a name, or each of its parts that is one, is among the tokens: "Marshal-based" where Marshal is."""
    if forms(name) & tokens:
        return True
    parts = parts_of(name)
    return len(parts) > 1 and all(
        forms(part) & tokens or part.casefold() in MINOR or (part.islower() and is_free(stem(part))) for part in parts
    )


def _opens(sentence: str, start: int) -> bool:
    return start == 0 or sentence[:start].rstrip("\"“‘'( ").endswith((".", "!", "?", ":"))


def _is_number(token: str) -> bool:
    found = numbers_of(token)
    return len(found) == 1 and found[0].start == 0 and found[0].end >= len(token) - 2
