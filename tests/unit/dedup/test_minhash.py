"""Signatures: stable on every machine, true to the similarity, and found again by their keys."""

from __future__ import annotations

import random
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup.minhash import overlap, sign, similarity
from tests.unit.dedup.samples import prose


def _edited(text: str, share: float, seed: int = 1) -> str:
    draw = random.Random(seed)
    return " ".join(f"w{draw.randrange(10**6)}" if draw.random() < share else word for word in text.split())


def test_a_signature_is_pinned_because_stores_keep_it() -> None:
    signature = sign("Moving a queue", prose(1, 300))
    assert signature.title_key == -8718567458931526661
    assert signature.bands[:2] == (6680861544801985181, 6167034516972465567)
    assert signature.values[:8].hex() == "51ea6448d0235497"


def test_another_process_with_another_hash_seed_gives_the_same() -> None:
    code = "from crawler.dedup.minhash import sign; print(sign('Moving a queue', 'one two three four five six ' * 9))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_the_estimate_is_near_the_truth() -> None:
    errors = []
    for seed in range(40):
        text = prose(seed, 400)
        other = _edited(text, 0.02 * (seed % 8))
        true = overlap(text, other)
        jaccard = true.shared / (true.a + true.b - true.shared)
        # Signatures use shingles of three words, the overlap of four: the estimate lies a little higher.
        errors.append(similarity(sign("", text), sign("", other)) - jaccard)
    assert 0 <= sum(errors) / len(errors) < 0.1
    assert max(map(abs, errors)) < 0.2


def test_a_copy_with_edits_shares_a_band() -> None:
    missed = 0
    for seed in range(200):
        text = prose(seed, 400)
        bands = sign("", text).bands[:24]
        missed += set(bands).isdisjoint(sign("", _edited(text, 0.05, seed)).bands[:24])
    assert missed <= 2


def test_unrelated_texts_share_no_key() -> None:
    bands = [set(sign("", prose(seed, 300)).bands) for seed in range(100)]
    assert sum(len(keys) for keys in bands) == len(set.union(*bands))


@given(st.integers(0, 10**6), st.integers(45, 110), st.integers(0, 12))
def test_an_excerpt_finds_its_full_text_behind_a_short_preamble(seed: int, words: int, preamble: int) -> None:
    text = prose(seed, 900)
    excerpt = " ".join(text.split()[:words]) + "… Continue reading"
    full = f"{prose(seed + 1, preamble)} {text}"
    assert not set(sign("", excerpt).bands).isdisjoint(sign("", full).bands)


@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_has_a_signature_that_fits_the_store(text: str, title: str) -> None:
    signature = sign(title, text)
    assert len(signature.values) in (0, 512)
    assert bool(signature.values) == bool(signature.bands) == bool(signature.shingles)
    assert all(-(2**63) <= key < 2**63 for key in (*signature.bands, signature.title_key))
    assert similarity(signature, signature) == (1.0 if signature.values else 0.0)


def test_markup_does_not_change_the_signature_much() -> None:
    text = prose(5, 300)
    source = text.replace(" cache ", " [cache](https://example.com/docs/cache?a=1) ").replace(
        " queues ", " <b>queues</b> "
    )
    assert source != text
    assert similarity(sign("", text), sign("", source)) > 0.99


def test_title_keys() -> None:
    key = sign("How We Moved a Queue", "").title_key
    assert key == sign("How we moved a queue | Example Engineering", "").title_key
    assert key == sign("How we moved a queue (updated)", "").title_key
    assert key != sign("How we moved a cache", "").title_key
    assert sign("Queues", "").title_key == 0
    assert sign("", "").title_key == 0
