"""A PostgreSQL of the benchmark's own, and what it costs."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def new_server_database() -> str:
    """The URL of an empty database. Raises ImportError where no PostgreSQL is installed."""
    from tests.support.postgres import new_database

    return new_database()


def cpu_seconds() -> float:
    """CPU time that the server has taken so far, with all of its processes."""
    return sum(_of(pid, waited_for=pid == _postmaster()) for pid in _processes(_postmaster())) / _TICKS


@cache
def _postmaster() -> int:
    from tests.support.postgres import execute, server_url

    folder = execute(server_url(), "SHOW data_directory")[0][0]
    return int(Path(folder, "postmaster.pid").read_text(encoding="ascii").split()[0])


def _processes(root: int) -> list[int]:
    children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
    return [root, *map(int, children)]


def _of(pid: int, *, waited_for: bool) -> int:
    """Ticks of a process, with those of the children that it saw end."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0  # it ended meanwhile
    fields = stat.rpartition(")")[2].split()
    return sum(map(int, fields[11:15] if waited_for else fields[11:13]))
