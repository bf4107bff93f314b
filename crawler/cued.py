"""Regular expressions that look before they search: most sentences hold none of the words that a pattern asks for.

Python's engine tries a pattern of words at every place of a text, and takes tens of microseconds for a sentence. The
pieces of text of which every match has to contain one follow from the pattern itself, as in Russ Cox's "Regular
Expression Matching with a Trigram Index" (2012); whether one of them is there is asked first.

A pattern of many words is put together by `any_of` from classes that have names, each with an example of what it
catches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib import import_module
from itertools import product
from typing import Any, NamedTuple

_MOST = 56  # pieces that are looked for: more cost as much as the pattern
_MOST_SPELLINGS = 24  # of one run of characters
_LONGEST = 12  # characters of a piece
_LOOK = 0.004  # of the pattern's cost is what looking for one piece costs
_WORTHLESS = 0.6  # of the estimated share of texts that hold a piece: the pattern is tried on nearly all of them
_EVERYWHERE = 0.25  # of the texts hold one of these words
_MARKED = 0.1
_EVERYDAY = frozenset(
    """
    all an and are as at be but by can do for from have he if in is it of on or so that the this to was we will with . ,
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)


class Cued:
    """A pattern with the methods of `re.Pattern` that are used here, each with the same results.

    It is compiled when a text has one of its pieces for the first time.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.source, self.flags = pattern, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The plain pattern."""
        return re.compile(self.source, self.flags)

    @cached_property
    def cues(self) -> Cues:
        """What a text must hold."""
        return cues_of(self.source, self.flags)

    def search(self, text: str, small: str | None = None) -> re.Match[str] | None:
        """The first match, as `re.Pattern.search` finds it. `small`: the text `folded`, where that is at hand."""
        if self.cues.anchored:  # the engine would try every place
            return self.pattern.match(text)
        return self.pattern.search(text) if self.may_match(text, small) else None

    def match(self, text: str) -> re.Match[str] | None:
        """A match at the beginning, which is found or not as fast as any piece."""
        return self.pattern.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        if not self.may_match(text) or (self.cues.anchored and self.pattern.match(text) is None):
            return text
        return self.pattern.sub(replacement, text)

    def may_match(self, text: str, small: str | None = None) -> bool:
        """Whether a text holds one of the pieces without which the pattern matches nowhere."""
        _, folds, pieces = self.cues
        if not pieces:
            return True
        if folds:
            text = folded(text) if small is None else small
        return any(map(text.__contains__, pieces))


class Cues(NamedTuple):
    """What follows from a pattern: `anchored`, it can match at a text's beginning only; `folds`, the pieces are in
    small letters, for a text in small letters; `pieces`, of which every match holds one (none: nothing is known)."""

    anchored: bool
    folds: bool
    pieces: tuple[str, ...]


def cues_of(pattern: str, flags: int = 0) -> Cues:
    """What every match of a pattern has to hold.

    Nothing is known of it where no piece is certain that most texts lack, nor where this Python's parser of patterns
    has another form than the one known here.
    """
    try:
        parsed = import_module("re._parser").parse(pattern, flags)
        items = list(parsed)
        folds = bool(parsed.state.flags & re.IGNORECASE)
        anchored = not parsed.state.flags & re.MULTILINE and _begins(items)
        found = _best(_cues(items)) if not anchored else None  # one place is tried as fast as any piece is found
    except (ImportError, AttributeError, TypeError, ValueError):
        return Cues(anchored=False, folds=False, pieces=())
    pieces = {folded(piece[:_LONGEST]) if folds else piece[:_LONGEST] for piece in found or ()}
    shortest = {p for p in pieces if not any(q != p and q in p for q in pieces)}
    return Cues(anchored, folds, tuple(sorted(shortest, key=lambda p: (_share([p]), p), reverse=True)))


def folded(text: str) -> str:
    """A text in small letters, with the two letters that a pattern takes for others."""
    small = text.lower()
    return small if small.isascii() else small.replace("ſ", "s").replace("ı", "i")


def any_of(*classes: str) -> str:
    """One group of all alternatives of several classes, each of which is written "this|that|these".

    A named class a line says what a pattern catches; in one group the engine tries no more than in a pattern that was
    written in one piece.
    """
    return f"(?:{'|'.join(classes)})"


def large_or_small(words: str) -> str:
    """Alternatives ("like|for") that begin with a capital or not, in a pattern that minds case elsewhere."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words.split("|"))


_Items = list[tuple[Any, Any]]
_Pieces = frozenset[str]
_NO_TEXT: _Pieces = frozenset({""})


def _begins(items: _Items) -> bool:
    """Whether a sequence can only match at the beginning of a text."""
    for code, value in items[:1]:
        name = str(code)
        if name == "AT":
            return str(value) in ("AT_BEGINNING", "AT_BEGINNING_STRING")
        if name == "SUBPATTERN":
            return _begins(list(value[3]))
        if name == "BRANCH":
            return all(_begins(list(branch)) for branch in value[1])
    return False


def _best(found: Iterable[_Pieces]) -> _Pieces | None:
    """Of several sets, each of which would do, the one that the fewest texts hold a piece of."""
    usable = [pieces for pieces in found if pieces and "" not in pieces and len(pieces) <= _MOST]
    best = min(usable, key=lambda pieces: (_share(pieces) + _LOOK * len(pieces), sorted(pieces)), default=None)
    return best if best is not None and _share(best) < _WORTHLESS else None


def _share(pieces: Iterable[str]) -> float:
    """About the share of sentences in which one of these pieces stands."""
    return sum(map(_frequency, pieces))


def _frequency(piece: str) -> float:
    """A letter more makes a piece six times rarer; marks are rare but for those that nearly every sentence has."""
    if piece.strip().lower() in _EVERYDAY:
        return _EVERYWHERE
    letters = all(char.isalnum() or char == " " for char in piece)
    return 1.8 * 6.0 ** (1 - len(piece)) * (1.0 if letters else _MARKED)


def _cues(items: _Items) -> Iterator[_Pieces]:
    """Sets of pieces: of each one, every match of the sequence holds a piece."""
    run = _NO_TEXT
    for code, value in items:
        exact = _spellings(code, value)
        if exact is not None and len(exact) > 1:  # what stands before a choice may be enough, or the choice alone
            yield run
            yield exact
        if exact is not None and len(run) * len(exact) <= _MOST_SPELLINGS:
            run = frozenset(a + b for a, b in product(run, exact))
            continue
        yield run
        run = exact if exact is not None else _NO_TEXT
        if exact is None and (inside := _inside(str(code), value)) is not None:
            yield inside
    yield run


def _inside(name: str, value: Any) -> _Pieces | None:  # noqa: ANN401 -- the parser's own trees
    """The pieces of one element whose spellings are too many to list."""
    if name == "SUBPATTERN":
        return None if value[1] or value[2] else _best(_cues(list(value[3])))
    if name == "ATOMIC_GROUP":
        return _best(_cues(list(value)))
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _best(_cues(list(value[2]))) if value[0] else None
    if name == "ASSERT":
        return _best(_cues(list(value[1])))
    if name == "BRANCH":
        branches = [_best(_cues(list(branch))) for branch in value[1]]
        known = [pieces for pieces in branches if pieces is not None]
        return frozenset().union(*known) if len(known) == len(branches) else None
    return None


def _spellings(code: Any, value: Any) -> _Pieces | None:  # noqa: ANN401 -- the parser's own trees
    """Everything that an element can match, where that is little; a place in the text has one empty spelling."""
    name = str(code)
    if name == "LITERAL":
        return frozenset({chr(value)})
    if name in ("AT", "ASSERT_NOT"):
        return _NO_TEXT
    if name == "IN":
        literal = all(str(kind) == "LITERAL" for kind, _ in value)
        return frozenset(chr(char) for _, char in value) if literal and len(value) <= _MOST_SPELLINGS else None
    if name == "SUBPATTERN" and not value[1] and not value[2]:
        return _of_sequence(list(value[3]))
    if name == "BRANCH":
        branches = [_of_sequence(list(branch)) for branch in value[1]]
        known = [spelled for spelled in branches if spelled is not None]
        whole = frozenset().union(*known)
        return whole if len(known) == len(branches) and len(whole) <= _MOST_SPELLINGS else None
    if name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] == 0 and value[1] == 1:
        once = _of_sequence(list(value[2]))
        return None if once is None else once | {""}
    return None


def _of_sequence(items: _Items) -> _Pieces | None:
    whole: _Pieces = _NO_TEXT
    for code, value in items:
        exact = _spellings(code, value)
        if exact is None or len(whole) * len(exact) > _MOST_SPELLINGS:
            return None
        whole = frozenset(a + b for a, b in product(whole, exact))
    return whole
