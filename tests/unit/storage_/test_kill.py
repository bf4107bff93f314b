"""A process that is killed at any moment leaves a whole store: validators are never newer than their entries."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from storage.opening import open_store
from tests.support.stores import make_feed

CHECKOUT = Path(__file__).resolve().parents[3]
PER_WRITE = 5

WRITER = f"""
import sys
from storage.opening import open_store
from tests.support.stores import NOW, make_entry, make_feed_write, make_write

store = open_store(sys.argv[1])
first = int(store.feeds()["acme"].etag or 0) if store.feeds() else 0
print("open", flush=True)
for n in range(first + 1, 1_000_000):
    urls = [f"https://acme.example/{{n}}/{{i}}" for i in range({PER_WRITE})]
    entries = [make_write(make_entry(url, content_html="x" * 4000)) for url in urls]
    store.write_feeds([make_feed_write(*entries, etag=str(n))], NOW)
"""


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2])
def test_sigkill_while_feeds_are_written(tmp_path: Path, seconds: float) -> None:
    """Twice in a row: the file is sound, every entry that a validator stands for is there, and none besides."""
    path = tmp_path / "crawl.db"
    for _ in range(2):
        _write_and_kill(f"sqlite:///{path}", seconds)
        with closing(open_store(f"sqlite:///{path}")) as store:
            feed = store.feeds().get("acme", make_feed(etag="0"))
            last = int(feed.etag or 0)
            urls = {article.url for article in store.all_articles()}
            assert urls == {f"https://acme.example/{n}/{i}" for n in range(1, last + 1) for i in range(PER_WRITE)}
            assert len(store.known("acme", [], urls).entries) == last * PER_WRITE
            assert all(store.article(url) is not None for url in urls)
            with store.run_lock():
                pass
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _write_and_kill(url: str, seconds: float) -> None:
    command = [sys.executable, "-c", WRITER, url]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
