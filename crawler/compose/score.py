"""How much an article is worth by itself: depth, evidence and substance, whatever week it comes in.

The score is a sum of named addends, so that each can be told to the editor. Weights were set against an editor's
marks, with whole sites held out, and kept to signals that mean the same on every blog.
"""

from __future__ import annotations

import math
import re

from crawler.cued import Cued
from crawler.model import Article, Reason

# What an editor would rather print, when length and evidence are equal: by kinds and the narrower ones of the taxonomy
# that we ship. One of a reader's own counts as its parent; where no kind is told it is in the middle.
KIND_WORTH = {
    "postmortem": 1.0,
    "deep-dive": 1.0,
    "case-study": 0.85,
    "design-pattern": 0.85,
    "research": 0.7,
    "comparison": 0.7,
    "proposal": 0.6,
    "opinion": 0.6,
    "reference": 0.5,
    "tutorial": 0.45,
    "project-update": 0.4,
    "release": 0.4,
    "career": 0.15,
    "roundup": 0.05,
    "community": 0.05,
    "announcement": 0.05,
    "diary": 0.0,
    "event": 0.0,
}
_UNKNOWN_KIND = 0.5
# How surely the first sentence of a summary says what an article is about: readers found it good in nine of ten above
# 2.7, in four of ten below 1.3. What cannot be told well is less worth to a reader than what can.
_SURE, _UNSURE = 2.1, 0.9
_MAX_TEXT = 12_000  # characters read for cues: enough to judge, and it bounds the cost of a week

# Words of somebody who weighs, explains and measures, rather than announces.
_REASONING = (
    "because",
    "instead",
    "however",
    "problem",
    "why ",
    "trade-off",
    "tradeoff",
    "turns out",
    "turned out",
    "approach",
    "means that",
    "in practice",
    "bottleneck",
    "root cause",
    "we found",
    "we realized",
    "we noticed",
    "it would",
    "the reason",
)
# A name within a sentence. It begins with its capital, not with what stands before: so it is sought much faster.
_NAME = re.compile(r"[A-Z](?<=[a-z,;:)] .)(?:[a-z]+[A-Z]\w*|[A-Z]\w*|[a-z]{2,}\w*)\b")
_PATCH = re.compile(r"\bv?\d+\.\d+\.[1-9]\d*\b")
# A name and a version, and nothing that was thought worth a headline: the page is a list of changes.
_CHANGELOG = re.compile(r"^(?!announcing|introducing)(?:[^\s\d]\S* ){1,2}v?\d+\.\d+(?:\.\d+)*$", re.IGNORECASE)
_DIARY = re.compile(
    r"^(?:\w+ )?(?:day|week|month) #?\d+\b|\bweeknotes?\b|\b(?:weekly|daily) (?:notes|log|diary)\b|\bTIL\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?\d{1,2}(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
# Only phrases that no engineering subject shares: "leader election" and "flash sale traffic" are none of them.
_EVENT = Cued(
    r"\b(?:recap|meetup|webinar|hack ?days?|hackathon|keynote|save the date|call for (?:papers|proposals|speakers"
    r"|applicants|participants)|summer of code|fellowship|scholarships?|join us (?:at|in|for)|see you at"
    r"|new members|steering committee|welcome to the team|office hours|town hall"
    r"|drop-in (?:meetings?|sessions?|hours?))\b",
    re.IGNORECASE,
)
_SALE = Cued(
    r"\b(?:lifetime access|(?:black friday|cyber monday) (?:sales?|deals?|discounts?)|coupon codes?|giveaway|early.bird"
    r"|on sale|free trial|special offer|(?:we.re|we are|is|now) hiring|open positions?"
    r"|job (?:openings?|postings?)|vacanc(?:y|ies))\b",
    re.IGNORECASE,
)
_ARGUED_KINDS = {"postmortem", "deep-dive", "design-pattern", "research"}


def base_score(article: Article, weight: float = 1.0) -> tuple[float, tuple[Reason, ...]]:
    """An article's own worth from 0 to 1, and the addends that make it.

    `weight` is the source's (1 is neutral, 2 adds a tenth, 0.5 takes one away). The order that it gives is meant
    to come near an editor's marks; an article under 0.3 is one that an editor would not print.
    """
    addends = [*_worth(article), *_takes_away(article)]
    if weight != 1.0:
        addends.append(Reason("score", "source weight", "weight", f"{weight:g}", "source", _weight_bonus(weight)))
    total = sum(a.score for a in addends)
    return round(min(1.0, max(0.0, total)), 4), tuple(a for a in addends if round(a.score, 4))


def _worth(article: Article) -> list[Reason]:
    signals = article.signals
    words = article.words or signals.words
    form = article.subkind if article.subkind in KIND_WORTH else article.kind
    kind = KIND_WORTH.get(form, _UNKNOWN_KIND)
    # Rises with the logarithm of the length from 200 words and is full at 3,000.
    depth = _between(math.log(max(words, 1)), math.log(200), math.log(3000))
    pieces = {
        "code blocks": (min(signals.code_blocks, 6) / 6, 0.35),
        "figures": (min(signals.images, 4) / 4, 0.2),
        "headings": (min(signals.headings, 6) / 6, 0.05),
        "named systems": (min(_names(article.text), 20) / 20, 0.15),
        "numbers": (min(signals.numbers, 6) / 6, 0.2),
        "tables": (min(signals.tables, 1), 0.1),
    }
    evidence = sum(share * part for share, part in pieces.values())
    shown = ", ".join(name for name, (share, _) in pieces.items() if share >= 0.5)
    reasoning, cues = _reasoning(article.text)
    # A long text that argues throughout is a deep dive, whatever form it has.
    kind += 0.8 * max(0.0, 0.9 - kind) * reasoning * depth
    # A long text of a light kind is still light: kind and depth support each other, and the length of a community
    # update or an event's report is worth less than half by itself.
    length = depth * (0.4 + 0.6 * min(1.0, kind / 0.4))
    return [
        Reason("score", form or "unknown kind", "kind", form, "label", 0.16 * kind),
        Reason("score", f"{words} words", "depth", str(words), "text", 0.3 * length + 0.28 * kind * depth),
        Reason("score", shown or "little evidence", "evidence", shown, "text", 0.18 * evidence),
        Reason("score", "reasoning", "reasoning", cues, "text", 0.06 * reasoning),
    ]


def _takes_away(article: Article) -> list[Reason]:
    words = article.words or article.signals.words
    found = []
    if (opening := article.signals.opening) is not None and opening < _SURE:
        unsure = _between(_SURE - opening, 0.0, _SURE - _UNSURE)
        found.append(("summary may miss the point", f"{opening:.2f}", "summary", -0.09 * unsure))
    if article.signals.promotion > 0:
        found.append(("promotion", f"{article.signals.promotion:.2f}", "text", -0.5 * article.signals.promotion))
    if match := _SALE.search(article.title):
        found.append(("sale or job ad", match[0], "title", -0.25))
    if article.kind not in _ARGUED_KINDS and (match := _EVENT.search(article.title)):
        found.append(("event", match[0], "title", -0.15))
    if match := _DIARY.search(article.title):
        found.append(("diary", match[0], "title", -0.25))
    if article.kind == "release" and (match := _CHANGELOG.match(article.title.strip())):
        found.append(("changelog", match[0], "title", -0.12))
    if (match := _PATCH.search(article.title)) and words < 1500:
        found.append(("patch release", match[0], "title", -0.12))
    elif article.kind == "release" and words < 600:
        found.append(("brief release note", f"{words} words", "text", -0.05))
    if words and article.signals.links / words > 0.1 and article.kind != "release":
        found.append(("link list", f"{article.signals.links} links", "text", -0.15))
    if words < 80:
        found.append(("hardly any text", f"{words} words", "text", -0.2))
    return [Reason("score", value, "penalty", evidence, where, score) for value, evidence, where, score in found]


def _names(text: str) -> int:
    """How many different names stand within the sentences of a text: systems, tools, people."""
    return len(set(_NAME.findall(text[:_MAX_TEXT])))


def _reasoning(text: str) -> tuple[float, str]:
    """How densely a text argues (0 to 1), and the cues that told so."""
    low = text[:_MAX_TEXT].lower()
    counts = [(low.count(cue), cue.strip()) for cue in _REASONING]
    total = sum(n for n, _ in counts)
    if not total:
        return 0.0, ""
    # Six to a thousand words is a text that argues throughout; short texts are not judged by one word.
    density = total / max(len(low) / 6, 300) * 1000
    top = sorted((c for c in counts if c[0]), key=lambda c: (-c[0], c[1]))[:3]
    return min(1.0, density / 8), ", ".join(f"{cue} ×{n}" for n, cue in top)


def _between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _weight_bonus(weight: float) -> float:
    return 0.1 * math.log2(min(4.0, max(0.25, weight)))
