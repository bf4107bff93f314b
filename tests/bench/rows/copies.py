"""Near copies among many documents at once."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure, Row, Setting
from tests.bench.rivals import RivalMissing

_TOP = Path(__file__).resolve().parents[3]
_OF_RIVAL = 20_000  # it takes half a minute for them


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU a document, recall and false pairs, beside datasketch."""
    ours = [_run(sys.executable, str(setting.stored)) for _ in range(setting.runs)]
    theirs = []
    if setting.rivals is not None:
        python = _datasketch(setting.kept)
        theirs = [_run(python, str(min(_OF_RIVAL, setting.stored)), "--datasketch") for _ in range(setting.runs)]
    work = f"near copies among {setting.stored:,} documents of 300 shingles"
    return [
        _figure(work, "CPU µs a document, signatures given", "given", ours, theirs, 20),
        _figure(work, "CPU µs a document, with signing", "whole", ours, theirs),
        _figure(work, "recall at Jaccard 0.8 and above", "recall", ours, theirs, 0.99, least=True),
        _figure(work, "false pairs", "false", ours, theirs, 0),
    ]


def _figure(
    work: str, measure: str, name: str, ours: list[dict[str, float]], theirs: list[dict[str, float]],
    limit: float | None = None, *, least: bool = False,
) -> Figure:  # fmt: skip
    beside = {"datasketch": statistics.median(run[name] for run in theirs)} if theirs else {}
    return Figure(work, measure, statistics.median(run[name] for run in ours), limit, least, beside)


def _run(python: str, *arguments: str) -> dict[str, float]:
    command = [python, "-m", "tests.bench.copying", *arguments]
    done = subprocess.run(command, cwd=_TOP, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _datasketch(folder: Path) -> str:
    """The Python of an environment that has it. Raises RivalMissing where it cannot be installed."""
    python = folder / "datasketch" / "bin" / "python"
    if python.is_file():
        return str(python)
    uv = shutil.which("uv")
    make = [uv, "venv", "-q"] if uv else [sys.executable, "-m", "venv"]
    pip = [uv, "pip", "install", "-q", "--python", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
    for command in ([*make, str(folder / "datasketch")], [*pip, "datasketch"]):
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
            shutil.rmtree(folder / "datasketch", ignore_errors=True)
            raise RivalMissing(f"`{' '.join(command)}` failed: datasketch cannot be installed")
    return str(python)


ROW = Row("copies", "near copies among many documents at once", measure, ("stored", "runs"))
