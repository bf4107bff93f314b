"""What speaks for a sentence and against it as part of a summary: its place, its words, what it states.

Each sign is a number, mostly between 0 and 1, with two weights: as the opening, where the subject has to be said, and
as a later sentence, where how it was done and what came of it count. The weights lie in `weights.json`. Those of the
opening are fitted to the descriptions that authors wrote of their own articles (`python -m tests.eval.fit_openings`),
those of a later sentence to what readers would print after the opening (`python -m tests.eval.fit_later`), both near to
weights set by hand; each tells what its weights are worth on sites they were not fitted to.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crawler.label.sentences.measures import stems
from crawler.label.sentences.splitting import Sentence
from crawler.label.speakers.actor import Actor
from crawler.label.summary.cues import ABSTRACT, ENDING, FURNITURE, announces, wording_signs
from crawler.label.summary.outcome import is_outcome
from crawler.label.summary.thesis import states_point
from crawler.label.view import View

SHORTEST, LONGEST = 7, 42  # words of a sentence that may be used
_BEGINNING = 25  # sentences among which an article says what it is about
_QUOTES = '"”’)]'
_COUNTED = 60  # words of an article that may be central to it
_COMMON = re.compile(r"^(?:the|an?|our|how|why|what|introducing|announcing|using|building|making) ", re.IGNORECASE)
_DIGIT = re.compile(r"\d")

WEIGHTS_FILE = Path(__file__).with_name("weights.json")
_SAID: dict[str, dict[str, float]] = json.loads(WEIGHTS_FILE.read_text())
WEIGHTS = {sign: (_SAID["opening"][sign], later) for sign, later in _SAID["later"].items()}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence with its content words, its signs, its two scores, and whether it states the article's point."""

    sentence: Sentence
    bag: frozenset[str]
    signs: dict[str, float]
    opening: float
    later: float
    point: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sentences of one article are compared with."""

    title: frozenset[str]
    headings: frozenset[str]
    start: frozenset[str]  # the words of its first sentences
    described: frozenset[str]  # of the description that came with it
    top: dict[str, float]  # its most frequent words
    scale: float
    opening_heading: str
    sentences: int


def weigh(sentences: list[Sentence], view: View, actor: Actor, *, release: bool, most: int) -> list[Weighed]:
    """The `most` best sentences by place and vocabulary in either role, with all their signs, in reading order."""
    placed = [(*scores(signs), sentence, bag, signs) for sentence, bag, signs in place(sentences, view)]
    by_later = sorted(placed, key=lambda p: (-p[1], p[2].index))[:most]
    by_opening = sorted(placed, key=lambda p: (-p[0], p[2].index))[: most // 2]
    told = [p for p in placed if p[2].index < _BEGINNING and announces(p[2].text)]
    told += [p for p in placed if "numbered" in p[3] and is_outcome(p[2].text.lower())]
    subject = _subject(view.title)
    company = "" if actor.person or actor.nameless else actor.name.lower().removeprefix("the ")
    title = stems(view.title)
    points = [
        p
        for p in placed
        if not release
        and states_point(p[2].text, company, shared=len(p[3] & title), index=p[2].index, titled=len(title))
    ]
    pointed = {p[2].index for p in points}
    tried = {p[2].index: p for p in (*by_later, *by_opening, *told, *points)}
    found = []
    for opening, later, sentence, bag, signs in tried.values():
        said = wording_signs(sentence.text, subject, company, release=release, nameless=actor.nameless)
        more = scores(said)
        found.append(
            Weighed(sentence, bag, signs | said, opening + more[0], later + more[1], sentence.index in pointed)
        )
    return sorted(found, key=lambda w: w.sentence.index)


def place(sentences: Sequence[Sentence], view: View) -> list[tuple[Sentence, frozenset[str], dict[str, float]]]:
    """The sentences that may be used, with what place, title and vocabulary say; cheap enough for every sentence."""
    bags = [stems(s.text) for s in sentences]
    known = _known(sentences, bags, view)
    found = []
    position = 0
    for sentence, bag in zip(sentences, bags, strict=True):
        words = sentence.text.count(" ") + 1
        at = position
        position += words >= 5
        if not sentence.text.rstrip(_QUOTES).endswith((".", "!")):  # a question, a heading, what leads over to a list
            continue
        if SHORTEST <= words <= LONGEST + 8 and not sentence.quoted and not _section(sentence.heading)[0]:
            found.append((sentence, bag, _signs(sentence, bag, words, at, known)))
    return found


def _known(sentences: Sequence[Sentence], bags: Sequence[frozenset[str]], view: View) -> _Known:
    counts: Counter[str] = Counter()
    for bag in bags:
        counts.update(bag)
    # By number and word, and summed exactly: the order of a set differs from process to process.
    frequent = sorted(((-n, word) for word, n in counts.items() if n > 1))[:_COUNTED]
    top = {word: math.log1p(-n) for n, word in frequent}
    return _Known(
        title=stems(view.title),
        headings=stems(view.headings),
        start=frozenset().union(*bags[:4]),
        described=stems(view.description),
        top=top,
        scale=math.fsum(list(top.values())[:8]) or 1.0,
        opening_heading=sentences[0].heading if sentences else "",
        sentences=len(sentences),
    )


def _signs(sentence: Sentence, bag: frozenset[str], words: int, at: int, known: _Known) -> dict[str, float]:
    """What place and vocabulary say of a sentence of `words` words, the `at`-th of some length."""
    shared = len(bag & known.title)
    size = len(bag) or 1
    top = known.top
    signs = {
        "place": math.exp(-at / 12),
        "early": math.exp(-at / 3),
        "centre": min(1.0, math.fsum([top[w] for w in bag if w in top]) / known.scale),
    }
    if shared:
        signs |= {"title": shared / max(3, len(known.title)), "titled": shared / size, "shared": min(4, shared) / 4}
    if known.headings and (headed := len(bag & known.headings)):
        signs["headed"] = headed / size
    if sentence.index >= 4:
        signs["echo"] = len(bag & known.start) / size
    if sentence.heading == known.opening_heading:
        signs["intro"] = 1.0
    if sentence.first:
        signs["first"] = 1.0
    if sentence.kind != "paragraph":
        signs["item"] = 1.0
    if _DIGIT.search(sentence.text):
        signs["numbered"] = 1.0
    if words < 14:
        signs["brief"] = (14 - words) / 10
        signs["short"] = float(words < 11)
    elif words > 22:
        signs["long"] = (words - 22) / 10
    if at > 0.85 * known.sentences and known.sentences > 12:
        signs["late"] = 1.0
    _, signs["ending"], signs["abstract"] = _section(sentence.heading)
    if known.described and bag <= known.described:
        signs["described"] = 1.0
    return signs


@lru_cache(maxsize=1000)
def _section(heading: str) -> tuple[float, float, float]:
    """Whether a section is furniture of the page, an ending that concludes, an abstract: 0 or 1 each."""
    if not heading:
        return 0.0, 0.0, 0.0
    return (
        float(bool(FURNITURE.match(heading))),
        float(bool(ENDING.match(heading))),
        float(bool(ABSTRACT.match(heading))),
    )


def scores(signs: dict[str, float]) -> tuple[float, float]:
    """The weighted sums of the signs: as an opening, and as a later sentence."""
    opening = later = 0.0
    for name, value in signs.items():
        as_opening, as_later = WEIGHTS[name]
        opening += as_opening * value
        later += as_later * value
    return opening, later


def _subject(title: str) -> str:
    """The title's first name, which a sentence about the subject opens with; empty where it has none."""
    bare = _COMMON.sub("", title)
    first = bare.split(" ", 1)[0].strip(":,'’\"“”")
    return first.lower() if len(first) > 1 and first[:1].isupper() else ""
