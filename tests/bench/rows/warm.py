"""Asking again where nothing is new: every answer is 304."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.figures import Figure, Row, Setting
from tests.bench.measure import Usage, in_turn
from tests.bench.world import Subscriptions, web


def measure(setting: Setting) -> Sequence[Figure]:
    """CPU a feed over plain HTTP at both sizes and over new TLS connections, beside newsboat; transactions."""
    few, many = setting.feeds, setting.many
    with web(max(few, many)) as plain, web(few, tls=setting.folder / "authority.pem") as secure:
        small = _read_once(setting.folder / "few", plain.urls(few))
        large = _read_once(setting.folder / "many", plain.urls(many))
        tls = _read_once(setting.folder / "tls", secure.urls(), secure.authority)
        works: dict[str, Callable[[], Usage]] = {"few": _again(small), "many": _again(large), "tls": _again(tls)}
        if setting.rivals is not None:
            newsboat, urls, folder = setting.rivals.run_newsboat, plain.urls(few), setting.folder / "newsboat"
            for _ in range(2):  # it keeps validators from its second run on
                newsboat(folder, urls)
            works["newsboat"] = lambda: newsboat(folder, urls)
        found = in_turn(setting.runs, works)
        commits = _commits(small)
    costs = {name: usage.cpu * 1000 / (many if name == "many" else few) for name, usage in found.items()}
    beside = {"newsboat": costs["newsboat"]} if "newsboat" in costs else {}
    figures = [
        Figure(f"warm, {few} feeds, all 304", "CPU ms a feed", costs["few"], 1.3, beside=beside),
        Figure(f"warm, {many} feeds, all 304", "CPU ms a feed", costs["many"], 1.3),
        Figure(f"warm, {few} feeds, all 304, new TLS connections", "CPU ms a feed", costs["tls"], 3.0),
        Figure(f"warm, {few} feeds, all 304", "writing transactions a hundred feeds", commits * 100 / few, 2.0),
    ]
    if beside:
        figures.append(Figure(f"warm, {few} feeds, all 304", "x newsboat", costs["few"] / costs["newsboat"], 0.15))
    return figures


def _read_once(folder: Path, urls: Sequence[str], authority: Path | None = None) -> Subscriptions:
    subscriptions = Subscriptions(folder, urls, authority)
    subscriptions.crawl("once", "-q")
    return subscriptions


def _again(subscriptions: Subscriptions) -> Callable[[], Usage]:
    return lambda: subscriptions.crawl("once", "--all", "-q")


def _commits(subscriptions: Subscriptions) -> int:
    """Writing transactions of one run: in WAL mode each ends with a commit frame, whose size of the database is set."""
    database = next(subscriptions.folder.glob("crawl/*.sqlite"))
    holder = sqlite3.connect(database)  # while it is open, the last writer to leave does not remove the log
    try:
        holder.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        holder.execute("SELECT count(*) FROM feeds").fetchall()
        subscriptions.crawl("once", "--all", "-q")
        log = database.with_name(database.name + "-wal").read_bytes()
    finally:
        holder.close()
    page = int.from_bytes(log[8:12], "big")
    sizes = (log[at + 4 : at + 8] for at in range(32, len(log), 24 + page))
    return sum(size != b"\0\0\0\0" for size in sizes)


ROW = Row("warm", "asking again where nothing is new", measure)
