"""Tens of millions of articles on PostgreSQL, made by the server itself: the tables that years of many feeds leave.

`SPAN` of articles up to `END` whatever the number, of twenty thousand sources, of which some write far more than others.
They are as `crawl tidy` leaves them: titles, labels and summaries of all, texts, signatures and keys of copies of the
newest twentieth. Index and tables are those of the store; `by_month` divides the articles among tables of a month each,
with the same indexes, as far as PostgreSQL can: an id is unique within its month alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, make_url

from storage import codec
from storage.engine import postgresql_engine
from storage.opening import open_store
from storage.schema import articles

END = datetime(2026, 11, 16, tzinfo=UTC)
SPAN = timedelta(days=5 * 365)
SOURCES = 20_000
KEYS = 33
WHOLE = 20
"""One article in so many, the newest, has its text and its keys."""

_AT_ONCE = 250_000
_TABLES = ("articles", "entries", "aliases", "bands")
_RANDOM = "(n * 2654435761 % 4294967296) / 4294967296.0"  # Knuth's multiplicative hash, from 0 to 1

_OTHER_KEYS = f"SELECT string_agg(',' || hashint8extended(n, band), '') FROM generate_series(3, {KEYS + 2}) AS band"

_ARTICLE = {
    "id": "id",
    "source": "source",
    "guid": "'https://' || key",
    "url": "'https://' || key",
    "canonical_url": "'https://' || key",
    "canonical_key": "CASE WHEN n % 97 = 0 THEN key || '/whole' END",
    "title": "'What we learnt of queues, and of caches, in part ' || n",
    "first_seen_at": "at + 3600000000",
    "published_at": "CASE WHEN n % 50 > 0 THEN at END",
    "duplicate_of": "CASE WHEN n % 31 = 0 THEN left(md5((n + 1)::text), 16) END",
    "labelled": "n % 10000 > 0",
    "label_wanted": "n % 1000 = 0",
    "searched": "NOT (whole AND n % 1000 = 1)",
    "page": "CASE WHEN n % 5000 = 3 THEN 'failed' ELSE 'done' END",
    "page_next_at": "CASE WHEN n % 5000 = 3 THEN at + 3600000000 + 86400000000 END",
    "authors": "'[\"Ada Alder\"]'",
    "company": "'Company ' || n % 997",
    "language": "'en'",
    "words": "1300",
    "minutes": "6",
    "kind": "'case-study'",
    "tags": '\'["caching","queues","topic-\' || n % 211 || \'"]\'',
    "roles": "'[\"sre\"]'",
    "audience": "'For site reliability engineers'",
    "summary": "'A worker with a budget keeps the queue short, and ' || md5(n::text) || ' says by how much.'",
    "signals": "'{\"words\":1300}'",
    "title_key": "CASE WHEN whole THEN hashint8extended(n, 1) END",
    "shingles": "CASE WHEN whole THEN 240 ELSE 0 END",
    "signature": "CASE WHEN whole THEN decode(repeat(md5(n::text), 32), 'hex') END",
    "signature_keys": f"CASE WHEN whole THEN '[' || hashint8extended(n, 1) || ({_OTHER_KEYS}) || ']' END",
    "text": "CASE WHEN whole THEN repeat(md5(n::text) || ' ', 24) ELSE '' END",
}
_ENTRY = {
    "source": "source",
    "key": "key",
    "article_id": "id",
    "hash": "left(md5('entry' || n), 16)",
    "guid": "'https://' || key",
    "guid_hash": "hashint8extended(n, 2)",
    "url": "'https://' || key",
    "title": _ARTICLE["title"],
    "authors": "'[]'",
    "published_at": "at",
    "tags": "'[]'",
    "first_seen_at": "at + 3600000000",
    "summary_html": "''",
    "content_html": "''",
}


def fill(url: str, count: int, *, by_month: bool = False) -> None:
    """Make the store behind a URL, which has no articles yet. Some 1.3 kB an article, some 70 µs."""
    open_store(url).close()
    # A per cent sign is an operator here, and no place for a parameter.
    engine = postgresql_engine(make_url(url), 30.0).execution_options(no_parameters=True)
    try:
        with engine.begin() as connection:
            for table in _TABLES:  # nothing of it has to survive a crash
                connection.exec_driver_sql(f"ALTER TABLE {table} SET UNLOGGED")
            if by_month:
                _divide(connection)
            indexes = _take_indexes(connection)
            connection.exec_driver_sql(_feeds())
        for last in range(count, 0, -_AT_ONCE):  # the oldest first, as years bring them
            with engine.begin() as connection:
                for statement in _rows(count, max(0, last - _AT_ONCE), last):
                    connection.exec_driver_sql(statement)
        for index in indexes:
            with engine.begin() as connection:
                connection.exec_driver_sql("SET maintenance_work_mem = '256MB'")
                connection.exec_driver_sql(index)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")
    finally:
        engine.dispose()


_NEWEST = "(coalesce(published_at, first_seen_at))"
NARROW = {
    "articles_newest": f"ON articles ({_NEWEST}, id, first_seen_at)",
    "articles_label_due": "ON articles (id) WHERE label_wanted AND NOT labelled",
    "articles_page_due": "ON articles (id, page_next_at) WHERE page_next_at IS NOT NULL",
}
"""Indexes that say where articles are, and no more of them."""
BRIN = {"articles_newest": f"ON articles USING brin ({_NEWEST})"}
"""One that takes next to no room, and has no order."""


def index_by(url: str, indexes: Mapping[str, str]) -> None:
    """Put other indexes in the place of those of these names."""
    engine = postgresql_engine(make_url(url), 30.0).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name, definition in indexes.items():
            connection.exec_driver_sql(f"DROP INDEX {name}")
            connection.exec_driver_sql(f"CREATE INDEX {name} {definition}")
        connection.exec_driver_sql("VACUUM (ANALYZE) articles")
    engine.dispose()


def keys_of(number: int) -> str:
    """The query for the keys under which an article is found."""
    return f"SELECT hashint8extended({number}, band) FROM generate_series(3, {KEYS + 2}) AS band"


def months() -> Iterator[tuple[str, datetime, datetime]]:
    """The tables of a divided store: a name, and the first sights from and before which it has articles."""
    at = (END - SPAN).replace(day=1)
    while at <= END + timedelta(days=1):
        later = (at + timedelta(days=32)).replace(day=1)
        yield f"articles_{at:%Y_%m}", at, later
        at = later


def _divide(connection: Connection) -> None:
    """Put a table of articles that is divided by first sight in the place of the one."""
    run = connection.exec_driver_sql
    made = [
        row[0]
        for row in run("SELECT indexdef FROM pg_indexes WHERE tablename = 'articles' AND indexname LIKE 'articles%'")
    ]
    run("ALTER TABLE articles RENAME TO undivided")
    run("CREATE TABLE articles (LIKE undivided INCLUDING DEFAULTS) PARTITION BY RANGE (first_seen_at)")
    run("DROP TABLE undivided")
    for name, start, end in months():
        bounds = f"FROM ({codec.micros(start)}) TO ({codec.micros(end)})"
        run(f"CREATE UNLOGGED TABLE {name} PARTITION OF articles FOR VALUES {bounds}")
    for index in made:
        run(index.replace("(id)", "(id, first_seen_at)") if "articles_pkey" in index else index)


def _take_indexes(connection: Connection) -> list[str]:
    """Drop the indexes, and say how they are made again: at the end, each in one go."""
    run = connection.exec_driver_sql
    listed = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('articles', 'entries', 'aliases', 'bands')"
    found = run(listed).all()
    for table in _TABLES:
        run(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_pkey")
    for name, _ in found:
        run(f"DROP INDEX IF EXISTS {name}")
    return [definition.replace(" ON ONLY ", " ON ") for _, definition in found]


def _feeds() -> str:
    end = codec.micros(END)
    return f"""
        INSERT INTO feeds (source, url, state, failures, move_seen, last_checked_at, begun_at, next_check_at)
        SELECT 's' || n, 'https://b' || n || '.example/feed', 'ok', 0, 0, {end} - n * 1000000::bigint, 0, {end} + n * 1000000::bigint
        FROM generate_series(0, {SOURCES - 1}) AS n
    """


def _rows(count: int, first: int, last: int) -> Iterator[str]:
    """Statements that make the articles from `first` to before `last`, counted from the newest, with all of theirs."""
    apart = SPAN / timedelta(microseconds=1) / count
    numbered = f"""
        SELECT n, source, key, left(md5(key), 16) AS id, {codec.micros(END)} - (n * {apart})::bigint AS at,
            n < {count // WHOLE} AS whole
        FROM (
            SELECT n, 's' || feed AS source, 'b' || feed || '.example/p/' || n AS key
            FROM (
                SELECT n::bigint AS n, floor({SOURCES} * power({_RANDOM}, 2))::int AS feed
                FROM generate_series({last - 1}, {first}, -1) AS n
            ) AS numbers
        ) AS named
    """
    for table, columns in (
        ("articles", _ARTICLE),
        ("entries", _ENTRY),
        ("aliases", {"key": "key", "article_id": "id"}),
    ):
        yield f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM ({numbered}) AS made"
    if first < count // WHOLE:
        yield f"""
            INSERT INTO bands SELECT hashint8extended(n, band), id
            FROM ({numbered}) AS made, generate_series(3, {KEYS + 2}) AS band WHERE whole
        """


assert _ARTICLE.keys() <= {column.name for column in articles.columns}
