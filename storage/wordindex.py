"""The index of words: which articles have certain tokens, on SQLite by FTS5 and on PostgreSQL by a GIN index.

Each state of an article's words is a document with a number of its own. On SQLite the index holds no texts and nothing
is taken out of it: a document whose number leads to no article any more is passed over.
https://www.sqlite.org/fts5.html#contentless_tables
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select, text

from storage import codec
from storage.pieces import IDS
from storage.schema import word_docs, words
from storage.words import Words

ENOUGH = 5000
"""So many articles with a word are found by the index; words of more are met soon in any list."""

_DOCS = select(word_docs.c.doc).where(word_docs.c.article_id.in_(IDS))
_DROP_DOCS = delete(word_docs).where(word_docs.c.article_id.in_(IDS))
_DROP_WORDS = delete(words).where(words.c.doc.in_(_DOCS))
_NUMBER = insert(word_docs).returning(word_docs.c.doc, word_docs.c.article_id)
_PUT = text("INSERT INTO words (doc, tokens) VALUES (:doc, array_to_tsvector(string_to_array(:tokens, ' ')))")
_LAST_IN_SQLITE = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'word_docs'"
_NUMBER_IN_SQLITE = "INSERT INTO word_docs (doc, article_id) VALUES (?, ?)"
_PUT_IN_SQLITE = "INSERT INTO words (rowid, tokens) VALUES (?, ?)"
MATCHING = {
    "sqlite": text(
        "SELECT d.article_id FROM words JOIN word_docs AS d ON d.doc = words.rowid"
        " WHERE words MATCH :asked LIMIT :limit"
    ),
    "postgresql": text(
        "SELECT d.article_id FROM words JOIN word_docs AS d ON d.doc = words.doc"
        " WHERE words.tokens @@ CAST(:asked AS tsquery) LIMIT :limit"
    ),
}


def put(connection: Connection, tokens: Mapping[str, Collection[str]]) -> None:
    """Make articles, by id, be found by these tokens and by no others."""
    drop(connection, tokens.keys())
    if not tokens:
        return
    if connection.dialect.name == "sqlite":
        _put_in_sqlite(connection, tokens)
        return
    numbered = connection.execute(_NUMBER, [{"article_id": id_} for id_ in tokens])
    rows = [{"doc": doc, "tokens": " ".join(tokens[id_])} for doc, id_ in numbered]
    connection.execute(_PUT, rows)


def _put_in_sqlite(connection: Connection, tokens: Mapping[str, Collection[str]]) -> None:
    # The writer is alone here, so that it can count the numbers itself: to have them returned costs far more.
    first = connection.exec_driver_sql(_LAST_IN_SQLITE).scalar_one() + 1
    numbered = list(enumerate(tokens, start=first))
    connection.exec_driver_sql(_NUMBER_IN_SQLITE, numbered)
    connection.exec_driver_sql(_PUT_IN_SQLITE, [(doc, " ".join(tokens[id_])) for doc, id_ in numbered])


def drop(connection: Connection, ids: Collection[str]) -> None:
    """Articles are found by no words any more."""
    for chunk in codec.chunks(ids):
        if connection.dialect.name == "postgresql":
            connection.execute(_DROP_WORDS, {"ids": chunk})
        connection.execute(_DROP_DOCS, {"ids": chunk})


def matching(connection: Connection, asked: Words) -> list[str] | None:
    """Ids of the articles that may hold all the words; None where they are too many to be looked up one by one."""
    if not asked.beginnings:
        return None
    values = {"asked": _QUERIES[connection.dialect.name](asked), "limit": ENOUGH + 1}
    ids = connection.execute(MATCHING[connection.dialect.name], values).scalars().all()
    return None if len(ids) > ENOUGH else [str(id_) for id_ in ids]


def _fts5_query(asked: Words) -> str:
    return " AND ".join([*(f'"{token}"' for token in asked.whole), *(f'"{token}"*' for token in asked.beginnings)])


def _tsquery(asked: Words) -> str:
    return " & ".join([*(f"'{token}'" for token in asked.whole), *(f"'{token}':*" for token in asked.beginnings)])


_QUERIES = {"sqlite": _fts5_query, "postgresql": _tsquery}
