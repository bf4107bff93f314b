"""Which words sell: how much the words of an article are those of job ads, sponsored posts, and marketing.

The signs of `forms.yaml` know set wordings; there are more ways to say "come and work with us" than a list holds.
Here each word and each pair of words has a weight, fitted to texts of both sorts by logistic regression
(`python -m tests.eval.fit_promotion` fits them again and tells what they are worth on texts that it has not seen).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

WEIGHTS_FILE = Path(__file__).with_name("weights.json")
OPENING_WORDS = 140  # what is sold is named early
TITLE = "title: "  # before a word that stands in the title
_WORD = re.compile(r"[a-zäöüß][a-z'’äöüß]*|[€$£]|\d+", re.IGNORECASE)


class Sold(NamedTuple):
    """How surely a form is told (log odds; above 0 more likely than not), and the words that say most."""

    form: str
    odds: float
    evidence: str
    where: str


class Weights(NamedTuple):
    """Of one form: the odds of any text, and what each word or pair of words adds to them."""

    bias: float
    words: Mapping[str, float]


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, Weights]:
    """The fitted weights by form, read once a process."""
    read = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return {form: Weights(said["bias"], said["words"]) for form, said in read.items()}


def sold_by_words(title: str, body: str) -> list[Sold]:
    """What the words of a title and of the first `OPENING_WORDS` behind it say of each form."""
    said: dict[str, tuple[str, str]] = {}
    for word, evidence, where in wordings(title, body):
        said.setdefault(word, (evidence, where))
    return [sold for form, weights in load_weights().items() if (sold := _sold(form, weights, said))]


def _sold(form: str, weights: Weights, said: Mapping[str, tuple[str, str]]) -> Sold | None:
    found = {word: weights.words[word] for word in said if word in weights.words}
    if not found:
        return None
    best = max(found, key=lambda word: found[word])
    return Sold(form, weights.bias + sum(found.values()) / math.sqrt(len(found)), *said[best])


def wordings(title: str, body: str) -> Iterator[tuple[str, str, str]]:
    """Words and pairs as the weights name them (figures as "0"), as they are written, and where they stand."""
    for place, text, most in ((TITLE, title, 30), ("", title, 30), ("", body, OPENING_WORDS)):
        found = []
        for match in _WORD.finditer(text):
            found.append(match)
            if len(found) == most:
                break
        where = "title" if text is title else "text"
        names = ["0" if m[0].isdigit() else m[0].lower().replace("’", "'") for m in found]
        for name, match in zip(names, found, strict=True):
            yield place + name, match[0], where
        for (first, start), (second, end) in pairwise(zip(names, found, strict=True)):
            yield f"{place}{first} {second}", text[start.start() : end.end()], where
