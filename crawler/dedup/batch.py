"""Near copies among many signatures at once, in memory: for an export, or a store that is taken over whole.

A crawl asks the store for the suspects of each new article (`Store.suspects`); among a hundred thousand, sorting the
keys of all costs a hundredth of that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from crawler.dedup.minhash import BANDS, BINS
from crawler.model import Signature

LEAST = 0.72  # of the estimate: two standard errors below a Jaccard index of 0.8
_AT_ONCE = 50_000  # pairs that are compared at a time

_Pairs = npt.NDArray[np.int64]


def near_pairs(signatures: Sequence[Signature], least: float = LEAST) -> list[tuple[int, int]]:
    """Pairs of places, the lower first, whose signatures share a band and are estimated `least` alike or more; sorted.

    Of those that share one band, each is compared with the first and with the one before: the pairs of a cluster hang
    together, and a template of thousands costs by its size. Signatures without values are like no other.
    """
    places = [place for place, signature in enumerate(signatures) if signature.values]
    if len(places) < 2:
        return []
    signed = [signatures[place] for place in places]
    values = np.frombuffer(b"".join(one.values for one in signed), "<u4").reshape(-1, BINS)
    keys = np.array([one.bands[:BANDS] for one in signed], np.int64)
    candidates = np.unique(np.concatenate([_sharing(keys[:, band]) for band in range(BANDS)]))
    pairs = np.stack(np.divmod(candidates, len(signed)), axis=1)
    near = [pairs[at : at + _AT_ONCE] for at in range(0, len(pairs), _AT_ONCE)]
    near = [some[_likeness(values, some) >= least] for some in near]
    return [(places[a], places[b]) for some in near for a, b in some.tolist()]


def _sharing(keys: npt.NDArray[np.int64]) -> _Pairs:
    """Pairs that have one key, as lower * n + higher."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    first = begins[np.searchsorted(begins, same, side="right") - 1]
    lower, higher = np.concatenate([order[same - 1], order[first]]), np.concatenate([order[same], order[same]])
    pairs: _Pairs = lower * len(keys) + higher  # a stable order: places rise within one key
    return pairs


def _likeness(values: npt.NDArray[np.uint32], pairs: _Pairs) -> npt.NDArray[np.float64]:
    result: npt.NDArray[np.float64] = (values[pairs[:, 0]] == values[pairs[:, 1]]).mean(axis=1)
    return result
