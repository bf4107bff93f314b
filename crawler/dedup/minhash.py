"""MinHash signatures of texts, and the keys under which an index finds their near copies.

One permutation, 128 bins (Li, Owen and Zhang 2012), empty bins filled by optimal densification (Shrivastava 2017).
Two kinds of keys: bands of the signature (a copy with a few edits shares one), and a winnowing of the opening
(Schleimer, Wilkerson and Aiken 2003): a feed's excerpt shares it with the full text, which its signature does not.
All arithmetic is on 64-bit integers modulo 2^64, so a text has one signature on every machine.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from crawler.dedup.words import read_title, words_of_text
from crawler.model import Signature

BINS = 128
BAND_ROWS = 5
BANDS = 24
SHINGLE = 3  # words
OPENING = 110  # shingles from the start that are winnowed
WINDOW = 24  # of so many successive shingles of the opening, at least one is a key
LONGEST = 20_000  # words that are read of one text
COMPARED = 4  # words of a shingle where two texts are compared in full

_Hashes = npt.NDArray[np.uint64]

_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_STEPS = [np.uint64(pow(0x9E3779B97F4A7C15, n, 2**64)) for n in range(1, COMPARED + 1)]
_BIN_SHIFT = np.uint64(64 - 7)
_BIN_STARTS = np.arange(BINS, dtype=np.uint64) << _BIN_SHIFT
_BAND_STEPS = np.array([pow(0xD1342543DE82EF95, n, 2**64) for n in range(1, BAND_ROWS + 1)], np.uint64)
_BAND_NUMBERS = np.arange(BANDS, dtype=np.uint64)


def sign(title: str, text: str) -> Signature:
    """The signature of an article's text, with its title's key.

    `bands` are signed 64-bit integers, the kind and number of the band mixed in. A text of fewer than `SHINGLE` words
    has no values and no bands; a title of fewer than two core words has the key 0.
    """
    return sign_hashes(_shingle_hashes(_words(text), SHINGLE), _title_key(title))


def sign_hashes(hashes: _Hashes, title_key: int = 0) -> Signature:
    """The signature of a text whose shingles have these well-mixed 64-bit hashes, in the order of the text."""
    if not len(hashes):
        return Signature(b"", (), title_key, 0)
    ordered = np.sort(hashes)
    values = _bins(ordered)
    distinct = 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))
    bands = (*_band_keys(values), *_opening_keys(hashes[:OPENING]))
    return Signature(values.astype("<u4").tobytes(), bands, title_key, distinct)


def similarity(a: Signature, b: Signature) -> float:
    """The estimated Jaccard similarity of two texts' shingles, 0 to 1 (standard error 0.04 at 0.7)."""
    if not a.values or not b.values:
        return 0.0
    return float(np.mean(np.frombuffer(a.values, "<u4") == np.frombuffer(b.values, "<u4")))


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many distinct shingles of four words two texts have, and share."""

    shared: int
    a: int
    b: int

    @property
    def containment(self) -> float:
        """The part of the shorter text's shingles that stand in the longer one, too; 0 where there are none."""
        return self.shared / min(self.a, self.b) if self.a and self.b else 0.0


def overlap(a: str, b: str) -> Overlap:
    """The true overlap of two texts, which a signature only estimates."""
    one, other = _compared(a), _compared(b)
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return Overlap(shared, len(one), len(other))


@lru_cache(maxsize=64)
def _compared(text: str) -> _Hashes:
    return np.unique(_shingle_hashes(_words(text), COMPARED))


def _words(text: str) -> list[bytes]:
    return words_of_text(text[: LONGEST * 12])[:LONGEST]


def _shingle_hashes(words: Sequence[bytes], size: int) -> _Hashes:
    if len(words) < size:
        return np.empty(0, np.uint64)
    hashed = np.fromiter(map(zlib.crc32, words), np.uint64, len(words))
    count = len(hashed) - size + 1
    total = hashed[:count] * _STEPS[0]
    for place, step in enumerate(_STEPS[1:size], 1):
        total += hashed[place : place + count] * step
    return _mix(total)


def _mix(values: _Hashes) -> _Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * _M1
    values = (values ^ (values >> np.uint64(27))) * _M2
    return values ^ (values >> np.uint64(31))


def _densification() -> npt.NDArray[np.intp]:
    """Row n: where each empty bin looks for a value at its n-th try."""
    seeds = np.arange(64 * BINS, dtype=np.uint64) + np.uint64(1)
    return (_mix(seeds * _STEPS[0]) >> _BIN_SHIFT).astype(np.intp).reshape(64, BINS)


_TRIES = _densification()


def _bins(ordered: _Hashes) -> npt.NDArray[np.uint32]:
    """The least hash of each bin; a bin is what the seven highest bits name, so sorted hashes lie bin by bin."""
    places = np.searchsorted(ordered, _BIN_STARTS)
    ends = np.append(places[1:], len(ordered))
    full = places < ends
    values = (ordered[np.minimum(places, len(ordered) - 1)] >> np.uint64(20)).astype(np.uint32)
    missing = np.flatnonzero(~full)
    for tries in _TRIES:
        if not len(missing):
            break
        found = full[tries[missing]]
        values[missing[found]] = values[tries[missing[found]]]
        missing = missing[~found]
    values[missing] = values[np.flatnonzero(full)[0]]
    return values


def _band_keys(values: npt.NDArray[np.uint32]) -> list[int]:
    rows = values[: BANDS * BAND_ROWS].astype(np.uint64).reshape(BANDS, BAND_ROWS)
    return _signed(_mix(_mix(rows * _BAND_STEPS).sum(axis=1, dtype=np.uint64) + _BAND_NUMBERS))


def _opening_keys(hashes: _Hashes) -> list[int]:
    """The least hash of every window of the opening. No number of a band is mixed in: places may differ."""
    if len(hashes) <= WINDOW:
        least = hashes.min(keepdims=True)
    else:
        count = len(hashes) - WINDOW + 1
        least = hashes[:count].copy()
        for place in range(1, WINDOW):
            np.minimum(least, hashes[place : place + count], out=least)
        least.sort()
        least = least[np.append(True, least[1:] != least[:-1])]
    return _signed(_mix(least + _STEPS[2]))


def _signed(keys: _Hashes) -> list[int]:
    return [int(key) for key in keys.view(np.int64)]


def _title_key(title: str) -> int:
    """The core words in any order."""
    core = sorted(set(read_title(title).core))
    if len(core) < 2:
        return 0
    digest = hashlib.blake2b(" ".join(core).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) or 1
