"""What jobs in a queue add to the work: the same sources asked by `crawl once` and by a worker, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from tests.bench.figures import Figure, Row, Setting
from tests.bench.measure import Usage, in_turn
from tests.bench.server import cpu_seconds, new_server_database
from tests.bench.world import Subscriptions, Web, web


@dataclass(frozen=True, slots=True)
class _Works:
    """Commands on stores of their own, each measured with what its server did meanwhile (as `wall`)."""

    setting: Setting
    origin: Web
    numbers: count[int]

    def fresh(self) -> Subscriptions:
        """A folder and an empty store, whose tables and queue are there."""
        folder = self.setting.folder / f"workers-{next(self.numbers)}"
        made = Subscriptions(folder, self.origin.urls(self.setting.feeds), database=new_server_database())
        made.crawl("worker", "--drain", "-q")
        return made

    def measured(self, subscriptions: Subscriptions, *command: str) -> Usage:
        """What a command costs, and its server."""
        began = cpu_seconds()
        used = subscriptions.crawl(*command)
        return Usage(used.cpu, cpu_seconds() - began, used.main_mib)

    def run(self) -> Usage:
        """A first reading by one run."""
        return self.measured(self.fresh(), "once", "-q")

    def worker(self) -> Usage:
        """A first reading by a worker."""
        subscriptions = self.fresh()
        subscriptions.crawl("once", "--enqueue", "-q")
        return self.measured(subscriptions, "worker", "--drain", "-q")


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU a feed beyond the start, of the command and of the server: new feeds, and feeds that did not change."""
    with web(setting.feeds) as origin:
        works = _Works(setting, origin, count())
        read = works.fresh()
        read.crawl("once", "-q")

        def again_by_worker() -> Usage:
            read.crawl("once", "--all", "--enqueue", "-q")
            return works.measured(read, "worker", "--drain", "-q")

        asked: dict[str, Callable[[], Usage]] = {
            "start of once": lambda: works.measured(read, "once", "-q"),
            "start of worker": lambda: works.measured(read, "worker", "--drain", "-q"),
            "once, cold": works.run,
            "worker, cold": works.worker,
            "once, warm": lambda: works.measured(read, "once", "--all", "-q"),
            "worker, warm": again_by_worker,
        }
        found = in_turn(setting.runs, asked)
    figures = []
    added = []
    for state, about in (("cold", "26 entries, new"), ("warm", "not modified")):
        costs = {}
        for who in ("once", "worker"):
            used, start = found[f"{who}, {state}"], found[f"start of {who}"]
            costs[who] = (used.cpu - start.cpu) * 1000 / setting.feeds
            server = (used.wall - start.wall) * 1000 / setting.feeds
            work = f"`crawl {who}` on PostgreSQL, {about}"
            figures += [Figure(work, "CPU ms a feed", costs[who]), Figure(work, "CPU ms a feed, of the server", server)]
        added.append(Figure(f"a job, {about}", "CPU ms more than `crawl once`", costs["worker"] - costs["once"]))
    return [*figures, *added]


ROW = Row("workers", "what jobs in a queue add to the work, on PostgreSQL", measure, ("feeds", "runs"))
