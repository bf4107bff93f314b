"""Where the time of a first reading goes: each stage by itself, in one process without threads."""

from __future__ import annotations

import hashlib
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from crawler import schedule
from crawler.dedup.decide import decide_entries
from crawler.extract import is_whole
from crawler.fetch.client import HttpFetcher
from crawler.model import Feed, FeedDocument, Fetched, Request, Source
from crawler.ports import FeedWrite
from crawler.read.feed import walk
from crawler.read.xmltree import parse_xml
from crawler.settings import FetchSettings
from crawler.storing import FEEDS_A_COMMIT
from crawler.urls import url_key
from storage.opening import open_store
from tests.bench.figures import Figure, Row, Setting
from tests.bench.world import web

_SETTINGS = FetchSettings(pages="never", allow_private_hosts=("127.0.0.0/8",))
_Read = tuple[Source, FeedDocument, Fetched, str]


class _Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[stage] += time.process_time() - began


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU milliseconds a feed of fetching, parsing, walking, deciding and storing."""
    clock = _Clock()
    with web(setting.feeds) as origin:
        fetcher = HttpFetcher(_SETTINGS, user_agent="bench/1", environ={})
        with closing(fetcher):
            read = [_read(clock, fetcher, number, url) for number, url in enumerate(origin.urls())]
    with closing(open_store(f"sqlite:///{setting.folder}/db.sqlite")) as store:
        sources = {source.slug: source for source, *_ in read}
        rng, now = random.Random(1), datetime.now(UTC)
        for start in range(0, len(read), FEEDS_A_COMMIT):
            portion = read[start : start + FEEDS_A_COMMIT]
            with clock("asking the store what is known"):
                known = store.known_all(
                    {
                        source.slug: ({url_key(e.url) for e in document.entries}, {e.guid for e in document.entries})
                        for source, document, *_ in portion
                    }
                )
            writes = []
            for source, document, outcome, digest in portion:
                feed = Feed(source.slug, source.url)
                with clock("deciding"):
                    dates = [entry.published_at for entry in document.entries if entry.published_at]
                    after = schedule.after_check(
                        feed, outcome, document, now=now, settings=_SETTINGS, dates=dates, rng=rng, body_hash=digest
                    )
                    decision = decide_entries(
                        source, document, feed, known[source.slug],
                        now=now, settings=_SETTINGS, sources=sources, is_whole=is_whole,
                    )  # fmt: skip
                writes.append(FeedWrite(after, decision.writes))
            with clock("storing"):
                store.write_feeds(writes, now)
    return [
        Figure(f"{setting.feeds} feeds, cold: {stage}", "CPU ms a feed", seconds * 1000 / setting.feeds)
        for stage, seconds in clock.seconds.items()
    ]


def _read(clock: _Clock, fetcher: HttpFetcher, number: int, url: str) -> _Read:
    with clock("fetching"):
        outcome = fetcher.fetch(Request(url, "feed"))
    assert isinstance(outcome, Fetched), outcome
    with clock("parsing XML, hash of the bytes"):
        digest = hashlib.sha256(outcome.body).hexdigest()
        tree = parse_xml(outcome.body)
    with clock("reading entries"):
        document, _ = walk(tree, url)
    return Source(slug=f"s{number}", name="x", url=url), document, outcome, digest


ROW = Row("stages", "where the time of a first reading goes, stage by stage", measure)
