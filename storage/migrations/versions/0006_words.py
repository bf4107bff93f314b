"""The index of words, filled with the articles that are there.

A migration says what it makes in full and imports nothing of ours, so that it makes the same for ever.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TOKEN = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[^\x00-\x7f]")
_PAGE = "SELECT id, title, summary, text FROM articles WHERE id > :after ORDER BY id LIMIT 500"


def upgrade() -> None:
    op.create_table(
        "word_docs",
        sa.Column("doc", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("article_id", key, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    put = "INSERT INTO words (doc, tokens) VALUES (:doc, array_to_tsvector(string_to_array(:words, ' ')))"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE words USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
        put = "INSERT INTO words (rowid, tokens) VALUES (:doc, :words)"
    else:
        op.create_table(
            "words",
            sa.Column("doc", sa.BigInteger(), primary_key=True, autoincrement=False),
            sa.Column("tokens", TSVECTOR(), nullable=False),
        )
        op.create_index("words_tokens", "words", ["tokens"], postgresql_using="gin")
    _fill(op.get_bind(), sa.text(put))


def _fill(connection: sa.Connection, put: sa.TextClause) -> None:
    number = sa.text("INSERT INTO word_docs (doc, article_id) VALUES (:doc, :id)")
    after, last = "", 0
    while rows := connection.execute(sa.text(_PAGE), {"after": after}).all():
        docs = range(last + 1, last + 1 + len(rows))
        connection.execute(number, [{"doc": doc, "id": row.id} for doc, row in zip(docs, rows, strict=True)])
        texts = [_tokens(f"{row.title}\n{row.summary}\n{row.text}") for row in rows]
        connection.execute(put, [{"doc": doc, "words": words} for doc, words in zip(docs, texts, strict=True)])
        after, last = rows[-1].id, docs[-1]
    if last and connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('word_docs', 'doc'), {last})"))


def _tokens(text: str) -> str:
    tokens = set(_TOKEN.findall(text.lower()))
    return " ".join(sorted({_OTHER.sub(lambda m: f"x{m[0].encode().hex()}", token)[:64] for token in tokens}))
