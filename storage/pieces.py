"""Statements about many rows at once: `IN :ids`, asked in pieces of bounded length."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, bindparam

from storage import codec

IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def fetch(
    connection: Connection,
    statement: Executable,
    ids: Collection[Any],
    **more: Any,  # noqa: ANN401 - whatever else the statement binds
) -> Iterator[Any]:
    """Rows of a statement with `IDS`."""
    for chunk in codec.chunks(ids):
        yield from connection.execute(statement, {"ids": chunk, **more}).all()


def apply(connection: Connection, statement: Executable, ids: Collection[Any]) -> None:
    """Execute a statement with `IDS` that gives no rows."""
    for chunk in codec.chunks(ids):
        connection.execute(statement, {"ids": chunk})
