"""Texts and articles for the tests of this stage, made by rule so that every test says how two of them differ."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

from crawler.dedup.minhash import sign
from crawler.ports import Suspect
from crawler.urls import article_id, host_of, url_key

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
_STEMS = """
    cache queue shard replica leader follower request latency budget index page batch stream commit snapshot tenant
    cluster node worker scheduler deploy rollback metric trace alert schema migration partition offset consumer
    producer token session retry backoff circuit quota limit storage engine compaction memory thread process kernel
    move measure replace find write test cause follow lead hold under over without each every
"""
_WORDS = [stem + ending for stem in _STEMS.split() for ending in ("", "s", "d", "ing", "r", "less", "ful", "like")]


def prose(seed: int, words: int) -> str:
    """Sentences of about twelve words, different for every seed."""
    draw = random.Random(seed)
    sentences = []
    while words > 0:
        length = min(words, draw.randint(8, 16))
        sentences.append(" ".join(draw.choice(_WORDS) for _ in range(length)).capitalize() + ".")
        words -= length
    return " ".join(sentences)


def suspect(url: str, title: str, text: str, **values: Any) -> Suspect:
    """An article as the search for copies sees it; `canonical` names its canonical address."""
    canonical = values.pop("canonical", url)
    return Suspect(
        id=values.pop("id", article_id(url)),
        source=values.pop("source", host_of(url)),
        url=url,
        key=url_key(url),
        canonical_key=url_key(canonical),
        title=title,
        text=text,
        published_at=values.pop("published_at", None),
        first_seen_at=values.pop("first_seen_at", NOW),
        signature=sign(title, text),
        **values,
    )
