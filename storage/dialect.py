"""Everything that SQLite and PostgreSQL do differently once they are connected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    or_,
    text,
)
from sqlalchemy.sql.dml import Insert

_ADVISORY = 0x6372_776C  # the first half of our advisory lock keys; the second names the schema
WRITE_LOCK, RUN_LOCK = "write", "run"


@cache
def upsert(dialect: str, table: Table, keep: tuple[str, ...] = (), differing: tuple[str, ...] = ()) -> Insert:
    """INSERT that replaces a row with the same primary key, but for the columns `keep`.

    With `differing`, a row that is equal in these columns is left alone. Statements are made once: SQLAlchemy
    finds its compiled form by them.
    """
    insert = _insert(dialect, table)
    primary = [column.name for column in table.primary_key]
    others = [column.name for column in table.columns if column.name not in (*primary, *keep)]
    differs = [table.c[name] != insert.excluded[name] for name in differing]
    statement: Insert = insert.on_conflict_do_update(
        index_elements=primary,
        set_={name: insert.excluded[name] for name in others},
        where=or_(*differs) if differs else None,
    )
    return statement


@cache
def insert_new(dialect: str, table: Table) -> Insert:
    """INSERT that leaves a row with the same primary key alone."""
    statement: Insert = _insert(dialect, table).on_conflict_do_nothing(
        index_elements=[column.name for column in table.primary_key]
    )
    return statement


def insert_many(connection: Connection, statement: Insert, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns, as plain values of the driver.

    SQLAlchemy prepares each row of each execution anew, which costs more than what SQLite does with it; here a
    statement is compiled once a set of columns. Values are such that no type has to convert them: text, bytes, numbers.
    """
    if rows:
        columns = tuple(rows[0])
        sql, order = _compiled(connection.dialect, statement, columns)
        if order is None:
            connection.exec_driver_sql(sql, rows)
        else:
            connection.exec_driver_sql(sql, list(map(order, rows)))


@lru_cache(maxsize=64)
def _compiled(
    dialect: Dialect, statement: Insert, columns: tuple[str, ...]
) -> tuple[str, Callable[[dict[str, Any]], Any] | None]:
    """The statement for the driver, and what puts a row into its order where parameters have no names."""
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    order = compiled.positiontup
    if order is None:
        return compiled.string, None
    return compiled.string, itemgetter(*order) if len(order) > 1 else lambda row: (row[order[0]],)


def select_often(connection: Connection, statement: Select[Any], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """Rows of a statement with many parameters that is asked once an article.

    SQLAlchemy prepares each parameter of each execution anew, which costs twice what the database does with it; here
    the statement is compiled once. Neither parameters nor columns may need a conversion, as in `insert_many`.
    """
    sql, order, own = _compiled_select(connection.dialect, statement)
    every = {**own, **values}
    given = every if order is None else tuple([every[name] for name in order])
    return connection.exec_driver_sql(sql, given).all()


@lru_cache(maxsize=64)
def _compiled_select(dialect: Dialect, statement: Select[Any]) -> tuple[str, Sequence[str] | None, Mapping[str, Any]]:
    """The statement for the driver, the order of its parameters where they have no names, and those it brings."""
    compiled = statement.compile(dialect=dialect)
    return compiled.string, compiled.positiontup, compiled.params


def values_of(dialect: str, parameter: str) -> ColumnElement[str]:
    """The strings of a JSON list, a parameter of this name, as the column of a table."""
    given = bindparam(parameter, type_=Text)
    listed = func.json_array_elements_text(cast(given, JSON)) if dialect == "postgresql" else func.json_each(given)
    return listed.table_valued("value").c.value


def contains(dialect: str, column: Column[str], part: str) -> ColumnElement[bool]:
    """Whether a text holds `part` to the letter."""
    return (func.strpos(column, part) if dialect == "postgresql" else func.instr(column, part)) > 0


def lock_writes(connection: Connection) -> None:
    """One writing transaction at a time. SQLite has seen to it with BEGIN IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        connection.execute(_write_lock, {"lock": WRITE_LOCK})


def try_run_lock(connection: Connection) -> bool:
    """Take PostgreSQL's run lock for the life of this connection, or say that somebody has it."""
    return bool(connection.execute(_run_lock, {"lock": RUN_LOCK}).scalar())


def release_run_lock(connection: Connection) -> None:
    """Give the run lock back; the server would notice that the connection was closed only a moment later."""
    connection.execute(_run_unlock, {"lock": RUN_LOCK})


_write_lock = text(f"SELECT pg_advisory_xact_lock({_ADVISORY}, hashtext(current_schema() || :lock))")
_run_lock = text(f"SELECT pg_try_advisory_lock({_ADVISORY}, hashtext(current_schema() || :lock))")
_run_unlock = text(f"SELECT pg_advisory_unlock({_ADVISORY}, hashtext(current_schema() || :lock))")


def _insert(dialect: str, table: Table):  # type: ignore[no-untyped-def]  # noqa: ANN202 - two classes without a common base
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(table)
