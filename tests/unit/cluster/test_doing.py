"""What is enqueued and what a worker does for it, on a real store, a real queue and a real web server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.app import App, now
from crawler.cluster import enqueue
from crawler.cluster.doing import STRANGERS, Worker
from crawler.cluster.enqueue import enqueue_due, enqueue_known
from crawler.cluster.job import Job, job_of
from crawler.cluster.queue import Queue
from crawler.context import Crawl
from crawler.fetch import politeness as hosts
from crawler.fetch.politeness import Dispatcher
from crawler.linking import find_copies
from crawler.model import Fetched, Outcome, Request
from crawler.ports import ArticleWrite
from crawler.settings import FetchSettings
from storage.opening import open_sharing
from tests.support.blogs import rss
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.server import Answer, Server, gaps, overlaps
from tests.support.stores import (
    DAY,
    NOW,
    add_article,
    make_article,
    make_feed,
    make_feed_write,
    make_signature,
    make_write,
    stored,
)

pytestmark = needs_postgres

HOSTS = ("a.example", "b.example", "one.substack.com", "two.substack.com", "c.example")


@pytest.fixture(scope="module")
def url() -> str:
    return new_database()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        for host in HOSTS:
            server.add(f"{host}/feed", rss(host, f"http://{host}", [host.partition(".")[0]], full=True))
        yield server


@pytest.fixture
def app(url: str, server: Server, tmp_path: Path) -> Iterator[App]:
    """Five blogs, two of them on one platform."""
    lines = "".join(f"- {{url: 'http://{host}/feed', slug: {host.replace('.', '-')}}}\n" for host in HOSTS)
    file = tmp_path / "sources.yaml"
    file.write_text(f"settings:\n  fetch: {{pause: 0, timeout: 3, recent_days: 4000}}\nsources:\n{lines}")
    routes = {(host, 80): (server.address, server.port) for host in HOSTS}
    app = App(file, url, allow_private_hosts=("127.0.0.1",), environ={}, routes=routes)
    with closing(app):
        assert app.store.feeds() is not None
        with closing(Queue(url)):
            names = [name for (name,) in execute(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            execute(url, f"TRUNCATE {', '.join(name for name in names if name != 'alembic_version')} CASCADE")
        yield app


@pytest.fixture
def queue(url: str, app: App) -> Iterator[Queue]:
    with closing(Queue(url)) as queue:
        yield queue


@pytest.fixture
def crawl(app: App) -> Iterator[Crawl]:
    with app.run():
        yield app.crawl()


def _waiting(url: str) -> list[str]:
    rows = execute(url, "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' ORDER BY queueing_lock")
    return [key for (key,) in rows]


class TestEnqueue:
    """What is due, once."""

    def test_every_source_once(self, crawl: Crawl, queue: Queue, app: App) -> None:
        assert enqueue_due(crawl, queue, app.config.sources).fetch == 5
        assert enqueue_due(crawl, queue, app.config.sources).fetch == 0
        assert queue.lanes()["substack.com"] == 2

    def test_no_more_of_a_host_than_a_look_should_pass_over(
        self, crawl: Crawl, queue: Queue, app: App, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The others stay due until there is room."""
        monkeypatch.setattr(enqueue, "WAITING_A_LANE", 1)
        assert enqueue_due(crawl, queue, app.config.sources).fetch == 4
        assert enqueue_due(crawl, queue, app.config.sources).fetch == 0

    def test_known_sources_by_their_next_check(
        self, crawl: Crawl, queue: Queue, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Portion by portion; those that are not due, or not in sources.yaml any more, are left out."""
        monkeypatch.setattr(enqueue, "PORTION", 2)
        worker = Worker(crawl, queue)
        for slug in crawl.sources:
            worker.do(Job("fetch", slug))
        execute(url, "DELETE FROM procrastinate_jobs; DELETE FROM articles")
        assert enqueue_known(crawl, queue).fetch == 0
        execute(url, "UPDATE feeds SET next_check_at = 1 WHERE source <> 'b-example'")
        crawl.store.save_feeds([make_feed("left-out", next_check_at=NOW - DAY)])
        assert enqueue_known(crawl, queue).fetch == 4
        assert "fetch:b-example" not in _waiting(url)

    def test_articles_that_wait_are_read_whatever_their_source_does(self, crawl: Crawl, queue: Queue, url: str) -> None:
        """And texts whose copies were not looked for are linked."""
        crawl.store.write_feeds([make_feed_write(make_write(owner="a-example"), source="a-example")], NOW)
        article = make_article("https://x.example/1")
        crawl.store.add_articles([ArticleWrite(article, make_signature())])
        done = enqueue_known(crawl, queue)
        assert (done.extract, done.link) == (1, 1)
        assert _waiting(url) == ["extract:a-example", "link:"]


class TestWorker:
    """A job is the steps of a crawl for one source."""

    def test_from_source_to_article(self, crawl: Crawl, queue: Queue, url: str) -> None:
        """First sight is when the job was enqueued."""
        worker = Worker(crawl, queue)
        worker.do(Job("fetch", "a-example", "a.example", seen_at=NOW))
        assert _waiting(url) == ["extract:a-example"]
        worker.do(Job("extract", "a-example", "a.example"))
        worker.do(Job("link"))
        article = stored(crawl.store, "http://a.example/posts/a")
        assert article.first_seen_at == NOW
        assert article.labelled
        assert article.text
        assert crawl.store.unsearched() == []

    def test_an_article_that_another_blog_told_of_first_is_read_where_it_stands(
        self, crawl: Crawl, queue: Queue, server: Server, url: str
    ) -> None:
        """Its own feed brings nothing new by it, and yet there is a page to read."""
        for host in ("b.example", "a.example"):  # the former tells of the latter's post
            server.add(f"{host}/feed", rss(host, "http://a.example", ["a"]))
        worker = Worker(crawl, queue)
        worker.do(Job("fetch", "b-example", "b.example"))
        execute(url, "DELETE FROM procrastinate_jobs")  # done, and the page was the owner's by then
        worker.do(Job("fetch", "a-example", "a.example"))
        assert _waiting(url) == ["extract:a-example"]

    def test_an_archive_is_read_to_its_end_whatever_was_asked_before(
        self, crawl: Crawl, queue: Queue, app: App, server: Server, url: str
    ) -> None:
        """As `crawl once --backfill` does: what was there and is not read waits to be read, and older parts come in."""
        archive = '<atom:link rel="prev-archive" href="/archive/1"/>'
        server.add("a.example/feed", rss("a", "http://a.example", ["a"], full=True, links=archive))
        server.add("a.example/archive/1", rss("a", "http://a.example", ["old"], full=True, start=5000))
        worker = Worker(crawl, queue)
        worker.do(Job("fetch", "a-example", "a.example"))
        assert enqueue_due(crawl, queue, [crawl.sources["a-example"]], everything=True, backfill=True).fetch == 1
        assert _waiting(url) == ["backfill:a-example", "extract:a-example"]
        ((payload,),) = execute(url, "SELECT args FROM procrastinate_jobs WHERE queue_name = 'fetch.2'")
        worker.do(job_of(payload))
        worker.do(Job("extract", "a-example", "a.example"))
        assert stored(crawl.store, "http://a.example/posts/old").labelled
        assert crawl.store.feeds()["a-example"].backfilled_at is not None
        assert [path for path in server.paths() if path != "/robots.txt"] == ["/feed", "/feed", "/archive/1"]

    def test_a_source_that_is_not_due_or_not_ours_is_left_alone(
        self, crawl: Crawl, queue: Queue, server: Server, url: str
    ) -> None:
        """Somebody else did it, or is at it, or it is not in this machine's sources.yaml."""
        worker = Worker(crawl, queue)
        worker.do(Job("fetch", "a-example"))
        worker.do(Job("fetch", "a-example"))
        other = open_sharing(url)
        assert other is not None
        with closing(other), other.joined():
            other.lease(["b-example"])
            worker.do(Job("fetch", "b-example"))
        worker.do(Job("fetch", "stranger"))
        assert server.paths() == ["/feed"]

    def test_where_nothing_can_be_reached_a_source_is_asked_twice_before_it_is_blamed(
        self, crawl: Crawl, queue: Queue, server: Server, url: str
    ) -> None:
        """The first few are: there are dead hosts. One that answers ends the doubt."""
        for host in HOSTS:
            server.add(f"{host}/feed", cut=0, length=10)
        worker = Worker(crawl, queue)
        for slug in list(crawl.sources)[: STRANGERS + 1]:
            worker.do(Job("fetch", slug))
        doubted = list(crawl.sources)[STRANGERS]
        assert [slug for slug, feed in crawl.store.feeds().items() if feed.failures] == sorted(list(crawl.sources)[:3])
        assert _waiting(url) == [f"fetch:{doubted}"]
        worker.do(Job("fetch", doubted, doubts=1))
        assert crawl.store.feeds()[doubted].failures == 1

    def test_a_worker_that_is_told_to_end_puts_its_jobs_back(self, crawl: Crawl, queue: Queue, url: str) -> None:
        crawl.interrupt(15)
        Worker(crawl, queue).do(Job("fetch", "a-example", "a.example"))
        assert _waiting(url) == ["fetch:a-example"]


def test_a_host_s_wish_that_one_process_met_holds_for_all(url: str, server: Server, app: App) -> None:
    """Retry-After, and the slow-down after a 429, from one dispatcher to another over the database."""
    later = Answer(status=429, headers={"Retry-After": "1"})
    server.add("a.example/x", answer=[later, Answer(b"ok")])
    server.add("a.example/y", b"ok")
    outcomes = [_ask(app, url, f"http://a.example{path}") for path in ("/x", "/y")]
    assert all(isinstance(outcome, Fetched) for outcome in outcomes), outcomes
    asked = sorted(server.requests, key=lambda seen: seen.start)
    assert [seen.path for seen in asked] == ["/x", "/x", "/y"]
    assert overlaps(asked) == 0
    assert gaps(asked)[0] >= 1.0
    assert gaps(asked)[1] >= 2.5, "five seconds after a 429, and a fifth less after each good answer"


def _ask(app: App, url: str, address: str) -> Outcome:
    """One request as a process of its own would make it, which knows of hosts only what the store knows."""
    sharing = open_sharing(url)
    assert sharing is not None
    with closing(sharing), sharing.joined():
        settings = FetchSettings(pause=0.0, workers=1)
        dispatcher = Dispatcher(app.fetcher, settings, user_agent="t/1", hosts={}, now=now, turns=sharing)
        ((_, outcome),) = dispatcher.run([hosts.Job(address, Request(address, "feed"), lambda outcome: outcome)])
    return outcome


def test_copies_that_two_workers_store_at_once_are_found(crawl: Crawl, app: App) -> None:
    """An article that was read anew while its copies were looked for is looked at once more."""
    one = add_article(crawl.store, "http://a.example/1", signature=make_signature())
    store = crawl.store
    suspects = store.unsearched()
    store.save_articles(
        [ArticleWrite(make_article(one.url, text="Another text."), make_signature(2, values=b"\x09\x09\x09\x09"))]
    )
    seen = {suspect.id: suspect.signature for suspect in suspects}
    store.save_copies(list(seen), [], dict.fromkeys(seen), seen)
    assert [suspect.id for suspect in store.unsearched()] == [one.id]
    find_copies(crawl)
    assert store.unsearched() == []


def test_an_article_that_another_source_brought_meanwhile_is_decided_on_again(crawl: Crawl) -> None:
    """What was decided on an older state of the store is refused, whole."""
    store = crawl.store
    assert not store.write_feeds([make_feed_write(make_write(), source="a-example")], NOW)
    late = make_feed_write(make_write(owner="b-example"), source="b-example")
    assert store.write_feeds([late], NOW + DAY) == ["b-example"]
    assert "b-example" not in store.feeds()
    assert not store.write_feeds([make_feed_write(make_write(), source="a-example")], NOW + timedelta(hours=1))
