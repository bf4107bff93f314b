"""Whether the words of a sentence stand where they belong: a number beside what the article counts with it, a name
beside the words and the names that the article has beside it, a denial where the article denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.llm.evidence import Evidence, Line
from crawler.llm.fault import Fault
from crawler.llm.lexicon import MINOR, is_telling, near, opposites
from crawler.llm.names import TOKEN, forms, known, name_before, only_opens, pairs_of, stand_together
from crawler.llm.numbers import Number, is_unit, matches, numbers_of
from crawler.llm.stems import parts_of, stem

COPIED = 0.7  # of a sentence's content words in one line of the article: it is that line, edited
_NEAR_NAME = 6  # words on each side of a name in the article, among which one that the sentence has beside it
_COUNTED = 4  # words after a number in the article, among which what it counts
_BESIDE = 40  # characters before a number and after it, among which the name whose version or year it is
_SPEAKERS = frozenset({"we", "our", "us", "i", "my", "me"})
_CALENDAR = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """.split()  # noqa: SIM905 - read as words
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nothing|nobody|unable)\b|n['’]t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that carries meaning, by its stem, and where it stands."""

    stem: str
    start: int
    end: int


def out_of_place(said: Line, names: Sequence[str], evidence: Evidence) -> Fault | None:
    """What of a sentence stands beside other words than in the article; None where all is in its place.

    `names` are those that the sentence says; that they are in the article at all has been checked.
    """
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
        for match in TOKEN.finditer(text)
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
        places = [
            (line, one) for line in (*evidence.lines, *evidence.about) for one in line.numbers if matches(number, one)
        ]
        if not (
            _counted_alike(number, words, places)
            and _of_its_name(said.text, number, places)
            and _before_the_same(said.text, number, words, places)
        ):
            return Fault("number of something else", said.text[number.start : number.end])
    return None


_Places = Sequence[tuple[Line, Number]]


def _counted_alike(number: Number, words: Sequence[_Word], places: _Places) -> bool:
    beside = _beside(words, number.start, number.end, 1)
    return not beside or any(
        _shared(beside, frozenset(_beside(_words_of(line.text), one.start, one.end, 5))) for line, one in places
    )


def _of_its_name(text: str, number: Number, places: _Places) -> bool:
    """Whether a version or a year has its name beside it in the article: "Podman 4.0", "April 2024"."""
    name = name_before(text, number.start)
    if not name:
        return True
    for line, one in places:
        around = f"{line.text[max(0, one.start - _BESIDE) : one.start]} {line.text[one.end : one.end + _BESIDE]}"
        if any(forms(name) & forms(match[0]) for match in TOKEN.finditer(around)):
            return True
    return False


def _before_the_same(text: str, number: Number, words: Sequence[_Word], places: _Places) -> bool:
    """Whether a count stands before what it counts: "fourteen members" is no "two members"."""
    version_or_year = "." in number.plain or (number.plain and 1900 <= number.value <= 2100)
    if number.unit or version_or_year or name_before(text, number.start) or re.match(r"\s*[,.;:)]", text[number.end :]):
        return True
    counted = [w.stem for w in words if w.start >= number.end][:2]
    return not counted or any(
        _shared(counted, frozenset([w.stem for w in _words_of(line.text) if w.start >= one.end][:_COUNTED]))
        for line, one in places
    )


def _name_of_another(said: Line, names: Sequence[str], words: Sequence[_Word], evidence: Evidence) -> Fault | None:
    about = frozenset(t for line in evidence.about for t in line.tokens)
    every = (*evidence.about, *evidence.lines)
    for name in names:
        if known(name, about):
            continue  # the article is about it, wherever its sentences say "we"
        at = said.text.find(name)
        beside = _beside(words, at, at + len(name), 2)
        if only_opens(name, every) or (beside and not _in_its_place(name, beside, evidence.lines)):
            return Fault("name of something else", name)
    for first, second in pairs_of(said.text):
        if not known(first, about) and not stand_together(first, second, every):
            return Fault("name of something else", f"{first} {second}")
    return None


def _in_its_place(name: str, beside: Sequence[str], lines: Sequence[Line]) -> bool:
    """Whether a line has one of these words near the name; anywhere in the line where it writes the name otherwise, or
    where it is a day or a month."""
    for line in lines:
        if not (forms(name) & line.tokens or known(name, line.tokens)):
            continue
        found = list(re.finditer(re.escape(name), line.text, re.IGNORECASE))
        if (not found or name.casefold() in _CALENDAR) and _shared(beside, line.stems):
            return True
        words = _words_of(line.text) if found else []
        if any(_shared(beside, frozenset(_beside(words, m.start(), m.end(), _NEAR_NAME))) for m in found):
            return True
    return False


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
        numbers = [number for one in (*evidence.about, line) for number in one.numbers]
        wrong = (
            next((name for name in names if not known(name, tokens)), "")
            or next((said.text[n.start : n.end] for n in said.numbers if not any(matches(n, k) for k in numbers)), "")
            or next(
                (said.text[w.start : w.end] for w in words if not (is_telling(w.stem) or _shared([w.stem], stems))), ""
            )
            or next((said.text[w.start : w.end] for w in _replaced(words, line)), "")
            or next((said.text[n.start : n.end] for n in _recounted(said, words, line)), "")
        )
        if not wrong:
            return None
        fault = fault or Fault("word of something else", wrong)
    return fault


def _replaced(words: Sequence[_Word], line: Line) -> Iterator[_Word]:
    """Words that stand between the same two as another one of the line; who speaks may be told by name."""
    theirs = [w.stem for w in _words_of(line.text)]
    between = {(one, other): own for one, own, other in zip(theirs, theirs[1:], theirs[2:], strict=False)}
    for one, word, other in zip(words, words[1:], words[2:], strict=False):
        own = between.get((one.stem, other.stem))
        if own and own not in _SPEAKERS and not {own, *near(own)} & {word.stem} and word.stem not in line.stems:
            yield word


def _recounted(said: Line, words: Sequence[_Word], line: Line) -> Iterator[Number]:
    """Numbers that stand between the same two words as other ones of the line."""
    theirs = _words_of(line.text)
    there = [(_beside(theirs, one.start, one.end, 1), one) for one in line.numbers]
    for number in said.numbers:
        beside = _beside(words, number.start, number.end, 1)
        same = [one for around, one in there if around == beside]
        if same and not any(matches(number, one) for one in same):
            yield number


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
