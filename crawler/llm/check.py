"""The check of a sentence against its article: names, numbers and content words must come from there.

It asks where a word stands, too: a number beside what the article counts with it, a name beside the words that the
article has beside it, a denial where the article denies. What it cannot tell is who did what to whom when all of the
words stand close together ("moved from A to B", "from B to A").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.llm.evidence import Evidence, Line, line_of
from crawler.llm.lexicon import MINOR, is_free, is_telling, near, opposites
from crawler.llm.numbers import is_crowd, is_unit, matches, numbers_of
from crawler.llm.stems import bare, parts_of, stem

COPIED = 0.7  # of a sentence's content words in one line of the article: it is that line, edited
_TOKEN = re.compile(r"[^\W_]+(?:[.+#&/_@:-]+[^\W_]+|['’][^\W_]+)*(?:\+\+|#)?")
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nothing|nobody|unable)\b|n['’]t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence may not be printed: the rule that it broke, and the words that broke it."""

    rule: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.rule} “{self.words}”" if self.words else self.rule


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that carries meaning, by its stem, and where it stands."""

    stem: str
    start: int
    end: int


def unsupported(sentence: str, evidence: Evidence) -> Fault | None:
    """The first thing that a sentence says and its article does not; None where all of it comes from there."""
    said = line_of(sentence)
    names = tuple(names_of(said.text))
    return (
        _wrong_number(said, evidence)
        or _unknown_name(names, evidence)
        or _unknown_word(said, evidence)
        or _out_of_place(said, names, evidence)
    )


# ---------------------------------------------------------------- does it stand there at all


def _wrong_number(said: Line, evidence: Evidence) -> Fault | None:
    every = [n for line in (*evidence.about, *evidence.lines) for n in line.numbers]
    for number in said.numbers:
        if not any(matches(number, known) for known in every):
            return Fault("number", said.text[number.start : number.end])
    return None


def _unknown_name(names: Sequence[str], evidence: Evidence) -> Fault | None:
    return next((Fault("name", name) for name in names if not _known(name, evidence.capitals)), None)


def names_of(sentence: str) -> Iterator[str]:
    """Tokens that are written as names: capitals inside a sentence, capitals or digits inside a word."""
    for match in _TOKEN.finditer(sentence):
        token = bare(match[0])
        inner = bool(re.search(r"[^\W\d_]\d|\d[^\W\d_]|(?<=.)[A-Z]", token))
        opens = match.start() == 0 or sentence[: match.start()].rstrip("\"“‘'( ").endswith((".", "!", "?", ":"))
        if (inner or (not opens and token[:1].isupper())) and not _is_number(token):
            yield token


def _is_number(token: str) -> bool:
    found = numbers_of(token)
    return len(found) == 1 and found[0].start == 0 and found[0].end >= len(token) - 2


def _forms(name: str) -> set[str]:
    small = name.casefold()
    return {small, small.removesuffix("s"), small.removesuffix("es"), f"{small}s", re.sub(r"[^\w]", "", small)}


def _known(name: str, tokens: frozenset[str]) -> bool:
    if _forms(name) & tokens:
        return True
    parts = parts_of(name)
    return len(parts) > 1 and all(_forms(part) & tokens or part.casefold() in MINOR for part in parts)


def _unknown_word(said: Line, evidence: Evidence) -> Fault | None:
    for match in _TOKEN.finditer(said.text):
        token = bare(match[0])
        if _supported(token, evidence):
            continue
        parts = parts_of(token)
        if len(parts) < 2 or not all(_supported(part, evidence) for part in parts):
            return Fault("word", token)
    return None


def _supported(word: str, evidence: Evidence) -> bool:
    small = word.casefold()
    if small in MINOR or small in evidence.tokens or len(small) < 2 or small.isdigit():
        return True
    if is_crowd(small):
        return False
    if is_unit(small):
        return True
    stemmed = stem(small)
    return bool(({stemmed} | near(stemmed)) & evidence.stems) or is_free(stemmed) or bool(numbers_of(word))


# ---------------------------------------------------------------- does it stand where it belongs


def _out_of_place(said: Line, names: Sequence[str], evidence: Evidence) -> Fault | None:
    words = _words_of(said.text)
    return (
        _number_of_another(said, words, evidence)
        or _name_of_another(said, names, words, evidence)
        or _badly_copied(said, names, words, evidence)
        or _denied(said, words, evidence)
        or _turned(said, words, evidence)
    )


def _words_of(text: str) -> list[_Word]:
    """The words that carry meaning, in order."""
    return [
        _Word(stem(part), match.start(), match.end())
        for match in _TOKEN.finditer(text)
        for part in map(str.casefold, parts_of(match[0]))
        if part not in MINOR and len(part) > 1 and not is_unit(part) and not numbers_of(part)
    ]


def _beside(words: Sequence[_Word], start: int, end: int, reach: int) -> list[str]:
    """The stems of the nearest words on both sides of a place."""
    before = [w.stem for w in words if w.end <= start][-reach:]
    return before + [w.stem for w in words if w.start >= end][:reach]


def _shared(wanted: Sequence[str], stems: frozenset[str]) -> int:
    """How many of these words stand there, themselves or as a near word."""
    return sum(1 for w in wanted if w in stems or near(w) & stems)


def _number_of_another(said: Line, words: Sequence[_Word], evidence: Evidence) -> Fault | None:
    for number in said.numbers:
        beside = _beside(words, number.start, number.end, 1)
        places = [
            (line, known)
            for line in (*evidence.lines, *evidence.about)
            for known in line.numbers
            if matches(number, known)
        ]
        if beside and not any(
            _shared(beside, frozenset(_beside(_words_of(line.text), known.start, known.end, 5)))
            for line, known in places
        ):
            return Fault("number of something else", said.text[number.start : number.end])
    return None


def _name_of_another(said: Line, names: Sequence[str], words: Sequence[_Word], evidence: Evidence) -> Fault | None:
    about = frozenset(t for line in evidence.about for t in line.tokens)
    for name in names:
        if _known(name, about):
            continue  # the article is about it, wherever its sentences say "we"
        at = said.text.find(name)
        beside = _beside(words, at, at + len(name), 2)
        holding = [line for line in evidence.lines if _forms(name) & line.tokens or _known(name, line.tokens)]
        if beside and not any(_shared(beside, line.stems) for line in holding):
            return Fault("name of something else", name)
    return None


def _badly_copied(said: Line, names: Sequence[str], words: Sequence[_Word], evidence: Evidence) -> Fault | None:
    """A line of the article with something else in a place of its own."""
    mine = [w.stem for w in words]
    about = frozenset(t for line in evidence.about for t in line.tokens)
    fault: Fault | None = None
    for place, line in enumerate(evidence.lines):
        if _shared(mine, line.stems) < max(3.0, COPIED * len(mine)):
            continue
        beside = evidence.lines[max(0, place - 1) : place + 2]
        tokens = frozenset[str]().union(about, *(one.tokens for one in beside))
        stems = frozenset[str]().union(*(one.stems for one in (*evidence.about, *beside)))
        known = [number for one in (*evidence.about, line) for number in one.numbers]
        wrong = (
            next((name for name in names if not _known(name, tokens)), "")
            or next((said.text[n.start : n.end] for n in said.numbers if not any(matches(n, k) for k in known)), "")
            or next(
                (said.text[w.start : w.end] for w in words if not (is_telling(w.stem) or _shared([w.stem], stems))), ""
            )
        )
        if not wrong:
            return None
        fault = fault or Fault("word of something else", wrong)
    return fault


def _denied(said: Line, words: Sequence[_Word], evidence: Evidence) -> Fault | None:
    """A denial that the article does not make, or one of the article's that was left out."""
    every = (*evidence.about, *evidence.lines)
    denials = list(_DENIAL.finditer(said.text))
    for denial in denials:
        beside = _beside(words, denial.start(), denial.end(), 2)
        if beside and not any(_denies(line, beside) for line in every):
            return Fault("denial", denial[0])
    mine = frozenset(w.stem for w in words)
    close = [line for line in every if _shared([w.stem for w in words], line.stems) >= max(3.0, COPIED * len(words))]
    if denials and close and not any(_DENIAL.search(line.text) for line in close):
        return Fault("denial", denials[0][0])
    if denials or not close:
        return None
    if all(any(_shared(beside, mine) >= len(beside) > 1 for beside in _denials(line)) for line in close):
        return Fault("a denial is left out")
    return None


def _denials(line: Line) -> Iterator[list[str]]:
    words = _words_of(line.text)
    for match in _DENIAL.finditer(line.text):
        yield [w.stem for w in words if w.end <= match.start()][-1:] + [
            w.stem for w in words if w.start >= match.end()
        ][:2]


def _denies(line: Line, beside: Sequence[str]) -> bool:
    words = _words_of(line.text)
    return any(
        _shared(beside, frozenset(_beside(words, match.start(), match.end(), 4))) >= min(2, len(beside))
        for match in _DENIAL.finditer(line.text)
    )


def _turned(said: Line, words: Sequence[_Word], evidence: Evidence) -> Fault | None:
    """ "Faster" where the article has "slower" beside the same words."""
    for word in words:
        against = opposites(word.stem)
        if not against:
            continue
        beside = _beside(words, word.start, word.end, 3)
        same = turned = False
        for line in (*evidence.about, *evidence.lines):
            if _shared(beside, line.stems) >= min(2, len(beside)):
                same = same or bool(({word.stem} | near(word.stem)) & line.stems)
                turned = turned or bool(against & line.stems)
        if turned and not same:
            return Fault("direction", said.text[word.start : word.end])
    return None
