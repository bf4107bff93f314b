"""Whether a sentence says what its article is about or what was done in it, rather than what lies behind or beside it.

A weight cannot tell this: background, a general truth and a detail share as many words with the title as the point
does. What tells is who acts in the sentence: the article ("This post explains"), or its author, company or project on
what the title names ("We moved the queue to Rust").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.label.summary.cues import announces

_EARLY = 6  # sentences among which an article announces its subject in whatever words
_BEGINNING = 25  # and in words of its title
_NAMED = 2  # words of the title that tell that an act was the article's
COVERED, WHOLLY = 0.6, 0.8  # share of the title's words in an opening which needs no better one, or no title before it
_BESIDE = frozenset({"history", "general", "background", "defines", "together", "you", "event"})
# "This post explains", "In this article we compare", "We show", "The goal of this tutorial is": the article acts.
_POST = (
    r"(?:this|today['’]s) (?:[\w-]+ ){0,2}"
    r"(?:post|article|blog|tutorial|guide|series|paper|essay|talk|write-?up|piece|note)"
)
_AT_ONCE = re.compile(
    rf"(?P<post>(?:\w+, )?{_POST} (?:is about|will|(?!is\b|was\b|has\b)\w+s)\b|"
    rf"(?:in|with|through|for) {_POST},? (?:we|i)\b|(?:the|my|our) (?:goal|aim|purpose) (?:of|for|in) {_POST}\b)|"
    r"(?:we|i)\b",
    re.IGNORECASE,
)
# "We moved the queue to Rust", "This week, I've finally rebuilt my blog"
_MADE = (
    "built|created|developed|designed|written|wrote|implemented|moved|migrated|replaced|rebuilt|rewrote|rewritten|"
    "released|launched|shipped|ported|upgraded|switched|adopted|converted|open[- ]sourced|finished|published|"
    "derived|fixed|solved|automated|redesigned|refactored|extended|integrated|measured|compared|set up|put together"
)
_ACTS = re.compile(
    r"(?:[^,;:]{3,50}, )?(?:we|i|our team|the (?:\w+ )?(?:team|project|community))(?:['’]ve| have| has)?"
    rf"(?: recently| also| now| finally| just| since| successfully)* (?:{_MADE})\b"
)
# Only a part is announced, or what was said elsewhere: "... how to do it", "... in the next section".
_PARTIAL = re.compile(
    r"\b(?:next|other|following|previous|last|another|future|later|upcoming) (?:part|post|article|section|chapter)s?\b|"
    r"\bsections?\b|(?<!when )(?<!where )\bnot\b|"
    r"\bhow to \w+ (?:it|this|that|these|them|so)[.!]$|^[^,]*\bthe (?:questions?|steps?) ",
    re.IGNORECASE,
)
# What release notes have beside what is new: who supports it and how long, how versions are counted, how to get it.
_NOT_NEW = re.compile(
    r"\b(?:support (?:policy|window|period|cycle|matrix)|(?:best[- ]effort|commercial|community|paid|vendor) support|"
    r"(?:version|compatibility) matri\w+|versioning (?:is|scheme|policy|follows)|semantic versioning|"
    r"release (?:cadence|cycle)|releases? (?:is|are|will be) (?:planned|scheduled) (?:for|per|every|each|a)\b|"
    r"(?:can|may) be (?:downloaded|installed|obtained)|"
    r"(?:download|install|upgrade) (?:it|the (?:release|binar\w+))|how to (?:install|upgrade|download)|"
    r"installation (?:guide|instructions)|open meetings|volunteers|"
    r"(?:thanks?|grateful|gratitude) (?:to|for)|contributors? who)\b",
    re.IGNORECASE,
)


def beside_news(text: str) -> bool:
    """Whether a sentence of release notes tells of support, versions, installing or thanks, and not of what is new."""
    return _NOT_NEW.search(text) is not None


def states_point(text: str, company: str, *, shared: int, index: int, titled: int) -> bool:
    """Whether a sentence, the `index`-th of an article, states its point.

    `company`: who speaks, in small letters, or nothing; `shared`: how many content words it has of the `titled` ones
    of the title.
    """
    if shared >= max(_NAMED, titled / 2) and _acts(text.lower(), company):
        return True
    if index >= (_BEGINNING if shared else _EARLY) or not (found := _AT_ONCE.match(text)):
        return False
    if not shared and not found["post"]:
        return False
    return announces(text) and not _PARTIAL.search(text)


def _acts(small: str, company: str) -> bool:
    """Whether who speaks has made or changed something; "Acme has moved" tells what "we have moved" does."""
    return _ACTS.match(small.replace(company, "we", 1) if company else small) is not None


def needs_point(signs: Mapping[str, float], covered: float = COVERED) -> bool:
    """Whether the sentence with these signs, the best to open with by its weights, only leads to the point: it neither
    tells what was done nor announces anything, and hardly has the title's words or is background."""
    if "acts" in signs or "announces" in signs:
        return False
    return signs.get("title", 0.0) < covered or not _BESIDE.isdisjoint(signs)
