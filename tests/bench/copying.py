"""Near copies among many documents at once, by our signatures or by datasketch: one JSON line with what it cost.

    python -m tests.bench.copying 100000 [--datasketch]

CPU microseconds a document with signatures given and from shingle hashes; recall at a Jaccard index of 0.8 and above;
pairs that are none. datasketch runs in an environment of its own, where nothing of ours but `shingles` can be loaded.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bench.shingles import documents, judged

_PERMUTATIONS = 128
_LEAST = 0.8


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--datasketch", action="store_true")
    options = parser.parse_args()
    made = documents(options.count)
    sign, join = _datasketch() if options.datasketch else _ours()
    began = time.process_time()
    signed = sign(made.hashes)
    given = time.process_time()
    found = join(signed)
    done = time.process_time()
    recall, false = judged(made.planted, found, _LEAST)
    per = 1e6 / options.count
    json.dump(
        {"given": (done - given) * per, "whole": (done - began) * per, "recall": recall, "false": false}, sys.stdout
    )


def _ours() -> tuple[Callable[[Any], Any], Callable[[Any], set[tuple[int, int]]]]:
    from crawler.dedup.batch import near_pairs
    from crawler.dedup.minhash import sign_hashes

    near_pairs([])
    return lambda rows: [sign_hashes(row) for row in rows], lambda signed: set(near_pairs(signed))


def _datasketch() -> tuple[Callable[[Any], Any], Callable[[Any], set[tuple[int, int]]]]:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found,unused-ignore]

    def signed(rows: Any) -> Any:
        found = []
        for row in rows:
            one = MinHash(_PERMUTATIONS, hashfunc=int)
            one.update_batch((row & 0xFFFFFFFF).tolist())
            found.append(one)
        return found

    def pairs(signatures: Any) -> set[tuple[int, int]]:
        index = MinHashLSH(_LEAST, _PERMUTATIONS)
        found: set[tuple[int, int]] = set()
        for number, one in enumerate(signatures):
            found |= {(int(other), number) for other in index.query(one)}
            index.insert(number, one)
        return found

    return signed, pairs


if __name__ == "__main__":
    main()
