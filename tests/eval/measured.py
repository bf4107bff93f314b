"""A part's figures: measured, or as `scripts/eval --figures FILE` wrote them down in the same run of CI."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tests.support.shared import SHARED

Figures = dict[str, float]
WRITTEN = "EVAL_FIGURES"  # the variable that names the file


def measure(shared: Path | None, part: str) -> tuple[Figures, Figures]:
    """A part's figures on our own samples, and on the corpus beside the checkout (empty without it)."""
    module = import_module(f"tests.eval.{part}")
    on_samples: Callable[[], Figures] = module.measure_own
    on_shared: Callable[[Path], Figures] = module.measure_shared
    return on_samples(), on_shared(shared) if shared else {}


def on_shared(part: str) -> Figures:
    """A part's figures on the corpus, where it is there: written down a moment ago, else measured."""
    if WRITTEN in os.environ:
        figures: Figures = json.loads(Path(os.environ[WRITTEN]).read_text(encoding="utf-8"))["shared"]
        return {key.removeprefix(f"{part}."): value for key, value in figures.items() if key.startswith(f"{part}.")}
    assert SHARED is not None
    return measure(SHARED, part)[1]
