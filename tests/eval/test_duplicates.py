"""Floors for the search for copies; they may rise and never fall."""

from __future__ import annotations

from tests.eval.duplicates import measure_duplicates, own_rows
from tests.eval.measured import on_shared
from tests.support.shared import needs_shared


def test_copies_of_our_own_samples_are_found_without_a_false_one() -> None:
    figures = measure_duplicates(own_rows())
    assert figures["copies_precision"] == 1.0, figures
    assert figures["copies_f1"] >= 0.995, figures


@needs_shared
def test_labelled_pairs_of_the_corpus() -> None:
    figures = on_shared("duplicates")
    assert figures["copies_precision"] >= 0.998, figures
    assert figures["copies_f1"] >= 0.995, figures
    assert min(figures["copies_f1_half_a"], figures["copies_f1_half_b"]) >= 0.99, figures
    assert figures["right_hard-negative"] == figures["right_hard-negative-truncated"] == 1.0, figures
