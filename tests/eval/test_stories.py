"""Floors for stories; they may rise and never fall."""

from __future__ import annotations

import pytest

from tests.eval.measured import on_shared
from tests.eval.stories import PAIRS, Pair, found
from tests.support.shared import needs_shared


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.kind)
def test_pairs_of_our_own(pair: Pair) -> None:
    assert found(pair) == pair.same


@needs_shared
def test_labelled_pairs_of_the_corpus() -> None:
    figures = on_shared("stories")
    assert figures["precision"] == 1.0, figures
    assert figures["recall"] >= 6 / 7, figures
