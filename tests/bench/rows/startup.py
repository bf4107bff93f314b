"""What it costs to start: the help text, and a run with nothing due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.bench.figures import Figure, Row, Setting
from tests.bench.measure import in_turn
from tests.bench.world import Subscriptions, web

_TURNS = 5  # cheap, and small enough for one hiccup to matter


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU milliseconds of `crawl --help` and of `crawl once` with nothing due."""
    setting = replace(setting, runs=max(_TURNS, setting.runs))
    with web(20) as origin:
        folder = Subscriptions(setting.folder / "crawl", origin.urls())
        folder.crawl("once", "-q")
        found = in_turn(
            setting.runs, {"help": lambda: folder.crawl("--help"), "idle": lambda: folder.crawl("once", "-q")}
        )
    return [
        Figure("`crawl --help`", "CPU ms", found["help"].cpu * 1000, 150),
        Figure("`crawl once`, nothing due", "CPU ms", found["idle"].cpu * 1000, 400),
    ]


ROW = Row("startup", "starting: the help text, and a run with nothing due", measure)
