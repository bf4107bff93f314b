"""Floors for stories; they may rise and never fall."""

from __future__ import annotations

import pytest

from tests.eval.stories import PAIRS, Pair, found, measure_shared
from tests.support.shared import SHARED, needs_shared


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.kind)
def test_pairs_of_our_own(pair: Pair) -> None:
    assert found(pair) == pair.same


@needs_shared
def test_labelled_pairs_of_the_corpus() -> None:
    assert SHARED is not None
    figures = measure_shared(SHARED)
    assert figures["precision"] == 1.0, figures
    assert figures["recall"] >= 6 / 7, figures
