"""Many machines on one store: workers in processes of their own against one origin that notes what it sees, and when."""

from __future__ import annotations

import signal
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.cluster import job as jobs
from crawler.cluster.job import Job
from crawler.cluster.queue import Queue
from crawler.fetch.hosts import lane_of
from tests.support.blogs import rss
from tests.support.machines import PAGE, Machines, add_blog, ended, text
from tests.support.postgres import execute, needs_postgres, server_url
from tests.support.server import Answer, Seen, Server, gaps, overlaps
from tests.support.waiting import until

pytestmark = needs_postgres

QUICK = "{pause: 0, recent_days: 4000}"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def _lanes(requests: list[Seen]) -> dict[str, list[Seen]]:
    found = defaultdict(list)
    for seen in requests:
        found[lane_of(f"http://{seen.host}/")].append(seen)
    return found


def test_hosts_see_one_request_at_a_time_and_their_pause_whoever_asks(server: Server, tmp_path: Path) -> None:
    """Three workers, twelve jobs at once: feeds, pages, robots.txt and a redirect to another host; blogs of one
    platform count as one host; a Crawl-delay and a Retry-After that one worker met hold for all. The queue keeps jobs of
    a host apart as a rule; here it does not, and turns alone hold."""
    lines = [add_blog(server, "busy.example", [f"p{n}"], path=f"/feed{n}") for n in range(4)]
    lines += [add_blog(server, f"b{n}.substack.com", [f"s{n}"]) for n in range(3)]
    lines += [add_blog(server, "slow.example", ["x", "y"], path="/feed"), add_blog(server, "tired.example", [])]
    server.add("slow.example/robots.txt", b"User-agent: *\nCrawl-delay: 0.7\n")
    server.add("away.example/feed", status=302, headers={"Location": "http://busy.example/moved"})
    # An article of its own: one that two sources tell of is asked once more where its owner comes to light meanwhile.
    add_blog(server, "busy.example", ["p4"], path="/moved")
    later = Answer(status=429, headers={"Retry-After": "1"})
    server.add("tired.example/feed", answer=[later, Answer(rss("t", "http://tired.example", []))])
    lines.append("- {url: 'http://away.example/feed', slug: away}\n")
    machines = Machines(tmp_path, server, "".join(lines), "{pause: 0.25, recent_days: 4000}")
    machines.crawl("once", "--enqueue")
    execute(machines.url, "UPDATE procrastinate_jobs SET lock = NULL")  # as of jobs that were put off: all at once
    machines.drain(3, "--concurrency", "4")
    lanes = _lanes(server.requests)
    assert {lane: overlaps(seen) for lane, seen in lanes.items()} == dict.fromkeys(lanes, 0)
    least = {lane: min(gaps(seen), default=9.0) for lane, seen in lanes.items()}
    assert min(least.values()) >= 0.25, least
    assert set(lanes) == {"busy.example", "substack.com", "slow.example", "tired.example", "away.example"}
    each_once = ["/feed0", "/feed1", "/feed2", "/feed3", "/moved", *(f"/posts/p{n}" for n in range(5)), "/robots.txt"]
    assert sorted(seen.path for seen in lanes["busy.example"]) == each_once
    assert len(lanes["substack.com"]) == 3 * 3
    asked = sorted(lanes["slow.example"], key=lambda seen: seen.start)
    after = next(at for at, seen in enumerate(asked) if seen.path == "/robots.txt")
    assert min(gaps(asked[after:])) >= 0.7
    assert gaps(lanes["tired.example"])[0] >= 1.0
    assert len(machines.exported()) == 10


def _village(server: Server) -> str:
    """Blogs that quote, copy, collect and move each other's articles: whose is which must not depend on who is
    first."""
    lines = [add_blog(server, f"v{n}.example", [f"{n}a", f"{n}b"]) for n in range(2)]
    lines.append(add_blog(server, "full.example", ["fa", "fb"], full=True))
    links = "".join(
        f"<item><title>Seen: {n}</title><link>http://v{n}.example/posts/{n}b</link></item>" for n in range(2)
    )
    planet = f'<rss version="2.0"><channel><title>Planet</title>{links}</channel></rss>'.encode()
    server.add("planet.example/feed", planet)
    lines.append("- {url: 'http://planet.example/feed', slug: planet}\n")
    copied = PAGE.format(
        title="Post 0a about caches", url="http://copy.example/posts/0a", text=text("0a", "v0.example")
    )
    lines.append(add_blog(server, "copy.example", ["0a"]))
    server.add("copy.example/posts/0a", copied.encode())
    server.add("go.example/1b", status=302, headers={"Location": "http://v1.example/posts/1b"})
    server.add(
        "go.example/feed",
        rss("Go", "http://go.example", []).replace(
            b"</channel>", b"<item><title>Elsewhere</title><link>http://go.example/1b</link></item></channel>"
        ),
    )
    lines.append("- {url: 'http://go.example/feed', slug: go}\n")
    return "".join(lines)


def test_one_two_and_eight_workers_and_runs_side_by_side_store_what_one_run_stores(
    server: Server, tmp_path: Path
) -> None:
    """The same bytes but for first sight; three runs of `crawl once` at once share the work."""
    machines = Machines(tmp_path, server, _village(server), QUICK)
    sqlite = f"sqlite:///{tmp_path}/reference.db"
    machines.crawl("once", "-q", url=sqlite)
    reference = machines.exported(sqlite)
    assert len(reference) == 7
    assert sum(row["duplicate_of"] is not None for row in reference) == 1
    for workers in (1, 2, 8):
        machines.forget()
        machines.enqueue()
        machines.drain(workers, "--concurrency", "3" if workers == 1 else "1")
        assert machines.exported() == reference, f"{workers} workers"
        assert machines.jobs("todo") == machines.jobs("doing") == machines.jobs("failed") == 0
    machines.forget()
    server.requests.clear()
    for run in [machines.start("once", "-q") for _ in range(3)]:
        ended(run, 0)
    assert machines.exported() == reference
    feeds = [f"{seen.host}{seen.path}" for seen in server.requests if seen.path == "/feed"]
    assert len(feeds) == len(set(feeds)) == 6


def test_workers_that_are_ended_and_killed_lose_nothing_and_double_nothing(server: Server, tmp_path: Path) -> None:
    """SIGTERM: the jobs under way are finished, exit code 143. SIGKILL: others take over what was half done."""
    lines = "".join(add_blog(server, f"k{n}.example", [f"{n}a", f"{n}b"]) for n in range(3))
    machines = Machines(tmp_path, server, lines, QUICK)
    sqlite = f"sqlite:///{tmp_path}/reference.db"
    machines.crawl("once", "-q", url=sqlite)
    reference = machines.exported(sqlite)
    server.requests.clear()
    for n in range(3):
        page = PAGE.format(
            title=f"Post {n}a about caches, in full",
            url=f"http://k{n}.example/posts/{n}a",
            text=text(f"{n}a", f"k{n}.example"),
        )
        server.add(f"k{n}.example/posts/{n}a", page.encode(), delay=1.0)
    machines.enqueue()
    first = machines.start("worker", "-q", "--concurrency", "2")
    until(lambda: sum("/posts/" in seen.path for seen in server.requests) >= 2)
    first.send_signal(signal.SIGTERM)
    ended(first, 143)
    assert machines.jobs("doing") == 0
    seen = len(server.requests)
    second = machines.start("worker", "-q", "--concurrency", "4", "--stalled-after", "4")
    until(lambda: sum("/posts/" in seen.path for seen in server.requests[seen:]) >= 2)
    second.send_signal(signal.SIGKILL)
    second.communicate()
    assert machines.jobs("doing") > 0
    machines.drain(1, "--stalled-after", "1.5")
    assert machines.exported() == reference
    assert machines.jobs("todo") == machines.jobs("doing") == machines.jobs("failed") == 0
    feeds = [seen.host for seen in server.requests if seen.path == "/feed"]
    assert len(feeds) <= 3 + 3, "a killed worker's sources at most are asked again"


def test_workers_of_two_versions_side_by_side(server: Server, tmp_path: Path) -> None:
    """A job that only the later version can read waits for it; the earlier ones are done by either."""
    machines = Machines(
        tmp_path, server, add_blog(server, "old.example", []) + add_blog(server, "new.example", []), QUICK
    )
    machines.exported()  # the store is there before its queue
    queue = Queue(machines.url)
    after = jobs.VERSION + 1
    payload = Job("fetch", "new-example-feed", seen_at=datetime.now(UTC)).payload()
    later = {**payload, "version": after, "shape": "unknown"}
    queue.put([Job("fetch", "old-example-feed")])
    queue.put_back(f"fetch.{after}", "crawl.fetch", "fetch:new-example-feed", later)
    queue.put_back("fetch", "crawl.fetch", "fetch:astray", {**later, "source": "old-example-feed"})
    machines.drain()
    assert [seen.host for seen in server.requests] == ["old.example"]
    assert queue.counts() == {(f"fetch.{after}", "todo"): 2}
    newer = machines.start("worker", "--drain", "-q", code=f"import crawler.cluster.job as job; job.VERSION = {after}")
    ended(newer, 0)
    assert queue.counts() == {}
    assert {seen.host for seen in server.requests} == {"old.example", "new.example"}
    queue.close()


def test_a_worker_outlives_its_connections_but_not_its_database(server: Server, tmp_path: Path) -> None:
    """Cut off, it connects again and goes on; where there is nothing to connect to it ends, and says so."""
    machines = Machines(tmp_path, server, add_blog(server, "a.example", ["a"]), QUICK)
    machines.exported()
    impatient = "from crawler.cluster import queue, worker; queue.CONNECT_SECONDS = worker.CONNECT_SECONDS = 3.0"
    worker = machines.start("worker", "-q", "--stalled-after", "3", code=impatient)
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until(lambda: execute(machines.url, f"SELECT 1 {others} AND query LIKE 'LISTEN%'") != [])
    execute(machines.url, f"SELECT pg_terminate_backend(pid) {others}")
    machines.enqueue()
    until(lambda: execute(machines.url, "SELECT 1 FROM articles WHERE page = 'done'") != [])
    execute(server_url(), f"DROP DATABASE {machines.name} WITH (FORCE)")
    _, err = worker.communicate(timeout=150)
    assert worker.returncode == 3, err
    assert "Traceback" not in err
