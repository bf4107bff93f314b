"""Looking up whether a new article is a copy, in a store of many."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import stock
from tests.bench.figures import Figure, Row, Setting

_TOP = Path(__file__).resolve().parents[3]
_LOOKUPS = 1000


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU of one look-up on SQLite, and on PostgreSQL where there is one, its server's included."""
    setting.tell(f"a store of {setting.most:,} articles ...")
    figures = [_figure(setting, "SQLite", f"sqlite:///{stock.kept(setting.kept, setting.most)}")]
    if url := _postgres():
        setting.tell(f"{setting.most:,} articles on PostgreSQL ...")
        stock.fill(url, setting.most, words=False)
        figures.append(_figure(setting, "PostgreSQL", url))
    return figures


def _figure(setting: Setting, name: str, url: str) -> Figure:
    runs = [_run(url) for _ in range(setting.runs)]
    cost = statistics.median(run["client"] + run["server"] for run in runs)
    return Figure(f"a new article's look-up among {setting.most:,}, {name}", "CPU ms", cost, 1.0)


def _run(url: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.lookups", url, str(_LOOKUPS)]
    done = subprocess.run(command, cwd=_TOP, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _postgres() -> str | None:
    """An empty database of a server of our own; None where none is installed."""
    try:
        from tests.support.postgres import new_database

        return new_database()
    except ImportError:
        return None


ROW = Row("lookup", "whether a new article is a copy, in a store of many", measure, ("most", "runs"))
