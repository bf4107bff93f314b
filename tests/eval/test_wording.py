"""The check of a language model's wording keeps its figures: true sentences pass, invented numbers and names do not."""

from __future__ import annotations

import pytest

from tests.eval.measured import on_shared
from tests.eval.wording import measure_own
from tests.support.shared import needs_shared


def test_the_check_of_our_own_samples_keeps_its_floors() -> None:
    figures = measure_own()
    assert figures["true_copied"] == 1.0
    assert figures["false_number_or_name"] <= 0.02
    assert figures["false_own_number"] <= 0.07


@pytest.mark.shared
@pytest.mark.slow
@needs_shared
def test_the_check_of_true_and_changed_sentences_keeps_its_floors() -> None:
    """Ceilings for what is hard, too: the numbers and names of the article itself, put elsewhere."""
    figures = on_shared("wording")
    assert figures["true_copied"] >= 0.998
    assert figures["true_editor"] >= 0.465
    assert figures["true_author"] >= 0.428
    assert figures["changed"] >= 500
    assert figures["false_number_or_name"] <= 0.02
    assert figures["false_own_number"] <= 0.16
    assert figures["false_own_name"] <= 0.16
    assert figures["false_denial"] <= 0.14
    assert figures["false_word"] <= 0.2
