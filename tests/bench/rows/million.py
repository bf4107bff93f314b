"""Asking a store of very many articles: what it costs until the first row is there, beyond the start."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import stock
from tests.bench.figures import Figure, Row, Setting
from tests.support.world import clean_environment

_TOP = Path(__file__).resolve().parents[3]
_LIMIT = 200  # ms


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU until the first row of each question, less what the same command costs on a store without articles."""
    setting.tell(f"a store of {setting.most:,} articles ...")
    store, empty = stock.kept(setting.kept, setting.most), stock.kept(setting.kept, 0)
    stock.write_sources(setting.folder)
    one, other = stock.FREQUENT
    asked = {
        "`articles --query`, a rare word": ("articles", "--query", stock.RARE),
        "`articles --query`, a frequent word": ("articles", "--query", one),
        "`articles --query`, two frequent words that never meet": ("articles", "--query", f"{one} {other}"),
        "`articles --query`, a word that no article has": ("articles", "--query", "xyzzyplugh"),
        "`why`": ("why", stock.address(A_RECENT)),
        "`export`": ("export",),
    }
    figures = []
    for work, arguments in asked.items():
        pairs = [
            (_first_row(setting.folder, store, arguments), _first_row(setting.folder, empty, arguments))
            for _ in range(setting.runs)
        ]
        beyond = statistics.median(cost - start for cost, start in pairs) * 1000
        figures.append(
            Figure(f"{work}, of {setting.most:,} articles", "CPU ms to the first row", max(0.0, beyond), _LIMIT)
        )
    return figures


A_RECENT = 1234


def _first_row(folder: Path, store: Path, arguments: Sequence[str]) -> float:
    """CPU seconds of a command until its first line, or its end where it prints none."""
    environment = clean_environment(folder) | {"PYTHONPATH": str(_TOP)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    command = [sys.executable, "-m", "crawler", *arguments, "--database", f"sqlite:///{store}"]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        assert process.stdout is not None
        process.stdout.readline()
        # An ended process has its figures until it is waited for. Nanoseconds on a processor, of its first thread.
        return int(Path(f"/proc/{process.pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    finally:
        process.kill()
        process.communicate()


ROW = Row("million", "asking a store of very many articles", measure, ("most", "runs"))
