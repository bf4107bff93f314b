"""Which of an article's topics it is clearly about: those that are printed; the others only help to find it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import takewhile

from crawler.label.taxonomy.model import Tag
from crawler.label.topics.evidence import Evidence
from crawler.model import FORM_TAGS, Reason

MOST = 3
LEAST = 0.37  # how sure a clear topic is, from 0 to 1
FOREMOST = 0.28  # how sure the one with the most points need be where another is clear
BESIDE = 0.5  # how sure a broader topic is to stand beside a narrower one that has more points
NEAR = 0.6  # of the surest topic's points
_FAR = 1.5  # log of how many times the points of the next a topic has: more say no more
WEIGHTS: Mapping[str, float] = {
    "always": -2.27,
    "points": 0.56,
    "ahead": 0.51,
    "rank": -0.33,
    "title": 0.78,
    "common word": -0.8,
    "title alone": -1.06,
    "description": -0.62,
    "phrases": 0.64,
    "hints": 0.35,
    "share": 0.76,
    "version": 1.04,
    "broader": -0.38,
    "project": 1.08,
    "project alone": 0.91,
    "borrowed": -1.07,
    "no text": 0.95,
}


def clear_topics(
    evidence: Mapping[str, Evidence],
    tags: Mapping[str, Tag],
    *,
    told: bool,
    weights: Mapping[str, float] = WEIGHTS,
) -> frozenset[str]:
    """The topics that an article is clearly about; `evidence` is that of its tags, best first, and `told`, whether
    there is a text that would bear a topic out.

    How sure a topic is comes from a logistic regression on what readers named as the topics of whole articles, and on
    the other labelled sets (`tests.eval.fit_clear`). Of what is printed on blogs that it was not fitted to, some .72
    are named by readers (`read_printed_held` of `tests.eval.topics`), and .58 where only points are compared.
    A broader topic beside a narrower one that has more points tells little anew, and has to be surer than others.
    Without a text the order of the topics is kept: those are clear that are sure enough and nearly as sure as the
    first.
    """
    sure = {
        tag: 1 / (1 + math.exp(-sum(weights[name] * value for name, value in signs.items())))
        for tag, signs in signs_of(evidence, tags, told=told).items()
    }
    for tag, one in evidence.items():
        narrower = (name for name in sure if tags[name].parent == tag and sure[name] >= LEAST)
        if sure[tag] < BESIDE and any(evidence[name].value > one.value for name in narrower):
            del sure[tag]
    if not told:
        points = next((one.value for tag, one in evidence.items() if tag not in FORM_TAGS), 0.0)
        return frozenset(takewhile(lambda tag: sure[tag] >= LEAST and evidence[tag].value >= NEAR * points, sure))
    clear = frozenset(tag for tag in sure if sure[tag] >= LEAST)
    return clear | {tag for tag in list(sure)[:1] if clear and sure[tag] >= FOREMOST}


def signs_of(evidence: Mapping[str, Evidence], tags: Mapping[str, Tag], *, told: bool) -> dict[str, dict[str, float]]:
    """For each topic what tells how sure it is, by the names of `WEIGHTS`."""
    mentions = sum(one.mentions for one in evidence.values()) or 1
    points = [one.value for one in evidence.values()]
    ahead = min(_FAR, math.log(points[0] / points[1])) if len(points) > 1 else 0.0
    found: dict[str, dict[str, float]] = {}
    for rank, (tag, one) in enumerate(evidence.items()):
        narrower = [other for name, other in evidence.items() if tags[name].parent == tag]
        found[tag] = _signs(one, rank, one.mentions / mentions, narrower, told=told)
        found[tag]["ahead"] = 0.0 if rank else ahead
    return found


def _signs(one: Evidence, rank: int, share: float, narrower: Sequence[Evidence], *, told: bool) -> dict[str, float]:
    """What tells how sure a topic is: `rank` counts from 0, `share` is that of its phrases in the text among those of
    all topics, and `narrower` what speaks for the topics that it is broader than: what it only shares with one of
    them in the title is "borrowed"."""
    found = one.sources
    elsewhere = {"title", "description", "lead", "heading", "category"}
    borrowed = one.titled and one.titled <= frozenset().union(*(other.titled for other in narrower))
    return {
        "always": 1.0,
        "points": math.log(one.value),
        "rank": float(rank),
        "title": float("title" in found),
        "common word": float(one.plain),
        "title alone": float("title" in found and told and not one.mentions),
        "description": float("description" in found),
        "phrases": math.log1p(one.phrases),
        "hints": math.log1p(one.hints),
        "share": share,
        "version": float("version" in found),
        "broader": float("broader" in found),
        "project": float("project" in found),
        "project alone": float("project" in found and found.isdisjoint(elsewhere)),
        "borrowed": float(bool(borrowed)),
        "no text": float(not told),
    }


def clear_first(reasons: Sequence[Reason], clear: frozenset[str]) -> tuple[tuple[str, ...], tuple[Reason, ...], int]:
    """The tags, the reasons for them, and how many of the tags, from the first, are clear (at most three).

    Clear ones come before the others, else as `reasons` are.
    """
    ordered = tuple(sorted(reasons, key=lambda reason: reason.value not in clear))
    tags = tuple(dict.fromkeys(reason.value for reason in ordered))
    return tags, ordered, min(MOST, sum(tag in clear for tag in tags))
