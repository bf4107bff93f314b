"""Floors of extraction on our own samples; on the corpus beside the checkout where it lies there."""

from __future__ import annotations

import pytest

from tests.eval.extract import measure_own
from tests.eval.measured import on_shared
from tests.support.shared import needs_shared

OWN_FLOORS = {
    "f1": 0.98,
    "gain": 0.02,
    "worst_site_gain": -0.01,
    "title": 1.0,
    "date": 1.0,
    "authors": 1.0,
    "canonical": 1.0,
}
SHARED_FLOORS = {
    "gain": 0.010,
    "worst_site_gain": -0.010,
    "title": 0.98,
    "date": 0.99,
    "authors": 0.88,
    "canonical": 0.98,
    "news_gain": 0.0,
}


def test_own_samples_keep_their_floors() -> None:
    """Our own pages give their authors' texts, and more of them than stock trafilatura gives."""
    figures = measure_own()
    assert {k: figures[k] for k, floor in OWN_FLOORS.items() if figures[k] < floor} == {}


@pytest.mark.shared
@pytest.mark.slow
@needs_shared
def test_the_corpus_keeps_its_floors() -> None:
    """Real sites give their authors' texts; on none is stock trafilatura better by more than a hundredth."""
    figures = on_shared("extract")
    assert {k: figures[k] for k, floor in SHARED_FLOORS.items() if figures[k] < floor} == {}
