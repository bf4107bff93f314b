"""Composing an issue of two thousand candidates, from stores of two sizes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import stock
from tests.bench.figures import Figure, Row, Setting
from tests.bench.measure import Usage, in_turn, run
from tests.support.world import clean_environment

_TOP = Path(__file__).resolve().parents[3]


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU of the whole command at both sizes, and its growth."""
    setting.tell(f"stores of {setting.stored:,} and {setting.most:,} articles ...")
    small, large = (command(setting, size, "digest", *_WINDOW, "--out", "-") for size in (setting.stored, setting.most))
    found = in_turn(setting.runs, {"small": small, "large": large})
    costs = {name: usage.cpu for name, usage in found.items()}
    work = f"`crawl digest`, {stock.A_WEEK:,} candidates"
    return [
        Figure(f"{work}, of {setting.stored:,} articles", "CPU s", costs["small"], 1.0),
        Figure(f"{work}, of {setting.most:,} articles", "CPU s", costs["large"], 1.0),
        Figure(work, f"x, {setting.most:,} against {setting.stored:,}", costs["large"] / costs["small"], 1.2),
    ]


_WINDOW = ("--from", stock.window()[0], "--to", stock.window()[1])


def command(setting: Setting, size: int, *arguments: str) -> Callable[[], Usage]:
    """A command over the kept store of a size, in a folder of its own."""
    store = stock.kept(setting.kept, size)
    folder = setting.at(setting.folder / str(size)).folder
    stock.write_sources(folder)
    environment = clean_environment(folder) | {"PYTHONPATH": str(_TOP)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    whole = [sys.executable, "-m", "crawler", *arguments, "--database", f"sqlite:///{store}"]
    return lambda: run(whole, cwd=folder, env=environment)


ROW = Row("digest", "composing an issue of two thousand candidates", measure, ("stored", "most", "runs"))
