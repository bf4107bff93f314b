"""What the questions of a run cost on a PostgreSQL store that `tests.bench.slim` made: one JSON line.

    python -m tests.bench.questions URL

For each question the store is asked as in a crawl, and each statement that it sends is then measured by PostgreSQL
itself: pages touched, which no load of the machine changes, and milliseconds, planning included; medians over `ASKED`
times with other parameters.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

from crawler.model import Signature, Window
from crawler.ports import ArticleQuery, Store, Suspect
from crawler.settings import DEFAULT_PROFILE
from storage.opening import open_store
from storage.sqlstore import SqlStore
from tests.bench.slim import END, SPAN, keys_of

ASKED = 9
_WEEK = Window(END - timedelta(days=7), END)
Ask = Callable[[Store], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one asking, by the server: milliseconds, pages of eight kB that were touched, statements."""

    ms: float
    pages: float
    statements: int


@dataclass(frozen=True, slots=True)
class _Sample:
    """An article to ask for."""

    id: str
    source: str
    key: str
    bands: tuple[int, ...]


def measure(url: str) -> dict[str, Cost]:
    """Every question's cost."""
    with closing(open_store(url)) as store, _connected(url) as engine:
        assert isinstance(store, SqlStore)
        samples = _samples(engine)
        return {name: _cost(store, engine, asks) for name, asks in _questions(store, samples).items()}


def _questions(store: Store, samples: list[_Sample]) -> dict[str, list[Ask]]:
    """Each question with other parameters; those of the whole store are asked once."""
    long_ago = END - timedelta(days=730)
    window = Window(_WEEK.end_at - timedelta(days=1), _WEEK.end_at)
    return {
        "what is known of a feed's 26 entries": [partial(_known, sample.source, sample) for sample in samples],
        "the same, of the source that wrote most": [partial(_known, "s0", sample) for sample in samples],
        "an article by its address": [partial(_by_address, sample) for sample in samples],
        "near copies of an article": [partial(_copies_of, sample) for sample in samples],
        "candidates of a day": [lambda s: s.in_window(window, 28)],
        "candidates of a week": [lambda s: s.in_window(_WEEK, 28)],
        "posts of eight weeks by source": [lambda s: s.posts(END - timedelta(weeks=8), END)],
        "the newest fifty": [lambda s: list(s.articles(ArticleQuery(limit=50)))],
        "the newest fifty of a tag": [lambda s: list(s.articles(ArticleQuery(tags=("topic-7",), limit=50)))],
        "the newest fifty of a source": [partial(_newest_of, sample) for sample in samples[:3]],
        "a page of the export": [lambda s: next(s.all_articles())],
        "feeds that are due": [lambda s: s.due_feeds(END + timedelta(hours=1), 1000)],
        "work that is due": [lambda s: s.work(END, limit=1000)],
        "work of a source": [partial(_work_of, sample) for sample in samples],
        "sources with work": [lambda s: s.sources_with_work(END, 10_000)],
        "what was not compared yet": [lambda s: s.unsearched(500)],
        "the ledger": [lambda s: s.ledger(DEFAULT_PROFILE)],
        "texts to drop, a thousand articles": [lambda s: s.forget_texts(long_ago, 1000)],
        "figures of all sources (`sources health`)": [lambda s: s.source_figures(END - timedelta(days=92))],
    }


def _known(source: str, sample: _Sample, store: Store) -> object:
    keys = [sample.key, *(f"{sample.key}/{n}" for n in range(25))]
    return store.known(source, keys, [f"https://{key}" for key in keys])


def _by_address(sample: _Sample, store: Store) -> object:
    return store.article(f"https://{sample.key}")


def _copies_of(sample: _Sample, store: Store) -> object:
    signature = Signature(b"-", sample.bands, sample.bands[0], 240)
    at = END
    article = Suspect(sample.id, sample.source, sample.key, sample.key, sample.key, "", "", at, at, signature)
    return store.suspects(article)


def _work_of(sample: _Sample, store: Store) -> object:
    return store.work(END, [sample.source], 1)


def _newest_of(sample: _Sample, store: Store) -> object:
    return list(store.articles(ArticleQuery(sources=(sample.source,), limit=50)))


def _cost(store: SqlStore, engine: Engine, asks: list[Ask]) -> Cost:
    found = []
    for ask in asks[:ASKED]:
        statements = _sent(store, ask)
        with engine.connect() as connection:
            # Twice: the first time may read from the disk what the second one finds in memory.
            explained = [[_explained(connection, *each) for each in statements] for _ in range(2)][1]
        found.append(Cost(sum(ms for ms, _ in explained), sum(pages for _, pages in explained), len(statements)))
    return Cost(*(statistics.median(getattr(cost, name) for cost in found) for name in ("ms", "pages", "statements")))


def _sent(store: SqlStore, ask: Ask) -> list[tuple[str, Any]]:
    statements: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool) -> None:
        if statement.startswith("SELECT") and "pg_advisory" not in statement:
            statements.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        ask(store)
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
    return statements


def _explained(connection: Any, statement: str, parameters: Any) -> tuple[float, float]:
    explain = f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {statement}"
    (plan,) = connection.exec_driver_sql(explain, parameters).scalar_one()
    blocks = ("Shared Hit Blocks", "Shared Read Blocks")
    pages = sum(part.get(name, 0) for part in (plan["Plan"], plan.get("Planning", {})) for name in blocks)
    return plan["Execution Time"] + plan["Planning Time"], pages


def _samples(engine: Engine) -> list[_Sample]:
    """Articles from the newest to the oldest."""
    rng = random.Random(7)
    listed = (
        "SELECT a.id, a.source, e.key FROM articles AS a JOIN entries AS e ON e.article_id = a.id"
        " WHERE coalesce(a.published_at, a.first_seen_at) <= %(at)s"
        " ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC LIMIT 1"
    )
    end = int(END.timestamp() * 1e6)
    ages = [rng.random() * SPAN.total_seconds() * (0.04 if n % 2 else 0.9) for n in range(2 * ASKED)]
    with engine.connect() as connection:
        rows = [connection.exec_driver_sql(listed, {"at": end - int(age * 1e6)}).one() for age in ages]
        number = re.compile(r"\d+$")
        bands = [connection.exec_driver_sql(keys_of(int(number.findall(key)[0]))).scalars().all() for _, _, key in rows]
    return [_Sample(id_, source, key, tuple(found)) for (id_, source, key), found in zip(rows, bands, strict=True)]


@contextmanager
def _connected(url: str) -> Iterator[Engine]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        yield engine
    finally:
        engine.dispose()


if __name__ == "__main__":
    json.dump({name: asdict(cost) for name, cost in measure(sys.argv[1]).items()}, sys.stdout, indent=1)
