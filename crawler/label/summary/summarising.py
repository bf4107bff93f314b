"""Summaries without a model: the author's own description where it is good, else sentences of the article, edited
mechanically into the third person: what was done, then how and with what result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from crawler.label.edits.opening import as_subtitle, upright
from crawler.label.edits.rewrite import rewrite
from crawler.label.edits.shortening import shortened
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.measures import repeats, stems, word_count
from crawler.label.sentences.presupposed import doubt, known_thing
from crawler.label.sentences.splitting import Sentence, sentences_of
from crawler.label.sentences.standalone import goes_on, leans, stands
from crawler.label.sentences.subjectless import tells_of_nobody
from crawler.label.sentences.verbless import is_heading
from crawler.label.speakers.actor import Actor, released
from crawler.label.summary.deck import deck_of
from crawler.label.summary.description import description_of
from crawler.label.summary.fallback import plain_sentence
from crawler.label.summary.framing import Framed, framed, listed
from crawler.label.summary.listing import points_of, tells_many
from crawler.label.summary.thesis import COVERED, WHOLLY, beside_news, needs_point
from crawler.label.summary.weigh import LONGEST, SHORTEST, Weighed, weigh
from crawler.label.view import View
from crawler.model import Reason
from crawler.text import count_words

LEAST, MOST = 25, 70  # words; those who count each part of "real-world" find some more, and 75 is what may be printed
AIM = (28, 48)  # words: for a note, for a long read
_ALONE = 34  # words from which on one sentence is summary enough
_TRIED = 14  # sentences whose wording is looked at, best by place first
_ENOUGH = 8
WORTH = 1.1  # what a sentence must add once a summary is long enough
_CHOSEN, _NOTHING_BETTER = "chosen", "nothing better was found"  # rules of reasons
_SHOWN = 200  # characters of a description that a reason shows
_OVERLAP = 0.3  # what saying again what was said costs
_NEAR = 0.1  # what following its neighbour is worth
_FIGURE = re.compile(r"\d[\d.,]*")
_FRESH = 5  # content words that are new in a sentence whose figures were told
_POINT = 0.4  # what stating the article's point is worth where nothing chosen does
_WORTH_CUTTING = 1.2  # as an opening
_UNTOLD = 0.15  # what speaking of a thing costs that neither title nor summary told of
_AGAINST = re.compile(r"(?:unfortunately|sadly|however|but|yet|still|nevertheless)\b", re.IGNORECASE)
_OPPOSED = 2  # sentences before one that begins so
_FAR, _UNHEARD = 15, 0.2  # sentences after which one speaks to who read them, and what opening with it costs
# What is said by the way. A short form of a name stays, a figure, and "(except for two)", without which it is not true.
_REMARK = re.compile(
    r" \((?:e\.g|i\.e|such as|for (?:example|instance)|like|also|among|and|or|as|to be|the|an?|which|who|known as|"
    r"formerly|commonly|usually|in (?:this|our|my) case)\b(?![^()]*\b(?:only|not|except|without|unless|if)\b)[^()\d]*\)"
    r"(?=[\s.,;:])"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence as it would be printed: `opens` where it may stand first, `leans` where only after its neighbour.

    `thing` is what it speaks of as known though the title does not name it, `doubt` what opening with it costs. One
    that is not `whole` was shortened, and can but open.
    """

    weighed: Weighed
    text: str
    words: int
    opens: bool
    leans: bool
    thing: frozenset[str] = frozenset()
    doubt: float = 0.0
    whole: bool = True

    @property
    def index(self) -> int:
        return self.weighed.sentence.index


def summarise(view: View, actor: Actor, kind: str = "") -> tuple[str, str, tuple[Reason, ...]]:
    """(summary, deck, reasons). The summary has 25 to 75 words where the text allows; both are empty only where
    there is no sentence to take."""
    if kind == "release":
        actor = replace(actor, release=released(view.title, actor))
    sentences = sentences_of(view.prose)
    candidates = tellable(view, actor, kind, sentences, most=_TRIED, enough=_ENOUGH)
    own = description_of(view, actor, MOST)
    chosen = choose(candidates, own, _aim(view))
    told = [c.text for c in chosen]
    frame = _frame(view, actor, kind, own, chosen)
    if frame:
        told, chosen = frame.parts, chosen[: frame.kept]
    parts = [*own, *told]
    short = count_words(" ".join(parts)) < LEAST
    if (short or tells_many(view, kind)) and not (frame and frame.points):
        kept = parts[: 2 if len(own) > 1 or sum(map(word_count, parts[:2])) < 45 else 1]
        points = points_of(view, kind, kept, lists=short)
        if points and kept and sum(map(word_count, [*kept, points])) <= MOST:
            parts, chosen = [*kept, points], chosen[: max(0, len(kept) - len(own))]
    if not parts:
        fallback = plain_sentence(view, sentences, actor, MOST)
        parts = [fallback] if fallback else []
    summary = " ".join(parts)
    deck = deck_of(own, [c.text for c in chosen], [c.text for c in _by_opening(candidates)], summary)
    deck = deck or (frame.deck if frame else "")
    reasons = (*(frame.reasons if frame else ()), *_reasons(own, chosen, view, frame.first if frame else len(own) + 1))
    if summary and not reasons:
        reasons = (Reason("summary", "sentence 1", _NOTHING_BETTER, "", "text", 0.0),)
    return summary, deck, reasons


def _frame(view: View, actor: Actor, kind: str, own: list[str], chosen: list[Candidate]) -> Framed | None:
    told = [c.text for c in chosen]
    if kind == "release":
        few = count_words(" ".join([*own, *told])) < LEAST
        return listed(view, actor, told, after=len(own), least=LEAST) if few else None
    if not chosen or own or any(_says_point(c, WHOLLY) for c in chosen):
        return None
    return framed(view, told, least=LEAST, most=MOST, many=tells_many(view, kind))


def tellable(
    view: View,
    actor: Actor,
    kind: str,
    sentences: list[Sentence] | None = None,
    *,
    most: int,
    enough: int | None = None,
) -> list[Candidate]:
    """The best sentences that can be told in the third person without fault: `enough` of the `most` best by place."""
    sentences = sentences_of(view.prose) if sentences is None else sentences
    weighed = weigh(sentences, view, actor, release=kind == "release", most=most)
    found: list[Candidate] = []
    title = stems(view.title)
    many = tells_many(view, kind)  # none of its many sentences is what it is about
    for one in sorted(weighed, key=lambda w: (-max(w.opening, w.later), w.sentence.index)):
        if enough is not None and len(found) >= enough and not one.point:
            continue
        text = _REMARK.sub("", rewrite(one.sentence.text, actor))
        if one.sentence.index == 0:
            text = as_subtitle(text)
        opens = not leans(text)
        if not opens and not many and (told := upright(text, one.sentence.index, one.signs.keys())):
            text, opens = told, True
        whole, text = text, _printable(text, short=one.opening >= _WORTH_CUTTING)
        words = word_count(text)
        if not words or repeats(text, view.title) or is_heading(text) or (kind == "release" and beside_news(text)):
            continue
        if goes_on(text) or tells_of_nobody(text, item=one.sentence.kind == "item"):
            continue
        thing = known_thing(text)
        thing = frozenset() if thing & title else thing
        held_back = doubt(text, thing)
        found.append(
            Candidate(one, text, words, opens, not opens and not stands(text), thing, held_back, text == whole)
        )
    return found


def _printable(text: str, *, short: bool) -> str:
    """The sentence where it may be printed, or one of its shorter forms; else nothing."""
    if SHORTEST <= word_count(text) <= LONGEST and not fault_of(text, lead=False):
        return text
    forms = shortened(text, LONGEST) if short else ()
    return next((form for form in forms if not fault_of(form, lead=False)), "")


def _by_opening(candidates: list[Candidate]) -> list[Candidate]:
    """The best to open with first. Where this only leads to the point, a sentence that states it goes before."""
    ranked = sorted(candidates, key=lambda c: (-_as_opening(c), c.index))
    first = next((c for c in ranked if c.opens), None)
    if first is None or _says_point(first):
        return ranked
    return sorted(ranked, key=lambda c: not (c.opens and c.weighed.point))


def _says_point(candidate: Candidate, covered: float = COVERED) -> bool:
    told = candidate.weighed.point or candidate.text.startswith("The post ")
    return told or not needs_point(candidate.weighed.signs, covered)


def _as_opening(candidate: Candidate) -> float:
    """Its worth as the first sentence: one from the midst of an article, unless it says what was done, has less."""
    signs = candidate.weighed.signs
    unheard = candidate.index > _FAR and not ("announces" in signs or "acts" in signs)
    return candidate.weighed.opening - _UNHEARD * unheard - candidate.doubt


def _aim(view: View) -> int:
    """How many words a summary should have: a long read has more to tell."""
    return min(AIM[1], AIM[0] + view.body.count(" ") // 60)


def choose(candidates: list[Candidate], own: list[str], aim: int) -> list[Candidate]:
    """An opening that says what it is about, then what adds most without saying it twice (maximal marginal relevance,
    Carbonell 1998), told in the article's order."""
    opening = None if own else next((c for c in _by_opening(candidates) if c.opens), None)
    if not own and opening is None:
        return []
    chosen = [opening] if opening else []
    words = count_words(" ".join([*own, *(c.text for c in chosen)]))  # as whoever checks the issue counts them
    taken = [*map(stems, own), *(c.weighed.bag for c in chosen)]
    pool = [c for c in candidates if c is not opening and c.whole]
    most = 3 - len(own)
    again: list[Candidate] = []
    while pool and len(chosen) < most and words < (max(LEAST + 1, aim - 8) if len(own) + len(chosen) > 1 else _ALONE):
        best = max(pool, key=lambda c: (_gain(c, chosen, taken, opening), -c.index))
        gain = _gain(best, chosen, taken, opening)
        pool.remove(best)
        if gain < WORTH and words > LEAST:
            break
        more = count_words(best.text)
        if gain <= -1 or words + more > MOST:
            continue
        if _only_counts_again(best, [*own, *(c.text for c in chosen)], taken):
            again.append(best)
            continue
        chosen.append(best)
        taken.append(best.weighed.bag)
        words += more
    if words < LEAST and len(chosen) < most:  # better to count again than to say too little
        chosen += again[:1]
    return _in_order(chosen, own)


def _only_counts_again(candidate: Candidate, told: list[str], taken: list[frozenset[str]]) -> bool:
    """Whether all its figures were told, and with hardly another word: "84 %" twice."""
    figures = set(_FIGURE.findall(candidate.text))
    if not figures or not figures <= set(_FIGURE.findall(" ".join(told))):
        return False
    return len(candidate.weighed.bag.difference(*taken)) < _FRESH


def _in_order(chosen: list[Candidate], own: list[str]) -> list[Candidate]:
    """As told: the opening, then the rest in the article's order; what leans follows its neighbour or is left out."""
    told = chosen[:1] + sorted(chosen[1:], key=_place) if chosen and not own else sorted(chosen, key=_place)
    kept: list[Candidate] = []
    for candidate in told:
        if not candidate.leans or (kept and kept[-1].index == candidate.index - 1):
            kept.append(candidate)
    return kept


def _place(candidate: Candidate) -> int:
    return candidate.index


def _gain(
    candidate: Candidate, chosen: list[Candidate], taken: list[frozenset[str]], opening: Candidate | None
) -> float:
    if candidate.leans and not any(c.index == candidate.index - 1 for c in chosen):
        return -1.0
    if opening and 0 < opening.index - candidate.index <= _OPPOSED and _AGAINST.match(opening.weighed.sentence.text):
        return -1.0  # what the opening objects to would contradict it, told after it
    bag = candidate.weighed.bag
    overlap = max((len(bag & t) / max(1, min(len(bag), len(t))) for t in taken), default=0.0)
    if overlap > 0.55:
        return -1.0
    near = _NEAR if any(0 < candidate.index - c.index <= 2 for c in chosen) else 0.0
    point = _POINT if candidate.weighed.point and not any(c.weighed.point for c in chosen) else 0.0
    untold = _UNTOLD if candidate.thing and not any(candidate.thing & t for t in taken) else 0.0
    return candidate.weighed.later - _OVERLAP * overlap + near + point - untold


def _reasons(own: list[str], chosen: list[Candidate], view: View, first: int) -> list[Reason]:
    said = view.description if len(view.description) <= _SHOWN else view.description[:_SHOWN].rpartition(" ")[0]
    reasons = [
        Reason("summary", f"sentence {n}", "the author's own description", said, "description", 1.0)
        for n, _ in enumerate(own[:1], 1)
    ]
    return reasons + [
        Reason("summary", f"sentence {n}", _CHOSEN, c.weighed.sentence.text, "text", round(worth, 3))
        for n, c in enumerate(chosen, first)
        for worth in (_as_opening(c) if n == 1 else c.weighed.later,)
    ]


def opening_of(reasons: Iterable[Reason]) -> float | None:
    """How surely a summary's first sentence says what the article is about, by the reasons that `summarise` gave: what
    it is worth as an opening, 0 where nothing better was found; None where the author or title and headings say it."""
    first = next((r for r in reasons if r.value == "sentence 1"), None)
    return first.score if first and first.rule in (_CHOSEN, _NOTHING_BETTER) else None
