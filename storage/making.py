"""A new SQLite store: its schema is made at once, as all migrations together would make it; a test compares the two."""

from __future__ import annotations

from sqlalchemy import Connection, text

from storage.schema import metadata

# As Alembic makes it, which goes on from here.
_VERSIONS = """
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )
"""


def make(connection: Connection, revision: str) -> None:
    """Make the schema, which is that of `revision`, in an empty database. The caller holds the lock and commits."""
    metadata.create_all(connection, checkfirst=False)
    connection.execute(text(_VERSIONS))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:revision)"), {"revision": revision})
