"""Pages to labelled articles: how many a second, how good beside trafilatura, and what a second process brings."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure, Row, Setting
from tests.support.shared import SHARED

_TOP = Path(__file__).resolve().parents[3]
_PAGES = 200
_SHARED_PAGES = 120


def measure(setting: Setting) -> Sequence[Figure]:
    """Pages a second of CPU with labels, F1 of both in one run, and one process against two by the wall."""
    figures = _compared(setting, f"extraction with labels, {_PAGES} made pages", "--pages", str(_PAGES))
    if SHARED is not None:
        work = "extraction with labels, pages of the evaluation corpus"
        figures += _compared(setting, work, "--shared", "--pages", str(_SHARED_PAGES))
    turns = [[_run("--pages", str(_PAGES), "--processes", n)["seconds"] for n in "12"] for _ in range(setting.runs)]
    gain = statistics.median(one / two for one, two in turns)
    figures.append(
        Figure(f"extraction with labels, {_PAGES} made pages", "x one process, by two", gain, 1.8, least=True)
    )
    return figures


def _compared(setting: Setting, work: str, *arguments: str) -> list[Figure]:
    runs = [_run(*arguments) for _ in range(setting.runs)]
    rate, stock = (statistics.median(run[f"{name}_rate"] for run in runs) for name in ("ours", "trafilatura"))
    score = runs[0]
    return [
        Figure(work, "pages a second of CPU", rate, 50, least=True, beside={"trafilatura without labels": stock}),
        Figure(
            work, "F1", score["ours_f1"], score["trafilatura_f1"], least=True,
            beside={"trafilatura": score["trafilatura_f1"]},
        ),
    ]  # fmt: skip


def _run(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.extracting", *arguments]
    done = subprocess.run(command, cwd=_TOP, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


ROW = Row("extraction", "pages to labelled articles", measure)
