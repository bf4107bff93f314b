"""The first reading of many feeds: fetch, parse, store."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from tests.bench.figures import Figure, Row, Setting
from tests.bench.measure import Usage, in_turn
from tests.bench.world import Subscriptions, Web, web

_RECENT = 2


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU a feed at both sizes, beside the rivals; growth; memory; what a recent entry adds."""
    few, many = setting.feeds, setting.many
    with web(max(few, many)) as origin:
        works: dict[str, Callable[[], Usage]] = {
            "few": _crawl(setting, origin, few),
            "many": _crawl(setting, origin, many),
        }
        if setting.rivals is not None:
            newsboat, reader, urls = setting.rivals.run_newsboat, setting.rivals.run_reader, origin.urls(few)
            works["newsboat"] = _afresh(setting.folder, lambda folder: newsboat(folder, urls))
            works["reader"] = _afresh(setting.folder, lambda folder: reader(folder, urls))
        found = in_turn(setting.runs, works)
    with web(few, recent=_RECENT) as origin:
        found |= in_turn(setting.runs, {"recent": _crawl(setting, origin, few)})
    costs = {name: usage.cpu * 1000 / (many if name == "many" else few) for name, usage in found.items()}
    beside = {name: cost for name, cost in costs.items() if name in ("newsboat", "reader")}
    figures = [
        Figure(f"cold, {few} feeds", "CPU ms a feed", costs["few"], 5.0, beside=beside),
        Figure(f"cold, {many} feeds", "CPU ms a feed", costs["many"], 5.0),
        Figure(f"cold, {many} feeds", f"x the cost a feed of {few}", costs["many"] / costs["few"], 1.15),
        Figure(f"cold, {many} feeds", "MiB, main process", found["many"].main_mib, 150),
        Figure(
            f"cold, {few} feeds with {_RECENT} recent entries each", "CPU ms more a recent entry",
            (costs["recent"] - costs["few"]) / _RECENT, 6.0,
        ),
    ]  # fmt: skip
    for name, share in (("newsboat", 0.4), ("reader", 0.1)):
        if name in costs:
            figures.append(Figure(f"cold, {few} feeds", f"x {name}", costs["few"] / costs[name], share))
    return figures


def _crawl(setting: Setting, origin: Web, feeds: int) -> Callable[[], Usage]:
    return _afresh(setting.folder, lambda folder: Subscriptions(folder, origin.urls(feeds)).crawl("once", "-q"))


def _afresh(parent: Path, work: Callable[[Path], Usage]) -> Callable[[], Usage]:
    numbers = count()

    def once() -> Usage:
        folder = parent / f"cold-{id(work)}-{next(numbers)}"
        try:
            return work(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return once


ROW = Row("cold", "the first reading of many feeds", measure)
