"""The budget of a whole run: so many requests, so many bytes, and the rest is left for the next run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from crawler.model import Fetched
from tests.support.server import Answer
from tests.support.world import MOMENT, make_world
from tests.unit.fetch.named import SETTINGS, Web

URLS = [f"h{n}.example/{i}" for i in range(4) for n in range(5)]


@pytest.mark.parametrize("workers", [1, 16])
def test_no_more_requests_than_the_budget(workers: int) -> None:
    """Whatever the number of workers, exactly so many requests are sent, and what was asked is handed out."""
    with Web(replace(SETTINGS, max_requests=7, workers=workers)) as web:
        web.server.add("*", b"x", delay=0.01)
        done = web.get(*URLS, purpose="feed")
        assert len(web.server.requests) == 7
        assert len(done) == 7
        assert all(isinstance(outcome, Fetched) for outcome in done.values())
        assert web.dispatcher.exhausted
        assert web.get("h9.example/later", purpose="feed") == {}  # it holds from one step of a run to the next


def test_redirects_and_robots_count() -> None:
    """A page behind a redirect costs its robots.txt, the redirect and the page: three requests."""
    with Web(replace(SETTINGS, max_requests=3)) as web:
        web.server.add("/old", status=302, headers={"Location": "/new"})
        web.server.add("/new", b"x")
        assert isinstance(web.get("h1.example/old")["h1.example/old"], Fetched)
        assert web.at("h1.example") == ["/robots.txt", "/old", "/new"]
        assert not web.dispatcher.exhausted
        assert web.get("h1.example/new") == {}


def test_no_request_begins_after_so_many_bytes() -> None:
    """Bytes are counted as they came over the wire, compressed; what is under way is finished."""
    with Web(replace(SETTINGS, max_total_bytes=50_000, workers=1)) as web:
        web.server.add("*", b"x" * 20_000)
        assert len(web.get(*URLS, purpose="feed")) == 3
        assert web.dispatcher.exhausted
    with Web(replace(SETTINGS, max_total_bytes=50_000, workers=1)) as web:
        web.server.add("*", b"x" * 20_000, coding="gzip")
        assert len(web.get(*URLS, purpose="feed")) == len(URLS)


def test_failures_and_refused_bodies_cost_their_bytes() -> None:
    """An answer that is thrown away was received all the same."""
    with Web(replace(SETTINGS, max_total_bytes=30_000, max_bytes=20_000, workers=1)) as web:
        web.server.add("*", answer=lambda _: Answer(b"x" * 25_000, chunked=True))
        assert 2 <= len(web.get(*URLS, purpose="feed")) <= 3


def test_none_by_default() -> None:
    """Without a budget nothing is dropped."""
    with Web() as web:
        web.server.add("*", b"x")
        assert len(web.get(*URLS, purpose="feed")) == len(URLS)
        assert not web.dispatcher.exhausted


def test_a_run_at_its_budget_skips_and_the_next_ones_go_on(tmp_path: Path) -> None:
    """Feeds come first; what is left is skipped, not failed; runs one after the other reach everything."""
    with DemoServer(MOMENT) as server:
        whole = make_world(tmp_path / "whole", server)
        whole.crawl("once", "-q")
        world = make_world(tmp_path / "world", server)
        text = (world.folder / "sources.yaml").read_text(encoding="utf-8")
        assert "  fetch:\n" in text
        (world.folder / "sources.yaml").write_text(text.replace("  fetch:\n", "  fetch:\n    max_requests: 12\n", 1))
        server.clear()
        first = world.json("once", "--json")
        outcomes = [row["outcome"] for row in first["sources"]]
        assert "skipped" in outcomes
        assert len(server.hits) == 12
        assert "stopped at the budget" in world.crawl("once").stderr
        for _ in range(60):
            server.clear()
            world.crawl("once", "-q")
            if len(server.hits) < 12:
                break
        assert world.exported() == whole.exported()
