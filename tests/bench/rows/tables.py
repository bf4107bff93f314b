"""Tens of millions of articles on PostgreSQL: in one table as shipped, under other indexes, and divided by month."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench import questions, slim
from tests.bench.figures import Figure, Row, Setting

_TOP = Path(__file__).resolve().parents[3]


def measure(setting: Setting) -> Sequence[Figure]:
    """What each question costs the server. The stores are made one after the other: each takes the disk of one."""
    from tests.support.postgres import new_database

    setting.tell(f"{setting.slim:,} articles in one table ...")
    url = new_database()
    slim.fill(url, setting.slim)
    one = _asked(url)
    gigabytes = _execute(url, "SELECT pg_database_size(current_database()) / 1e9")
    setting.tell("the same under narrow indexes, and under a BRIN index ...")
    slim.index_by(url, slim.NARROW)
    narrow = _asked(url)
    slim.index_by(url, slim.BRIN)
    brin = _asked(url)
    _drop(url)
    setting.tell(f"{setting.slim:,} articles divided by month ...")
    url = new_database()
    slim.fill(url, setting.slim, by_month=True)
    divided = _asked(url)
    _drop(url)
    return [
        Figure(f"{setting.slim:,} articles on PostgreSQL", "GB", gigabytes),
        *_figures(one, {"narrow": narrow, "BRIN": brin, "by month": divided}),
    ]


def _figures(one: Mapping[str, questions.Cost], others: Mapping[str, Mapping[str, questions.Cost]]) -> list[Figure]:
    figures = []
    for name, cost in one.items():
        beside = {other: found[name] for other, found in others.items()}
        figures.append(Figure(name, "pages", cost.pages, beside={other: c.pages for other, c in beside.items()}))
        figures.append(Figure(name, "ms of the server", cost.ms, beside={other: c.ms for other, c in beside.items()}))
    return figures


def _asked(url: str) -> dict[str, questions.Cost]:
    command = [sys.executable, "-m", "tests.bench.questions", url]
    done = subprocess.run(command, cwd=_TOP, capture_output=True, text=True, check=True)
    return {name: questions.Cost(**cost) for name, cost in json.loads(done.stdout).items()}


def _execute(url: str, statement: str) -> float:
    from tests.support.postgres import execute

    return float(execute(url, statement)[0][0])


def _drop(url: str) -> None:
    from tests.support.postgres import execute, server_url

    execute(server_url(), f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")


ROW = Row(
    "tables", "tens of millions of articles on PostgreSQL, in one table and otherwise", measure, ("slim",), by_name=True
)
