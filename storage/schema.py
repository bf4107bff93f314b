"""The tables and their indexes. `migrations/versions` makes them; a test compares the two.

There are no foreign keys: every row of another table is written in the transaction that writes its article,
and only `join` removes articles. Times are microseconds since 1970, lists are JSON text (see `codec`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.compiler import DDLCompiler
from sqlalchemy.types import UserDefinedType

metadata = MetaData()

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared and sorted by its bytes, as SQLite and Python do, whatever PostgreSQL's locale is."""

feeds = Table(
    "feeds",
    metadata,
    Column("source", Key, primary_key=True),
    Column("url", Text, nullable=False),
    Column("current_url", Text),
    Column("state", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text),
    Column("last_checked_at", BigInteger),
    Column("begun_at", BigInteger),
    Column("backfilled_at", BigInteger),
    Column("last_success_at", BigInteger),
    Column("next_check_at", BigInteger),
    Column("interval", Float),
    Column("usual_new", Float),
    Column("move_target", Text),
    Column("move_seen", Integer, nullable=False),
    Column("language", Text),
    Column("move_since", BigInteger),
    Column("asked_at", BigInteger),
    Column("wait_seconds", Integer),
    Column("skip_hours", Text),
    Column("skip_days", Text),
    Index("feeds_due", "next_check_at", "source"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Key, primary_key=True),
    Column("robots_text", Text),
    Column("robots_status", Integer),  # written by earlier versions, whose workers may run beside ours
    Column("robots_expires_at", BigInteger),
    Column("blocked_until", BigInteger),
    Column("pause", Float),
)

entries = Table(
    "entries",
    metadata,
    Column("source", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("article_id", Key, nullable=False),
    Column("hash", Text, nullable=False),
    Column("guid", Text, nullable=False),
    Column("guid_hash", BigInteger, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("authors", Text, nullable=False),
    Column("published_at", BigInteger),
    Column("updated_at", BigInteger),
    Column("tags", Text, nullable=False),
    Column("image", Text),
    Column("language", Text),
    Column("first_seen_at", BigInteger, nullable=False),
    Column("summary_html", Text, nullable=False),
    Column("content_html", Text, nullable=False),
    Index("entries_article", "article_id"),
    Index("entries_guid", "source", "guid_hash"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("key", Key, primary_key=True),
    Column("article_id", Key, nullable=False),
    Index("aliases_article", "article_id"),
    sqlite_with_rowid=False,
)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _flag(name: str, default: str = "false") -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text(default))


articles = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source", Key, nullable=False),
    Column("guid", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("canonical_url", Text, nullable=False),
    Column("canonical_key", Key),  # only where it names another address than the article's own
    Column("title", Text, nullable=False),
    Column("first_seen_at", BigInteger, nullable=False),
    Column("published_at", BigInteger),
    Column("duplicate_of", Key),
    _flag("held"),
    _flag("noindex"),
    _flag("labelled"),
    _flag("label_wanted"),
    _flag("searched", "true"),
    _text("page", "none"),
    _count("page_tries"),
    Column("page_next_at", BigInteger),
    Column("page_error", Text),
    _text("authors", "[]"),
    Column("company", Text),
    _text("language"),
    _count("words"),
    _count("minutes"),
    _text("kind"),
    _text("tags", "[]"),
    _text("roles", "[]"),
    _text("audience"),
    _text("summary"),
    _text("deck"),
    Column("image", Text),
    _text("description"),
    _text("categories", "[]"),
    _text("signals", "{}"),
    _text("also_at", "[]"),
    Column("title_key", BigInteger),
    _count("shingles"),
    Column("signature", LargeBinary),
    Column("signature_keys", Text),
    _text("text"),
    _text("content_html"),
    _text("subkind"),
)

newest = func.coalesce(articles.c.published_at, articles.c.first_seen_at)
"""What lists are sorted by: the publisher's date, else first sight."""

label_due = text("label_wanted AND NOT labelled")
unsearched = text("NOT searched")

# The last three are there to be read from it. PostgreSQL wants a column that stands in an expression once more by
# itself before it answers from an index alone (its manual, "Index-Only Scans and Covering Indexes").
Index(
    "articles_newest",
    newest,
    articles.c.id,
    articles.c.first_seen_at,
    articles.c.source,
    articles.c.duplicate_of,
    articles.c.published_at,
)


def _partial(name: str, where: str, *columns: Column[str] | Column[int]) -> Index:
    # The migrations say it for PostgreSQL, too; to say it here would load that dialect for every SQLite store.
    return Index(name, *columns, sqlite_where=text(where))


_partial("articles_label_due", label_due.text, articles.c.id, articles.c.source)
_partial("articles_unsearched", unsearched.text, articles.c.id)
_partial("articles_page_due", "page_next_at IS NOT NULL", articles.c.id, articles.c.page_next_at, articles.c.source)
_partial("articles_canonical", "canonical_key IS NOT NULL", articles.c.canonical_key)
_partial("articles_title", "title_key IS NOT NULL", articles.c.title_key)
_partial("articles_copies", "duplicate_of IS NOT NULL", articles.c.duplicate_of)
_partial("articles_held", "held", articles.c.source)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("article_id", Key, primary_key=True),
    sqlite_with_rowid=False,
)

edges = Table(
    "edges",
    metadata,
    Column("a", Key, primary_key=True),
    Column("b", Key, primary_key=True),
    Column("reason", Key, primary_key=True),
    Column("similarity", Float, nullable=False),
    Index("edges_b", "b"),
    sqlite_with_rowid=False,
)

issues = Table(
    "issues",
    metadata,
    Column("profile", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
)

composed = Table(
    "composed",
    metadata,
    Column("profile", Key, primary_key=True),
    Column("start_at", BigInteger, primary_key=True),
    Column("end_at", BigInteger, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("profile", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("article_id", Key, nullable=False),
    Column("key", Key, nullable=False),
    Column("title", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Index("ledger_article", "article_id", "profile", "number"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("profile", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sink", Key, primary_key=True),
    Column("recipient", Key, primary_key=True),
    Column("sent_at", BigInteger, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("lane", Key, primary_key=True),
    Column("holder", Text),
    Column("held_until", BigInteger),
    Column("ready_at", BigInteger, nullable=False),
)
"""Whose turn it is at a host, where several processes ask (see `sharing`)."""

answers = Table(
    "answers",
    metadata,
    Column("key", Key, primary_key=True),
    Column("model", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("answered_at", BigInteger, nullable=False),
)
"""What a language model answered, by the hash of what it was asked."""

word_docs = Table(
    "word_docs",
    metadata,
    Column("doc", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("article_id", Key, nullable=False, unique=True),
    sqlite_autoincrement=True,
)
"""The number under which the words of an article's present state are in `words`. No number is given twice."""


class TsVector(UserDefinedType[str]):
    """PostgreSQL's type of the name; SQLAlchemy's own would load that whole dialect at every start."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """How it is declared."""
        return "TSVECTOR"


words = Table(
    "words",
    metadata,
    Column("doc", BigInteger, primary_key=True, autoincrement=False),
    Column("tokens", TsVector, nullable=False),
    Index("words_tokens", "tokens").ddl_if(dialect="postgresql"),  # by GIN, as the migration says
)
"""The index of words: on SQLite a table of FTS5, whose `rowid` is the number."""


@compiles(CreateTable, "sqlite")
def _create_table(element: CreateTable, compiler: DDLCompiler, **options: Any) -> str:  # noqa: ANN401 - of the library
    return FTS5 if element.element is words else str(compiler.visit_create_table(element, **options))  # type: ignore[no-untyped-call]


FTS5 = "CREATE VIRTUAL TABLE words USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii')"
