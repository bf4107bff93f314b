"""What goes wrong with a database in real life gives the error that says what to do, and breaks nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
)
from crawler.ports import Store
from crawler.urls import article_id
from storage.opening import open_store
from tests.contract.store_methods import READS, SUSPECT, WRITES
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.stores import (
    URL,
    add_article,
    make_entry,
    make_record,
    make_write,
    stored,
    write_entries,
)

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one article and one issue."""
    path = tmp_path / "crawl.db"
    store = open_store(f"sqlite:///{path}")
    add_article(store, URL)
    store.publish(make_record(83), [])
    SUSPECT[:] = store.members([article_id(URL)])
    store.close()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """That store, waiting only a moment for locks."""
    store = open_store(f"sqlite:///{path}", busy_timeout=0.02)
    yield store
    store.close()


def test_every_method_is_tried() -> None:
    """A method that the port gains has to be listed in `store_methods`."""
    methods = {name for name in vars(Store) if not name.startswith("_")}
    assert methods == READS.keys() | WRITES.keys() | {"close", "run_lock"}


class TestLocked:
    """Another connection holds the database."""

    @pytest.fixture
    def other(self, path: Path) -> Iterator[sqlite3.Connection]:
        other = sqlite3.connect(path, isolation_level=None)
        yield other
        other.close()

    @pytest.mark.parametrize("name", READS)
    def test_readers_work_while_another_writes(self, store: Store, other: sqlite3.Connection, name: str) -> None:
        """They see what was there before."""
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM articles")
        READS[name](store)
        assert store.article(URL) is not None

    @pytest.mark.parametrize("name", WRITES)
    def test_writers_say_that_it_is_locked(
        self, store: Store, other: sqlite3.Connection, path: Path, name: str
    ) -> None:
        """After the time that was given; the message names the file, and the same call works afterwards."""
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match=rf"{path}.*run again"):
            WRITES[name](store)
        other.execute("ROLLBACK")
        WRITES[name](store)

    @pytest.mark.parametrize("name", READS | WRITES)
    def test_everybody_is_locked_out_by_an_exclusive_lock(self, path: Path, tmp_path: Path, name: str) -> None:
        """As a program has it that took the file out of WAL mode to work on it."""
        store = open_store(f"sqlite:///{path}", busy_timeout=0.02)
        store.close()  # the pool is empty: the next call opens the file anew
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreLocked):
            (READS | WRITES)[name](store)
        other.close()
        store.close()

    def test_opening_waits_for_nobody_who_only_writes(self, path: Path, other: sqlite3.Connection) -> None:
        """An up-to-date store is opened by reading."""
        other.execute("BEGIN IMMEDIATE")
        open_store(f"sqlite:///{path}", busy_timeout=0.02).close()

    def test_opening_a_new_store_that_is_locked(self, tmp_path: Path) -> None:
        """The migration cannot begin, and says so."""
        path = tmp_path / "new.db"
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            open_store(f"sqlite:///{path}", busy_timeout=0.02)
        other.close()
        open_store(f"sqlite:///{path}").close()

    @pytest.mark.parametrize("name", WRITES)
    @needs_postgres
    def test_postgresql_writers_say_so_too(self, name: str) -> None:
        """A table that somebody locked is waited for as long as SQLite would be."""
        import psycopg

        url = _postgresql()
        store = open_store(url, busy_timeout=0.05)
        with psycopg.connect(url) as other:
            other.execute(
                "LOCK feeds, hosts, entries, articles, aliases, bands, edges, issues, composed, ledger, deliveries, answers"
            )
            with pytest.raises(StoreLocked):
                WRITES[name](store)
        WRITES[name](store)
        store.close()


class TestFull:
    """No room is left."""

    def test_a_full_database_says_so_and_keeps_what_it_has(self, store: Store, path: Path) -> None:
        """SQLite's own bound on pages stands in for the disk."""
        with store._reading() as connection:  # type: ignore[attr-defined]
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        before = stored(store, URL)
        with pytest.raises(StoreFull, match=r"make room"):
            write_entries(store, _big_write("https://acme.example/big"))
        assert store.article("https://acme.example/big") is None
        assert store.feeds()["acme"].etag is None
        assert stored(store, URL) == before

    def test_a_file_that_may_not_grow_says_so(self, path: Path) -> None:
        """The system's limit on file sizes refuses the write itself, as a full disk does."""
        script = """
            import resource, signal
            from crawler.errors import StoreFull
            from tests.contract.test_store_failures import _big_write
            from tests.support.stores import URL, stored, write_entries
            from storage.opening import open_store

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            store = open_store("sqlite:///{path}")
            resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
            written = 0
            try:
                for n in range(1000):
                    write_entries(store, _big_write(f"https://acme.example/{{n}}"))
                    written += 1
            except StoreFull as error:
                assert "make room" in str(error)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            store.close()
            store = open_store("sqlite:///{path}")
            assert 0 < written < 1000
            assert len(list(store.all_articles())) == written + 1
            write_entries(store, _big_write("https://acme.example/after"))
            stored(store, "https://acme.example/after")
            store.close()
        """
        _run(script.format(path=path))


class TestReadOnly:
    """The file or its folder may not be written."""

    @pytest.mark.parametrize("name", WRITES)
    def test_writers_say_so(self, path: Path, name: str) -> None:
        """Readers read on."""
        store = open_store(f"sqlite:///file:{path}?mode=ro&uri=true")
        assert store.feeds()
        with pytest.raises(StoreReadOnly, match=r"permissions"):
            WRITES[name](store)
        store.close()

    def test_a_folder_that_may_not_be_written(self) -> None:
        """Neither a store nor its folder can be made there."""
        script = """
            import os, tempfile
            from pathlib import Path
            import pytest
            from crawler.errors import StoreReadOnly
            from storage.opening import open_store

            with tempfile.TemporaryDirectory() as parent:
                Path(parent).chmod(0o755)
                folder = Path(parent, "closed")
                folder.mkdir(mode=0o555)
                if os.geteuid() == 0:
                    os.seteuid(65534)  # root may write anywhere
                for path in ("crawl.db", "deeper/crawl.db"):
                    with pytest.raises(StoreReadOnly, match="closed.*permissions"):
                        open_store(f"sqlite:///{folder}/{path}")
                os.seteuid(os.getuid())
        """
        _run(script)


class TestCorrupt:
    """The file is no store."""

    def test_a_text_file_is_no_database(self, tmp_path: Path) -> None:
        """Whatever it holds is left alone."""
        path = tmp_path / "notes.txt"
        path.write_text("This is not a database, and it is longer than a header would be.\n" * 20)
        before = path.read_bytes()
        with pytest.raises(StoreCorrupt, match=r"notes.txt.*backup"):
            open_store(f"sqlite:///{path}")
        assert path.read_bytes() == before

    def test_a_damaged_file_is_told(self, path: Path) -> None:
        """Pages that were overwritten are noticed when they are read."""
        store = open_store(f"sqlite:///{path}")
        write_entries(store, *(_big_write(f"https://acme.example/{n}") for n in range(20)))
        store.close()
        with path.open("r+b") as file:
            file.seek(4096 * 2)
            file.write(os.urandom(path.stat().st_size - 4096 * 3))
        with pytest.raises(StoreCorrupt, match=r"damaged"):
            _export(path)

    def test_somebody_elses_database_is_left_alone(self, tmp_path: Path) -> None:
        """Its tables are not ours to add to."""
        path = tmp_path / "other.db"
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
        other.close()
        with pytest.raises(StoreCorrupt, match=r"another program.*--database"):
            open_store(f"sqlite:///{path}")
        with sqlite3.connect(path) as other:
            assert [name for (name,) in other.execute("SELECT name FROM sqlite_master")] == ["recipes"]
        other.close()

    def test_a_folder_is_no_database(self, tmp_path: Path) -> None:
        """It cannot be opened, and the message says what to check."""
        with pytest.raises(StoreError, match=r"cannot be opened"):
            open_store(f"sqlite:///{tmp_path}")


class TestRunLock:
    """One run a store, across processes."""

    def test_another_process_holds_it(self, store: Store, path: Path) -> None:
        """The message names the lock file and the process; after a SIGKILL the lock is free."""
        with _holding_lock(f"sqlite:///{path}") as process:
            with pytest.raises(StoreBusy, match=rf"process {process.pid}.*{path}\.lock"), store.run_lock():
                pytest.fail("two runs at once")
            assert store.article(URL) is not None  # the lock is for runs; commands that read go on
        with store.run_lock():
            pass

    @needs_postgres
    def test_another_process_holds_it_on_postgresql(self) -> None:
        """The server drops the lock with the connection."""
        url = new_database()
        store = open_store(url)
        with _holding_lock(url), pytest.raises(StoreBusy), store.run_lock():
            pytest.fail("two runs at once")
        for _ in range(100):
            try:
                with store.run_lock():
                    break
            except StoreBusy:
                execute(url, "SELECT pg_sleep(0.05)")
        else:
            pytest.fail("the lock outlived its process")
        store.close()


def _big_write(url: str) -> Any:
    return make_write(make_entry(url, content_html="x" * 50_000))


_databases: list[str] = []


def _postgresql() -> str:
    if not _databases:
        _databases.append(new_database())
        open_store(_databases[0]).close()
    return _databases[0]


def _export(path: Path) -> None:
    with closing(open_store(f"sqlite:///{path}")) as store:
        list(store.all_articles())


@contextmanager
def _holding_lock(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process has the run lock; it is killed afterwards."""
    script = f"""
        from storage.opening import open_store
        store = open_store({url!r})
        with store.run_lock():
            print("held", flush=True)
            input()
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def _run(script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
