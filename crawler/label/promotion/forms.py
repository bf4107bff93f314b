"""What sells instead of telling: job ads, sponsored posts, sales and product marketing, each with its words.

Set wordings tell it wherever they stand (`forms.yaml`); where a text is short, all its words together do, too
(`words.py`). Of one form the surer of the two counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from crawler.label.promotion.words import sold_by_words
from crawler.label.view import View
from crawler.model import Reason
from crawler.yamldoc import load_yaml

RULES_FILE = Path(__file__).with_name("forms.yaml")
LEAST = 0.15  # below this nothing is said of it
_SHORT = 500  # words: in a text as short as this a sign says all that it can
_OPENING = 1500  # characters: what is sold further down is sold by the way
_LAST = 4  # blocks that hold the last words
_EDGE = 500  # characters at the beginning and the end, where disclosures stand
_TITLE = 1.2  # what a title says, the article is about
_STRONG = 0.5  # such a sign says it by itself
_LONG = 1200  # words of somebody who has something to tell
_FEWEST = 10  # words: a title alone says too little
_PART = 5  # characters of a cue that are looked up before the cue is searched for
SURE = 0.5  # log odds from which words alone tell what sells
_SURELY = 0.4  # what they say then
_WORDS_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Sign:
    """A wording; `cues` are literals of which one must be there for `source`, its pattern, to match, each with its last
    characters. All in small letters."""

    worth: float
    place: str
    cues: tuple[tuple[str, str], ...]
    source: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.source)  # a process meets the cues of few signs


@dataclass(frozen=True, slots=True)
class Form:
    """One way to sell: its signs, how much of their sum any article may have, what they add up to at the most (weak
    ones alone, and all of them), and whether those at the end alone say it (`closing`)."""

    name: str
    spared: float
    weak: float
    most: float
    signs: tuple[Sign, ...]
    closing: bool


class _Said(NamedTuple):
    """Where an article would sell, in small letters, but for `last`: its end as it is written. `parts` are all runs of
    `_PART` characters of it: nearly every cue is ruled out by a look at them."""

    title: str
    start: str
    end: str
    last: str
    whole: str
    parts: frozenset[str]


class _Found(NamedTuple):
    strong: bool
    points: float
    evidence: str
    where: str
    last: bool = False


@cache
def load_forms() -> tuple[Form, ...]:
    """The forms of the file, made ready once a process."""
    forms: Mapping[str, Mapping[str, Any]] = load_yaml(RULES_FILE.read_text(encoding="utf-8"), RULES_FILE.name)
    return tuple(
        Form(name, f["spared"], f["weak"], f["most"], tuple(_signs(f["signs"])), f.get("closing", True))
        for name, f in forms.items()
    )


def _signs(groups: list[Mapping[str, Any]]) -> Iterator[Sign]:
    for group in groups:
        for cues, pattern in group["signs"].items():
            ends = tuple((cue[-_PART:], cue) for cue in cues.split("|"))
            yield Sign(group["worth"], group.get("place", "text"), ends, pattern)


_compiled = cache(re.compile)


def promotion_of(view: View, words: int) -> tuple[float, tuple[Reason, ...]]:
    """0 to 1, how much an article of so many `words` sells, and by which forms.

    A note at the end of a long article weighs little; that it was paid for weighs as much anywhere.
    """
    told = bool(view.code) or words > _LONG
    said = _said(view)
    reasons = {
        reason.value: reason for form in load_forms() if (reason := _by_signs(form, view, said, words, told=told))
    }
    if not told and words >= _FEWEST:
        for reason in _by_words(view):
            if reason.value not in reasons or reasons[reason.value].score < reason.score:
                reasons[reason.value] = reason
    total = sum(reason.score for reason in reasons.values())
    return round(min(1.0, total), 3), tuple(reasons.values()) if total >= LEAST else ()


def _by_signs(form: Form, view: View, said: _Said, words: int, *, told: bool) -> Reason | None:
    """What the set wordings of a form add up to, beyond what any article may have of them."""
    found = list(_found(form, view, said, words))
    if not form.closing and all(sign.last for sign in found):
        return None
    most = form.most if any(sign.strong for sign in found) else form.weak
    points = min(most, sum(sign.points for sign in found) - form.spared)
    if points <= 0:
        return None
    if told and form.spared:
        points *= 0.6
    best = max(found, key=lambda sign: sign.points)
    return Reason("promotion", form.name, "wording", best.evidence, best.where, round(points, 3))


def _by_words(view: View) -> Iterator[Reason]:
    """The form that the fitted weights of all its words tell, where they are sure."""
    sold = max(sold_by_words(view.title, view.body), key=lambda s: s.odds, default=None)
    if sold and sold.odds >= SURE:
        points = min(_WORDS_MOST, _SURELY + 0.2 * (sold.odds - SURE))
        yield Reason("promotion", sold.form, "words", sold.evidence, sold.where, round(points, 3))


def _found(form: Form, view: View, said: _Said, words: int) -> Iterator[_Found]:
    """The signs of a form in the title, at the beginning and at the end: nobody sells in the middle alone."""
    title, start, end, last, whole, parts = said
    length = max(1.0, words / _SHORT)
    for sign in form.signs:
        looked = title if sign.place == "title" else whole
        for part, cue in sign.cues:
            if (part in parts or len(part) < _PART) and cue in looked:
                break
        else:
            continue
        strong = sign.worth >= _STRONG
        if match := sign.pattern.search(title):
            yield _Found(strong, sign.worth * _TITLE, _words(view.title, match), "title")
        elif sign.place == "title":
            continue
        elif match := sign.pattern.search(start[:_EDGE] if sign.place == "edge" else start):
            share = 1.0 if sign.place == "edge" else 1.0 / length
            where = "lead" if match.end() < _EDGE else "text"
            yield _Found(strong, sign.worth * share, _words(view.body, match), where)
        elif match := sign.pattern.search(end):
            share = 1.0 if sign.place == "edge" else 0.5 / length
            yield _Found(strong, sign.worth * share, _words(last, match), "text", last=True)


def _said(view: View) -> _Said:
    title, start, last = view.title.lower(), view.body[:_OPENING].lower(), _last_words(view)
    end = last.lower()
    whole = f"{title}\n{start}\n{end}"
    parts = frozenset(whole[at : at + _PART] for at in range(len(whole) - _PART + 1))
    return _Said(title, start, end, last, whole, parts)


def _last_words(view: View) -> str:
    """The end of the article, as far as it is not its beginning, too; `view.body` is cut and may lack it."""
    text = "\n\n".join(block.text for block in view.prose[-_LAST:])[-_EDGE:]
    return text if len(view.body) > _OPENING + _EDGE else view.body[_OPENING:]


def _words(text: str, match: re.Match[str]) -> str:
    return text[match.start() : match.end()].strip()
