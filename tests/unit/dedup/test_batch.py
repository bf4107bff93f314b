"""Near copies among many signatures at once."""

from __future__ import annotations

import random

from crawler.dedup.batch import near_pairs
from crawler.dedup.minhash import sign, similarity
from crawler.model import Signature


def _text(seed: int, words: int = 300) -> str:
    rng = random.Random(seed)
    return " ".join(f"w{rng.randrange(5000)}" for _ in range(words))


def _edited(text: str, places: int) -> str:
    words = text.split()
    for n in range(places):
        words[(n + 1) * len(words) // (places + 1)] = f"edit{n}"
    return " ".join(words)


def test_copies_are_found_and_nothing_else() -> None:
    texts = [_text(n) for n in range(40)]
    texts += [_edited(texts[3], 4), _edited(texts[7], 2)]
    assert near_pairs([sign("", text) for text in texts]) == [(3, 40), (7, 41)]


def test_what_was_never_read_is_like_no_other() -> None:
    empty, signed = Signature(b"", (), 0, 0), sign("", _text(1))
    assert near_pairs([]) == near_pairs([empty, empty]) == near_pairs([empty, signed]) == []
    assert near_pairs([empty, signed, empty, signed]) == [(1, 3)]


def test_a_threshold_is_kept_to() -> None:
    text = _text(1)
    pair = [sign("", text), sign("", _edited(text, 12))]
    likeness = similarity(*pair)
    assert near_pairs(pair, likeness) == [(0, 1)]
    assert near_pairs(pair, likeness + 0.001) == []


def test_a_template_of_thousands_costs_by_its_size() -> None:
    pairs = near_pairs([sign("", _text(1))] * 2000)
    assert len(pairs) <= 2 * 2000
    assert {b for _, b in pairs} == set(range(1, 2000)), "all hang together"
