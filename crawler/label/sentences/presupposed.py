"""What a reader of the first sentence alone has not heard of: "The dashboard is slow" where no dashboard was told of,
"If it fails", "this example". Readers who marked the sentences of articles hardly ever chose such a one as an opening.
"""

from __future__ import annotations

import re

from crawler.label.sentences.measures import stems

_UNHEARD_OF = 0.2  # what opening with such a thing costs
# What is for some other sentence to say, and what opening with it costs.
_DOUBTS = (
    (re.compile(r"If\b"), 0.5),
    (re.compile(r".*\bshould\b"), 0.3),
    (re.compile(r".*\bexample\b"), 0.3),
    (re.compile(r".*\binstead\b(?! of\b)"), 0.3),
    (
        re.compile(
            r".+\b(?:these|this)\b(?! (?:post|article|guide|release|version|day|week|month|quarter|year|time)\b)"
        ),
        0.3,
    ),
    (re.compile(r".*\b(?:it|they|them)\b"), 0.15),
)
# Whom and what every reader of a summary knows, or takes for the article's.
_KNOWN = re.compile(
    r"(?:authors?|team|post|goal|aim|purpose|project|community|paper|article|release|version|users?|key|idea|problem|"
    r"solution|challenge|answer|new|main|core|first|creation|lack|root|causes?|results?|reasons?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:The|Th(?:is|ese|ose|at)) ((?:[\w.+#/'’-]+ ){0,4}?[\w.+#/'’-]+)(?= (?:is|are|was|were|has|have|had|can|could|"
    r"will|would|should|may|does|did|[a-z]+ed|[a-z]{3,}s|of|in|for|that|which|with|to|on)\b)"
)


def known_thing(text: str) -> frozenset[str]:
    """The stems of the noun that a sentence opens with as if its reader knew it; empty where it has no such subject.

    >>> sorted(known_thing("The old dashboard is slow."))
    ['dashboard']
    >>> known_thing("The Relay dashboard is slow."), known_thing("A dashboard is slow.")
    (frozenset(), frozenset())
    """
    found = _SUBJECT.match(text) if text.startswith("Th") else None
    words = found[1].split() if found else []
    if not words or _KNOWN.match(words[0]) or _KNOWN.match(words[-1]) or any(word[0].isupper() for word in words):
        return frozenset()
    return stems(words[-1]) or stems(" ".join(words))


def doubt(text: str, thing: frozenset[str]) -> float:
    """How much speaks against opening with a sentence by what it takes as known; `thing` is such a subject of it that
    nobody told of before."""
    return sum(cost for pattern, cost in _DOUBTS if pattern.match(text)) + _UNHEARD_OF * bool(thing)
