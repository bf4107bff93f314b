"""The check of a sentence against its article: names, numbers and content words must come from there.

It asks where a word stands, too: a number beside what the article counts with it, a name beside the words that the
article has beside it, a denial where the article denies. What it cannot tell is who did what to whom when all of the
words stand close together ("moved from A to B", "from B to A").
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.llm.evidence import Evidence, Line, line_of
from crawler.llm.fault import Fault
from crawler.llm.lexicon import MINOR, is_free, near
from crawler.llm.names import TOKEN, known, names_of
from crawler.llm.numbers import is_crowd, is_unit, matches, numbers_of
from crawler.llm.places import out_of_place
from crawler.llm.stems import bare, parts_of, stem


def unsupported(sentence: str, evidence: Evidence) -> Fault | None:
    """The first thing that a sentence says and its article does not; None where all of it comes from there."""
    said = line_of(sentence)
    names = tuple(names_of(said.text))
    return (
        _wrong_number(said, evidence)
        or _unknown_name(names, evidence)
        or _unknown_word(said, evidence)
        or out_of_place(said, names, evidence)
    )


def _wrong_number(said: Line, evidence: Evidence) -> Fault | None:
    every = [n for line in (*evidence.about, *evidence.lines) for n in line.numbers]
    for number in said.numbers:
        if not any(matches(number, known) for known in every):
            return Fault("number", said.text[number.start : number.end])
    return None


def _unknown_name(names: Sequence[str], evidence: Evidence) -> Fault | None:
    return next((Fault("name", name) for name in names if not known(name, evidence.capitals)), None)


def _unknown_word(said: Line, evidence: Evidence) -> Fault | None:
    for match in TOKEN.finditer(said.text):
        token = bare(match[0])
        if _supported(token, evidence):
            continue
        parts = parts_of(token)
        if len(parts) < 2 or not all(_supported(part, evidence) for part in parts):
            return Fault("word", token)
    return None


def _supported(word: str, evidence: Evidence) -> bool:
    small = word.casefold().replace("’", "'")
    if small in MINOR or small in evidence.tokens or len(small) < 2 or small.isdigit():
        return True
    if is_crowd(small):
        return False
    if is_unit(small):
        return True
    stemmed = stem(small)
    return bool(({stemmed} | near(stemmed)) & evidence.stems) or is_free(stemmed) or bool(numbers_of(word))
