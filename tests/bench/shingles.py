"""Documents as sets of shingle hashes, some of them near copies of others, by seed. Needs numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SHINGLES = 300
COPIES = 0.1
LEAST, MOST = 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Documents:
    """`hashes` is a row of distinct 64-bit hashes a document; `planted` maps a pair of rows to its true Jaccard."""

    hashes: npt.NDArray[np.uint64]
    planted: dict[tuple[int, int], float]


def documents(count: int, seed: int = 7) -> Documents:
    """A tenth are copies of the document before, with so much replaced that the Jaccard index is 0.5 to 1."""
    rng = np.random.default_rng(seed)
    hashes = rng.integers(0, 2**64, (count, SHINGLES), dtype=np.uint64)
    planted = {}
    for copy in range(1, count, round(1 / COPIES)):
        wanted = rng.uniform(LEAST, MOST)
        shared = round(2 * SHINGLES * wanted / (1 + wanted))  # of two sets of one size
        hashes[copy, :shared] = hashes[copy - 1, :shared]
        planted[copy - 1, copy] = shared / (2 * SHINGLES - shared)
    return Documents(hashes, planted)


def judged(planted: dict[tuple[int, int], float], found: set[tuple[int, int]], least: float = 0.8) -> tuple[float, int]:
    """(recall of the pairs planted at `least` and above, how many found pairs were not planted)."""
    wanted = {pair for pair, jaccard in planted.items() if jaccard >= least}
    return len(wanted & found) / len(wanted), len(found - planted.keys())
