"""A store of many articles by seed: the state that years of crawling leave, written through the tables themselves.

Two thousand articles a week, backwards from `END`, whatever the number, so that a week of a small store and of a large
one are alike. The newest twenty thousand are written one by one, older ones are these again at other addresses. Texts are prose of no meaning with a long tail of rare words; labels are of the shipped taxonomy; markup
stands with the newest articles alone, as where `crawl tidy` ran. An article is found under as many keys as a real one,
and of one key in a hundred, that of a template, hundreds of articles are.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, make_url

from crawler.label.taxonomy.loading import load_taxonomy
from crawler.model import Article, Feed, Signals, Signature
from crawler.urls import article_id, url_key
from storage.engine import postgresql_engine, sqlite_engine, writing
from storage.opening import open_store
from storage.rows import Row
from storage.schema import articles, bands
from storage.sqltables import SqlTables
from tests.bench.text import paragraph

END = datetime(2026, 11, 16, tzinfo=UTC)
A_WEEK = 2000
SOURCES = 200
KEYS = 33
"""Keys under which an article of more than a hundred words is found: 24 bands and a winnowing of its opening."""
TEMPLATES = 20

RARE, FREQUENT = "quillwort", ("heronry", "osiery")
"""A word of every 20,000th article; two that a third of the articles have each, and none both."""

_SEED = 20261116
_AT_ONCE = 5000
_WRITTEN = 20_000  # articles that are written one by one; the others are these again
_PARAGRAPHS = 4000
_AGAIN = ("old TEXT", "new TEXT", "url TEXT", "key TEXT", "n INTEGER")
_KINDS = ("deep-dive", "case-study", "tutorial", "release", "opinion", "news")
_FTS_BUFFER = 64 * 1024 * 1024
_FTS_BUFFER_AS_MADE = 1024 * 1024  # https://www.sqlite.org/fts5.html#the_hashsize_configuration_option


def address(number: int) -> str:
    """Where an article lies."""
    return f"https://blog{number % SOURCES}.example/posts/{number}"


@cache
def _id(number: int) -> str:
    return article_id(address(number))


def window() -> tuple[str, str]:
    """The newest week, as `--from` and `--to` take it."""
    return (END - timedelta(days=7)).date().isoformat(), END.date().isoformat()


def kept(folder: Path, articles: int) -> Path:
    """A SQLite store of so many articles in `folder`; one that was made before is taken."""
    path = folder / f"store-{articles}.sqlite"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        making = folder / f"store-{articles}.making"
        making.unlink(missing_ok=True)
        fill(f"sqlite:///{making}", articles)
        shutil.move(making, path)
    return path


def write_sources(folder: Path) -> Path:
    """A sources.yaml over the store's sources."""
    lines = "".join(f"- {{slug: s{n}, url: 'https://blog{n}.example/feed'}}\n" for n in range(SOURCES))
    path = folder / "sources.yaml"
    path.write_text(
        f"settings:\n  timezone: UTC\n  contact: https://example.org/about\nsources:\n{lines}", encoding="utf-8"
    )
    return path


def fill(url: str, count: int, *, words: bool = True) -> None:
    """Make the store behind a URL, which has no articles yet; without `words` no search finds them."""
    open_store(url).close()
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = sqlite_engine(parsed, 30.0, in_memory=False) if sqlite else postgresql_engine(parsed, 30.0)
    try:
        _fill(writing(engine), count, words=words)
    finally:
        engine.dispose()


def _fill(engine: Engine, count: int, *, words: bool) -> None:
    sqlite = engine.dialect.name == "sqlite"
    made = _articles(min(count, _WRITTEN))
    with engine.begin() as connection:
        if sqlite:
            _set_fts_buffer(connection, _FTS_BUFFER)
        SqlTables(connection).put_feeds(
            Feed(f"s{n}", f"https://blog{n}.example/feed", state="ok", begun_at=END - timedelta(days=7000))
            for n in range(SOURCES)
        )
    while rows := list(islice(made, _AT_ONCE)):
        with engine.begin() as connection:
            tables = SqlTables(connection)
            tables.put_rows(rows)
            tables.put_aliases({url_key(row.article.url): row.article.id for row in rows})
            if words:
                tables.put_words(rows)
    for first in range(_WRITTEN, count, _WRITTEN):
        with engine.begin() as connection:
            _again(connection, first, min(_WRITTEN, count - first), words=words)
    if count:
        _fill_bands(engine, count)
    with engine.begin() as connection:
        if sqlite:
            _set_fts_buffer(connection, _FTS_BUFFER_AS_MADE)
        else:
            connection.exec_driver_sql("ANALYZE")


def _again(connection: Connection, first: int, count: int, *, words: bool) -> None:
    """The first `count` articles once more, as those from number `first` on: at other addresses, and that much older."""
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS again ({', '.join(_AGAIN)})")
    connection.exec_driver_sql("DELETE FROM again")
    later = ((n, address(n)) for n in range(first, first + count))
    _put(connection, "again", [(_id(n - first), _id(n), url, url_key(url), n) for n, url in later])
    back = int(timedelta(days=7) / A_WEEK / timedelta(microseconds=1)) * first
    other = {
        **dict.fromkeys(("guid", "url", "canonical_url"), "again.url"),
        "id": "again.new",
        "title": "a.title || ' again ' || again.n",
        "first_seen_at": f"a.first_seen_at - {back}",
        "published_at": f"a.published_at - {back}",
        "title_key": f"a.title_key + {first}",
        "content_html": "''",
    }
    columns = [column.name for column in articles.columns]
    chosen = ", ".join(other.get(name, f"a.{name}") for name in columns)
    source = "FROM again JOIN articles AS a ON a.id = again.old ORDER BY again.n"
    connection.exec_driver_sql(f"INSERT INTO articles ({', '.join(columns)}) SELECT {chosen} {source}")
    connection.exec_driver_sql("INSERT INTO aliases (key, article_id) SELECT key, new FROM again")
    if words:
        _words_again(connection)


def _put(connection: Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Many rows of few columns, in the order of the table's; by COPY where there is one."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        return
    driver: Any = connection.connection.cursor()
    with driver.copy(f"COPY {table} FROM STDIN") as copy:
        copy.write("".join("\t".join(map(str, row)) + "\n" for row in rows))


def _words_again(connection: Connection) -> None:
    """By SQLite itself, whose tokens are ours where a text is in ASCII."""
    connection.exec_driver_sql("INSERT INTO word_docs (article_id) SELECT new FROM again ORDER BY n")
    connection.exec_driver_sql(
        "INSERT INTO words (rowid, tokens) SELECT d.doc, lower(a.title || ' ' || a.summary || ' ' || a.text)"
        " FROM again JOIN word_docs AS d ON d.article_id = again.new JOIN articles AS a ON a.id = again.new ORDER BY d.doc"
    )


def _set_fts_buffer(connection: Connection, size: int) -> None:
    connection.exec_driver_sql("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (size,))


# ---------------------------------------------------------------- articles


class _Prose:
    """Paragraphs, each with some words of a long tail, and titles."""

    def __init__(self, rng: random.Random) -> None:
        tail = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(4, 10))) for _ in range(50_000)]
        weights = list(accumulate(1 / (n + 20) for n in range(len(tail))))
        self._rng = rng
        self._stock = []
        for _ in range(_PARAGRAPHS):
            said = paragraph(rng, 4).split(" ")
            for place in rng.sample(range(1, len(said)), len(said) // 6):
                said[place] = rng.choices(tail, cum_weights=weights)[0]
            self._stock.append(" ".join(said))

    def text(self, number: int) -> str:
        """Three paragraphs, with the words that searches look for."""
        said = self._rng.choices(self._stock, k=3)
        if number % 3 < 2:
            said.append(f"Here the {FREQUENT[number % 3]} comes in.")
        if number % 20_000 == 7:
            said.append(f"There grows a {RARE}.")
        return "\n\n".join(said)

    def title(self, number: int) -> str:
        """Seven words and a number."""
        words = self._rng.choice(self._stock).split(" ")[1:8]
        return f"{' '.join(words).rstrip('.').capitalize()} {number}"


def _articles(count: int) -> Iterator[Row]:
    rng = random.Random(_SEED)
    prose = _Prose(rng)
    taxonomy = load_taxonomy()
    tags, roles = sorted(taxonomy.tags), sorted(taxonomy.roles)
    apart = timedelta(days=7) / A_WEEK
    for number in range(count):
        at = END - apart * (number + 1)
        said = prose.text(number)
        marked = "".join(f"<p>{part}</p>" for part in said.split("\n\n")) if number < 10 * A_WEEK else ""
        url = address(number)
        article = Article(
            id=article_id(url),
            source=f"s{number % SOURCES}",
            guid=url,
            url=url,
            canonical_url=url,
            title=prose.title(number),
            first_seen_at=at + timedelta(hours=1),
            published_at=at,
            company=f"Company {number % 997}",
            language="en",
            words=1300,
            minutes=6,
            kind=_KINDS[number % len(_KINDS)],
            tags=tuple(rng.sample(tags, 3)),
            roles=tuple(rng.sample(roles, 2)),
            audience=f"For readers of part {number % 50}",
            summary=said[: said.index(". ") + 1],
            deck=said[:80],
            text=said,
            content_html=marked,
            signals=Signals(rng.randint(200, 4000), rng.randint(0, 12), rng.randint(0, 5), rng.randint(0, 9)),
            labelled=True,
            page="done",
        )
        signature = Signature(rng.randbytes(512), (), rng.getrandbits(63), 240)
        yield Row(article, label_wanted=True, signature=signature)


# ---------------------------------------------------------------- keys of copies


def template_key(number: int) -> int:
    """A key under which the articles of a template are found."""
    return int(np.random.default_rng(_SEED + number).integers(-(2**63), 2**63 - 1))


def _fill_bands(engine: Engine, count: int) -> None:
    """In the order of their keys, which is that of the table: in another one each would be written to a page elsewhere."""
    ids = [_id(number) for number in range(count)]
    rng = np.random.default_rng(_SEED)
    templates = {template_key(n) for n in range(TEMPLATES)}
    parts = max(1, count * KEYS // 500_000)
    bounds = np.linspace(-(2**63), 2**63 - 1024, parts + 1)
    for low, high in pairwise(bounds):
        keys = np.sort(rng.integers(int(low), int(high), count * KEYS // parts))
        owners = rng.integers(0, count, len(keys))
        rows = [(key, ids[owner]) for key, owner in zip(keys.tolist(), owners.tolist(), strict=True)]
        for key in sorted(k for k in templates if low <= k < high):
            found = sorted(set(rng.integers(0, count, max(1, count // 1000)).tolist()))
            rows += [(key, ids[owner]) for owner in found]
        with engine.begin() as connection:
            _put(connection, bands.name, rows)
