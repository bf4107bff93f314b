"""Floors of the labels on our own samples; on the labelled sets beside the checkout where they lie there."""

from __future__ import annotations

import pytest

from tests.eval.label import measure_own
from tests.eval.measured import on_shared
from tests.support.shared import needs_shared

OWN_FLOORS = {
    "own_tag_first": 0.9,
    "own_tag_recall": 0.7,
    "own_company": 0.9,
    "own_kind": 0.83,
    "own_role": 0.9,
    "own_summary_third_person": 1.0,
    "own_summary_length": 1.0,
}
SHARED_FLOORS = {
    "tags_hit1": 0.595,
    "tags_recall5": 0.785,
    "company_f1": 0.93,
    "kind_hard": 0.865,
    "kind_all": 0.93,
    "release_recall": 0.92,
    "summary_rouge_l": 0.195,
    "deck_rouge_l": 0.215,
    "summary_clean": 0.998,
    "editor_rouge_l": 0.185,
    "editor_evidence": 0.15,
    "editor_role": 0.92,
    "editor_kind": 0.85,
    "editor_company": 0.95,
    "editor_no_company": 1.0,
    "editor_clean": 0.998,
}
SHARED_CEILINGS = {"summary_first_person": 0.0, "summary_empty": 0.0, "editor_first_person": 0.0}


def test_own_samples_keep_their_floors() -> None:
    """Labels of our own samples are as good as they were."""
    figures = measure_own()
    assert {k: v for k, v in figures.items() if v < OWN_FLOORS[k]} == {}


@pytest.mark.shared
@pytest.mark.slow
@needs_shared
def test_labelled_sets_keep_their_floors() -> None:
    """Labels of the wide sets are as good as they were, and their summaries never speak in the first person."""
    figures = on_shared("label")
    assert {k: figures[k] for k, floor in SHARED_FLOORS.items() if figures[k] < floor} == {}
    assert {k: figures[k] for k, ceiling in SHARED_CEILINGS.items() if figures[k] > ceiling} == {}
