"""The language of a text; the only importer of py3langid, which is loaded when first needed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from crawler.model import Reason

SAMPLE = 600
_SHORT = 60
_WORD = re.compile(r"[^\W\d_]+")
# The commonest words of languages that engineering blogs are written in: enough to confirm a source's own language
# without the model. Each set holds words that the others lack or rarely have.
_COMMON = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "is",
            "in",
            "that",
            "for",
            "with",
            "this",
            "it",
            "as",
            "are",
            "we",
            "on",
            "be",
            "you",
            "by",
            "our",
            "from",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "und",
            "das",
            "ist",
            "nicht",
            "mit",
            "ein",
            "eine",
            "auf",
            "für",
            "wir",
            "von",
            "zu",
            "den",
            "dem",
            "sich",
            "auch",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "est",
            "une",
            "nous",
            "pour",
            "dans",
            "que",
            "qui",
            "pas",
            "sur",
            "avec",
            "et",
            "du",
            "au",
        ]
    ),
    "es": frozenset(
        ["el", "los", "las", "una", "que", "por", "con", "para", "del", "como", "está", "más", "y", "en", "un", "se"]
    ),
    "pt": frozenset(
        ["o", "os", "as", "uma", "que", "não", "com", "para", "do", "da", "em", "como", "mais", "um", "e", "se"]
    ),
    "it": frozenset(
        ["il", "lo", "gli", "una", "che", "non", "con", "per", "del", "della", "come", "più", "sono", "di", "è", "si"]
    ),
    "nl": frozenset(
        ["de", "het", "een", "van", "is", "niet", "met", "voor", "op", "zijn", "wij", "dat", "en", "te", "in"]
    ),
}
# What else English prose is made of, and texts in the other languages are not. A title has too few words for them.
_MORE_ENGLISH = """
    have has had were been which who when what where how their they them there these those your its not but than then
    into about over between after before can could would should will may each other some such most more only both
    because while through using used use if up at
"""
_COMMON_IN_PROSE = _COMMON | {"en": _COMMON["en"] | frozenset(_MORE_ENGLISH.split())}
_LEAST = 0.2  # of a text's words are common ones of its language
_LEAST_OF_PROSE = 0.15  # of the longer list: half of what technical prose has, twice what its neighbours do


def detect_language(text: str, expected: str | None, title: str = "") -> tuple[str, Reason]:
    """A two-letter code (ISO 639-1) and how it was found; empty when there is neither text nor expectation.

    `expected` is what the source says of itself: confirmed by common words, or overruled by the detector. `title` is
    looked at where there is no text.
    """
    prior = (expected or "").split("-")[0].split("_")[0].lower()
    sample = text[:SAMPLE]
    if len(sample) < _SHORT:
        return _of_few_words(sample or title, prior, "lead" if sample else "title")
    if common := _COMMON_IN_PROSE.get(prior or "en"):
        words = _WORD.findall(sample.lower())
        known = [w for w in words if w in common]
        share = len(known) / max(1, len(words))
        if share > (_LEAST_OF_PROSE if common is _COMMON_IN_PROSE["en"] else _LEAST):
            return prior or "en", Reason(
                "language", prior or "en", "common words", _first(sample, known[0]), "lead", round(share, 3)
            )
    language, score = _model().classify(sample)
    opening = sample[:60].split("\n")[0]
    return str(language), Reason("language", str(language), "py3langid", opening, "lead", round(float(score), 3))


def _of_few_words(text: str, prior: str, where: str) -> tuple[str, Reason]:
    """The source's own language, else what common words or the script tell: a detector errs on titles full of names."""
    if prior:
        return prior, Reason("language", prior, "source", prior, "source", 0.5)
    if not any(c.isalpha() for c in text):
        return "", Reason("language", "", "no text", "", "", 0.0)
    language = title_language(text) or ("en" if text.isascii() else str(_model().classify(text)[0]))
    return language, Reason("language", language, "few words", text, where, 0.5)


def _first(sample: str, word: str) -> str:
    """A word as it stands in a text."""
    found = re.search(rf"\b{re.escape(word)}\b", sample, re.IGNORECASE)
    return found[0] if found else word


def title_language(title: str) -> str:
    """The language of a title as far as its common words tell, without the model; empty where they do not.

    Two words are asked for that English lacks, and no English one, because a title has few words and many names.
    """
    words = set(_WORD.findall(title.lower()))
    others = {language: common - _COMMON["en"] for language, common in _COMMON.items() if language != "en"}
    if words & (_COMMON["en"] - set().union(*(_COMMON[language] for language in others))):
        return "en"
    counts = {language: len(words & common) for language, common in others.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 2 else ""


@lru_cache(maxsize=1)
def _model() -> Any:  # noqa: ANN401 - the library has no types
    import py3langid

    return py3langid
