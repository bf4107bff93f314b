"""What all the words of an article together say of its form, where no one of them says it.

"was" and "we" in every line are how people tell what they did; "can", "you" and "example" how they teach. Each common
word, each word and pair of words of a title, and each place in which the rules found signs has a weight for every
kind, fitted by logistic regression to articles that readers marked (`python -m tests.eval.fit_kinds` fits them again
and tells what they are worth on sites that they have not seen). They are added to what the rules say.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from crawler.label.kinds.rules import Sign
from crawler.label.view import View

WEIGHTS_FILE = Path(__file__).with_name("weights.json")
TITLE, SIGN, ANY = "title: ", "sign: ", "any: "  # before what is no word of the running text
SAMPLE = 6000  # characters of running text that are counted
FEWEST = 150  # a word in a short text is not many in a thousand
_WORD = re.compile(r"[a-z][a-z']*|[#@]\w+")
_ROOT = (
    5.0  # a word counts by the root of its number in a thousand: that it is there says more than that it comes again
)
_OF_TITLE = 0.8  # a word that the title has
_POINTS = 3.0  # of the rules: so many count like a word that stands there 25 times in a thousand
_SHOWN = 4  # letters: "and" may tell, but shows nothing
_DIFFERENT = (40, 200)  # words: up to here they are too few to tell, from there on they are enough

Weights = Mapping[str, tuple[tuple[str, float], ...]]


@lru_cache(maxsize=1)
def load_kind_weights() -> Weights:
    """What each feature adds to which kinds, read once a process."""
    read = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return {name: tuple(kinds.items()) for name, kinds in read.items()}


def words_of(view: View) -> list[str]:
    """The words of the first `SAMPLE` characters of the running text, in small letters."""
    return _WORD.findall(_small(view.body[:SAMPLE]))


def features(
    view: View, words: Mapping[str, int], signs: Iterable[Sign], known: Container[str] | None = None
) -> Iterator[tuple[str, float]]:
    """What the weights are of, and how much of it there is: 0 to about 1. Of what is not `known` nothing is told."""
    least, enough = _DIFFERENT
    share = min(1.0, max(0.0, (len(words) - least) / (enough - least)))
    if not share:
        return
    yield ANY, share
    a_thousand = 1000 / max(FEWEST, sum(words.values()))
    for word, times in words.items():
        if known is None or word in known:
            yield word, share * math.sqrt(times * a_thousand) / _ROOT
    for name in dict.fromkeys(_of_title(view.title)):
        yield TITLE + name, share * _OF_TITLE
    for sign in signs:
        yield f"{SIGN}{sign.where} {sign.kind}", sign.points * share / _POINTS


def told_by_words(view: View, words: Mapping[str, int], signs: Iterable[Sign]) -> dict[str, float]:
    """What the words add to each kind, or take from it, in the points of the rules; empty where they are too few."""
    weights = load_kind_weights()
    totals: dict[str, float] = defaultdict(float)
    for name, value in features(view, words, signs, weights):
        for kind, weight in weights.get(name, ()):
            totals[kind] += weight * value
    return dict(totals)


def telling_word(view: View, words: Mapping[str, int], kind: str) -> Sign:
    """The word of an article that weighs most for a kind, as it is written there; without evidence where none does."""
    weights = load_kind_weights()
    found = {
        name: dict(weights[name]).get(kind, 0.0) for name, _ in features(view, words, (), weights) if name in weights
    }
    shown = [name for name in found if found[name] > 0 and name != ANY and len(name.removeprefix(TITLE)) >= _SHOWN]
    best = max(shown, key=lambda name: found[name], default="")
    return Sign(kind, found.get(best, 0.0), *_evidence(best, view))


def _of_title(title: str) -> Iterator[str]:
    """Its words, and its pairs of words; the first one is a pair with "^"."""
    words = _WORD.findall(_small(title))
    yield from words
    for first, second in pairwise(["^", *words]):
        yield f"{first} {second}"


def _evidence(name: str, view: View) -> tuple[str, str]:
    """A feature as it is written in the article, and where."""
    if not name.startswith(TITLE):
        return name, "text"
    words = name.removeprefix(TITLE).removeprefix("^ ").split()
    spelled = r"\W+".join(re.escape(word).replace("'", "['’]") for word in words)
    found = re.search(rf"(?<!\w){spelled}(?!\w)", view.title, re.IGNORECASE)
    return (found[0], "title") if found else ("", "")


def _small(text: str) -> str:
    return text.lower().replace("’", "'")
