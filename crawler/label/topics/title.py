"""What a phrase in a title is worth as its topic: the subject stands before what qualifies it, and what is done before
the means by which it is done."""

from __future__ import annotations

import re

from crawler.label.taxonomy.phrases import Hit

TITLE = 2.7  # what a clear phrase is worth there
COMMON = 0.85  # what a common word is worth where it is meant as the topic
_EARLY = 0.6
_QUALIFIER = 0.65  # "Distributed Cache": the last noun is the subject
# What tells how a subject is, wherever in the title the subject follows: "Real-Time News Alerting".
_QUALITIES = frozenset(
    {
        "real-time",
        "realtime",
        "distributed",
        "scalable",
        "elastic",
        "reliable",
        "reliably",
        "resilient",
        "robust",
        "secure",
        "efficient",
        "efficiently",
        "cost-effective",
        "fast",
        "faster",
        "high-performance",
        "large-scale",
        "automated",
        "automatic",
        "cloud-native",
        "open-source",
        "on-device",
    }
)
_DEED = re.compile(r"[A-Za-z]+ing")  # "Profiling C++": what is done begins the title, and what it is done to follows
# What is named before "for" is the means where it is one of these: "Deep Learning for Search".
_TECHNIQUES = frozenset(
    {
        "machine-learning",
        "deep-learning",
        "transformers",
        "embeddings",
        "reinforcement-learning",
        "graph",
        "llm",
        "genai",
        "statistics",
    }
)
_FOR = re.compile(r"\b(for|in|to)\b", re.IGNORECASE)
_MEANS = 0.85  # what comes after "using" is the means, not the subject
_BY_MEANS = re.compile(r"\b(using|via|with|through|based on|powered by|by means of|on top of)\b", re.IGNORECASE)


def title_topics(found: dict[str, list[tuple[str, Hit]]]) -> dict[int, set[str]]:
    """Where in the title a topic begins, and whose it is."""
    heads: dict[int, set[str]] = {}
    for owner, hits in found.items():
        for place, hit in hits:
            if place == "title" and hit.phrase.rank == "strong" and not hit.phrase.ambiguous:
                heads.setdefault(hit.start, set()).add(owner)
    return heads


def title_points(hit: Hit, title: str, heads: dict[int, set[str]]) -> float:
    """What a phrase in the title is worth: more at its beginning, less where it only qualifies what follows."""
    points = TITLE * (COMMON if hit.phrase.common and not hit.phrase.naming else 1.0)
    told = title[hit.start : hit.end]
    technique = hit.phrase.owner in _TECHNIQUES
    if _BY_MEANS.search(title, 0, hit.start):
        points *= _MEANS * _MEANS if technique else _MEANS
    others = {at for at, owners in heads.items() if at > hit.end and owners - {hit.phrase.owner}}
    deed = hit.start == 0 and _DEED.fullmatch(told)
    if others and (told.casefold() in _QUALITIES or (hit.end + 1 in others and not deed)):
        points *= _QUALIFIER
    elif technique and others and _FOR.search(title, hit.end):
        points *= _MEANS
    return points + _EARLY * (1 - hit.start / max(1, len(title))) + 0.3 * min(2, len(hit.phrase.words) - 1)
