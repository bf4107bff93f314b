"""A crawl over hosts that answer late, as the web does."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import count

from tests.bench.figures import Figure, Row, Setting
from tests.bench.measure import Usage, in_turn
from tests.bench.world import Subscriptions, web

_LATENCY = (0.05, 0.3)


def measure(setting: Setting) -> Sequence[Figure]:
    """Wall time of a cold crawl, each answer 50 to 300 ms late, a host a feed."""
    numbers = count()
    with web(setting.feeds, latency=_LATENCY) as origin:

        def ours() -> Usage:
            folder = setting.folder / f"crawl-{next(numbers)}"
            return Subscriptions(folder, origin.urls()).crawl("once", "-q")

        works = {"ours": ours}
        if setting.rivals is not None:
            newsboat = setting.rivals.run_newsboat

            def theirs() -> Usage:
                return newsboat(setting.folder / f"newsboat-{next(numbers)}", origin.urls())

            works["newsboat"] = theirs
        found = in_turn(setting.runs, works)
    for folder in setting.folder.iterdir():
        shutil.rmtree(folder, ignore_errors=True)
    work = f"cold, {setting.feeds} feeds on as many hosts, 50-300 ms late"
    beside = {"newsboat": found["newsboat"].wall} if "newsboat" in found else {}
    limit = 3.5 * setting.feeds / 500
    figures = [Figure(work, "seconds", found["ours"].wall, limit, beside=beside)]
    if beside:
        figures.append(Figure(work, "x newsboat", found["ours"].wall / beside["newsboat"], 0.2))
    return figures


ROW = Row("latency", "a crawl over hosts that answer late", measure)
