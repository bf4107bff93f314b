"""What many feeds need: the schedule of the crawl itself, run over feeds that post as published studies found.

Two mixes of feeds, by their posting rhythm:
  blogs   the 100,000 most subscribed feeds of Bloglines: 30 to 40 % post daily or more often, about 60 % at least
          weekly (mean time between posts; socialmedia.typepad.com/blog/bloglines). A lognormal through both points,
          cut at twelve posts a day.
  mixed   12,611 feeds over eight months (Travers, Hmedeh, Vouzoukidou, du Mouza, Christophides and Scholl, "RSS feeds
          behavior analysis, structure and vocabulary", Int. J. Web Information Systems 10(3), 2014): 8,155 of them post
          at all, 10,794,285 items in all, 17 % of those 97 % of the items.

Each feed of a sample posts as a Poisson process by its rate; every check goes through `crawler.schedule`, which is
what decides in a crawl. What a check costs is what `scripts/bench` measured, or given: see `--help`. Everything follows
from `--seed`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler import schedule
from crawler.model import Feed, FeedDocument, Fetched, NotModified
from crawler.settings import FetchSettings

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "scale.md"
BENCHMARKS = TOP / "docs" / "benchmarks.json"
BEGIN, END = "<!-- figures: made by scripts/scale --write -->", "<!-- end of figures -->"
NOW = datetime(2026, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)
ENTRIES = 26  # in a feed
MOST_A_DAY = 12.0  # posts of a blog; the tail of the lognormal goes on, and whoever writes more is a news wire
YEARS = 2 * 365  # days of history before the simulation, so that rhythms are known
SETTLE = 14  # days until every feed is asked by its own rhythm


@dataclass(frozen=True, slots=True)
class Costs:
    """What a piece of work costs. CPU in milliseconds of one core, sizes in bytes; money in any currency."""

    check_304_ms: float = 2.5
    check_200_ms: float = 5.0
    entry_ms: float = 6.0
    page_ms: float = 21.0
    job_ms: float = 4.0
    server_job_ms: float = 2.6
    server_article_ms: float = 3.0
    conditional: float = 0.8
    bytes_304: int = 900
    bytes_200: int = 22_000
    bytes_page: int = 45_000
    whole: float = 0.4
    row_bytes: int = 16_000
    archive_bytes: int = 40_000
    transactions: float = 5.0
    busy: float = 0.6
    core_month: float = 15.0
    gigabyte_month: float = 0.1

    @classmethod
    def help(cls) -> dict[str, str]:
        """What each one means, for the command line."""
        return {
            "check_304_ms": "CPU of a check that is answered 304, with its connection",
            "check_200_ms": "CPU of a check that is answered with a feed of 26 entries, stored",
            "entry_ms": "CPU of a new entry: labels and signature",
            "page_ms": "CPU of a page: fetched, extracted, labelled",
            "job_ms": "CPU that a job of the queue adds to its work",
            "server_job_ms": "CPU of PostgreSQL for a job: queue, lease, turns, state",
            "server_article_ms": "CPU of PostgreSQL for an article: stored at first sight, as read, and linked",
            "conditional": "share of feeds that answer 304 where nothing is new",
            "bytes_304": "on the wire for a 304 with its request and TLS",
            "bytes_200": "on the wire for a compressed feed",
            "bytes_page": "on the wire for a compressed page",
            "whole": "share of articles whose feed has the whole text, so that no page is asked for",
            "row_bytes": "that an article takes in the database, with indexes, bands and entry",
            "archive_bytes": "that an article takes in an archive of raw answers, compressed",
            "transactions": "that write, for a job: it is taken and finished, a turn as well, a state is stored",
            "busy": "share of a core that may be busy",
            "core_month": "price of a core with 4 GB for a month",
            "gigabyte_month": "price of a gigabyte of database disk for a month",
        }


def measured(benchmarks: Mapping[str, Any]) -> dict[str, float]:
    """Costs as `scripts/bench --write` or `--json` told them, as far as it did.

    The web speaks TLS: a connection's share, which the first readings were measured without, is added to them.
    """

    def figure(row: str, measure: str, *words: str) -> float | None:
        figures = benchmarks.get(row, {}).get("figures", ())
        found = [f["value"] for f in figures if f["measure"] == measure and all(word in f["work"] for word in words)]
        return float(found[0]) if found else None

    plain, secure = figure("warm", "CPU ms a feed"), figure("warm", "CPU ms a feed", "TLS")
    handshake = max(0.0, secure - plain) if plain is not None and secure is not None else 0.0
    cold = [f["value"] for f in benchmarks.get("cold", {}).get("figures", ()) if f["measure"] == "CPU ms a feed"]
    pages = figure("extraction", "pages a second of CPU")
    costs = {
        "check_304_ms": secure if secure is not None else plain,
        "check_200_ms": cold[-1] + handshake if cold else None,
        "entry_ms": figure("cold", "CPU ms more a recent entry"),
        "page_ms": 1000 / pages + (secure or 0.0) if pages else None,
        "job_ms": figure("workers", "CPU ms more than `crawl once`", "not modified"),
        "server_job_ms": figure("workers", "CPU ms a feed, of the server", "worker", "not modified"),
    }
    return {name: cost for name, cost in costs.items() if cost is not None}


@dataclass
class Seen:
    """What one sample of feeds asked for in the days that were simulated."""

    feeds: int
    days: float
    checks: int = 0
    unchanged: int = 0
    posts: int = 0
    busiest_hour: int = 0


def blogs(rng: random.Random) -> float:
    """Posts a day of one feed: 35 % have a mean gap of at most a day, 60 % of at most a week."""
    below_day, below_week = -0.3853, 0.2533  # quantiles of the normal distribution at 0.35 and 0.60
    sigma = math.log(7) / (below_week - below_day)
    return min(MOST_A_DAY, 1.0 / math.exp(rng.gauss(-below_day * sigma, sigma)))


def mixed(rng: random.Random) -> float:
    """Posts a day of one feed: a third silent, the others in two classes whose means give the published shares."""
    if rng.random() >= 8155 / 12611:
        return 0.0
    total = 10_794_285 / 243 / 8155  # posts a day of a feed that posts
    mean = total * 0.97 / 0.17 if rng.random() < 0.17 else total * 0.03 / 0.83
    return mean * math.exp(rng.gauss(-0.5, 1.0))  # a lognormal of sigma 1 around the mean of its class


MIXES: dict[str, Callable[[random.Random], float]] = {"blogs": blogs, "mixed": mixed}


def simulate(mix: Callable[[random.Random], float], feeds: int, days: int, seed: int, conditional: float) -> Seen:
    """Run the schedule of `feeds` feeds for `days` days, after two weeks in which it settles."""
    rng = random.Random(seed)
    settings = FetchSettings()
    seen = Seen(feeds, days)
    hours: Counter[int] = Counter()
    end = NOW + (SETTLE + days) * DAY
    for number in range(feeds):
        posts = _posts(rng, mix(rng), end)
        _run(Feed(f"f{number}", f"https://f{number}.example/feed"), posts, rng, settings, seen, hours, end, conditional)
    seen.busiest_hour = max(hours.values(), default=0)
    return seen


def _posts(rng: random.Random, rate: float, end: datetime) -> list[datetime]:
    """When a feed posts, oldest first: enough history for its rhythm, then all that falls into the simulation."""
    if rate <= 0:
        return []
    at = NOW - min(timedelta(days=YEARS), timedelta(days=2 * ENTRIES / rate))
    found = []
    while (at := at + timedelta(days=rng.expovariate(rate))) < end:
        found.append(at)
    return found


def _run(
    feed: Feed,
    posts: list[datetime],
    rng: random.Random,
    settings: FetchSettings,
    seen: Seen,
    hours: Counter[int],
    end: datetime,
    conditional: float,
) -> None:
    told, known = 0, -1
    answers_304 = rng.random() < conditional
    at = NOW + rng.random() * DAY
    counted = NOW + SETTLE * DAY
    while at < end:
        while told < len(posts) and posts[told] <= at:
            told += 1
        fresh = told != known
        entries = posts[max(0, told - ENTRIES) : told]
        if fresh:
            document = FeedDocument("rss20", "", None, ())
            feed = schedule.after_check(
                feed, Fetched(feed.url, 200, {}, b""), document, now=at, settings=settings, rng=rng, dates=entries
            )
        else:
            feed = schedule.after_check(feed, NotModified(feed.url, {}), None, now=at, settings=settings, rng=rng)
        if at >= counted:
            seen.checks += 1
            seen.unchanged += not fresh and answers_304
            seen.posts += max(told - max(known, 0), 0) if known >= 0 else 0
            hours[int((at - NOW).total_seconds() // 3600)] += 1
        known = told
        assert feed.next_check_at is not None
        at = feed.next_check_at


def needs(seen: Seen, feeds: int, costs: Costs) -> dict[str, float]:
    """What `feeds` feeds of this kind need, by the day or as said."""
    each = feeds / seen.feeds / seen.days
    checks, unchanged, posts = seen.checks * each, seen.unchanged * each, seen.posts * each
    pages = posts * (1 - costs.whole)
    full = checks - unchanged
    jobs = checks + posts / 4  # of a source's new articles some come together
    cpu = (
        unchanged * costs.check_304_ms
        + full * costs.check_200_ms
        + pages * costs.page_ms
        + (posts - pages) * costs.entry_ms
        + jobs * costs.job_ms
    ) / 1000
    traffic = unchanged * costs.bytes_304 + full * costs.bytes_200 + pages * costs.bytes_page
    server = jobs * costs.server_job_ms + posts * costs.server_article_ms
    cores = cpu / 86_400 / costs.busy
    table = posts * 365 * costs.row_bytes
    return {
        "checks a day": checks,
        "requests/s, mean": (checks + pages * 1.1) / 86_400,
        "checks/s, busiest hour": seen.busiest_hour / 3600 * feeds / seen.feeds,
        "304, share of checks": unchanged / checks if checks else 0.0,
        "new articles a day": posts,
        "traffic, GB a day": traffic / 1e9,
        "traffic, Mbit/s mean": traffic * 8 / 86_400 / 1e6,
        "cores of workers": cores,
        "cores of PostgreSQL": server / 1000 / 86_400 / costs.busy,
        "writing transactions/s": jobs * costs.transactions / 86_400,
        "articles after a year, millions": posts * 365 / 1e6,
        "tables after a year, GB": table / 1e9,
        "archive after a year, GB": posts * 365 * costs.archive_bytes / 1e9,
        "cost of a month": (cores + server / 1000 / 86_400 / costs.busy) * costs.core_month
        + table / 1e9 * costs.gigabyte_month,
    }


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2g}"


def table(feeds: list[int], seen: dict[str, Seen], costs: Costs) -> str:
    """A Markdown table: a row a need, a column a mix and number of feeds."""
    columns = [(name, count) for name in seen for count in feeds]
    results = [needs(seen[name], count, costs) for name, count in columns]
    lines = ["| | " + " | ".join(f"{name}, {count:,}" for name, count in columns) + " |"]
    lines.append("|---" * (len(columns) + 1) + "|")
    lines += [f"| {key} | " + " | ".join(_shown(result[key]) for result in results) + " |" for key in results[0]]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="scripts/scale", description="What many feeds need, by a simulation.")
    parser.add_argument("--feeds", type=int, action="append", help="how many feeds; may be given again")
    parser.add_argument("--sample", type=int, default=1500, help="feeds that are simulated of each mix")
    parser.add_argument("--days", type=int, default=14, help="days that are counted, after two weeks to settle")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--benchmarks", type=Path, default=BENCHMARKS, help="figures of scripts/bench (docs/benchmarks.json)"
    )
    parser.add_argument("--costs", type=Path, help="a JSON file with any of the following, measured elsewhere")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    for field in fields(Costs):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=float, help=Costs.help()[field.name])
    options = parser.parse_args(arguments)
    given: dict[str, Any] = {**measured(_read(options.benchmarks))} if options.benchmarks.is_file() else {}
    given |= _read(options.costs) if options.costs else {}
    given |= {field.name: value for field in fields(Costs) if (value := getattr(options, field.name)) is not None}
    costs = Costs(**given)
    seen = {
        name: simulate(mix, options.sample, options.days, options.seed, costs.conditional)
        for name, mix in MIXES.items()
    }
    feeds = options.feeds or [1000, 100_000, 1_000_000]
    if options.json:
        found = {name: {str(count): needs(one, count, costs) for count in feeds} for name, one in seen.items()}
        print(json.dumps({"costs": asdict(costs), "needs": found}, indent=1))
    else:
        print(table(feeds, seen, costs))
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        shown = f"{table(feeds, seen, costs)}\n\n{told(costs)}"
        PAGE.write_text(f"{before}{BEGIN}\n\n{shown}\n\n{END}{after}", encoding="utf-8")
    return 0


def told(costs: Costs) -> str:
    """The costs of the work, as a line below the table."""
    names = {
        "check_304_ms": "a check that is answered 304",
        "check_200_ms": "one with a feed",
        "entry_ms": "a new entry",
        "page_ms": "a page",
        "job_ms": "a job",
        "server_job_ms": "PostgreSQL for a job",
        "server_article_ms": "for an article",
    }
    said = ", ".join(f"{about} {getattr(costs, name):.2g}" for name, about in names.items())
    return f"CPU milliseconds of one core: {said}."


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
