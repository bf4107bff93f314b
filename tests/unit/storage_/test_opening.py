"""Opening a store: URLs, the schema and its migrations, several processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect

import storage
from crawler.errors import SchemaTooNew, UserError
from crawler.ports import ArticleQuery
from storage.memory import MemoryStore
from storage.opening import REVISIONS, open_store
from storage.schema import metadata
from storage.sqlstore import SqlStore
from storage.upgrading import upgrade
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.stores import NOW, URL, add_article, make_feed, make_write, stored, write_entries

CHECKOUT = Path(__file__).resolve().parents[3]
DATA = Path(__file__).parent / "data"


def test_a_file_and_its_folders_are_made(tmp_path: Path) -> None:
    """The default store lies in a folder that does not exist at first."""
    path = tmp_path / "a" / "b c%41 #?&" / "crawl.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        write_entries(store, make_write())
    with closing(open_store(f"sqlite:///{path}")) as store:
        assert stored(store, URL).url == URL
    assert path.is_file()


@pytest.mark.parametrize("url", ["sqlite://", ":memory:", "sqlite:///:memory:"])
def test_sqlite_in_memory(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is left, and each store is one of its own."""
    monkeypatch.chdir(tmp_path)
    with closing(open_store(url)) as store, closing(open_store(url)) as other:
        assert isinstance(store, SqlStore)
        store.save_feeds([make_feed()])
        assert other.feeds() == {}
    assert list(tmp_path.iterdir()) == []


def test_memory_is_the_reference() -> None:
    """No database stands behind it."""
    assert isinstance(open_store("memory:"), MemoryStore)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:s3cret@host/db",
        "crawl.db",
        "",
        "http://example.org",
        "http://[::1",
        "postgres//x",
        "postgresql://u@h:port/d",
    ],
)
def test_urls_that_cannot_be_meant(url: str) -> None:
    """The message shows the two forms, and no password."""
    with pytest.raises(UserError, match=r"sqlite:///path/to/file.db or postgresql://") as caught:
        open_store(url)
    assert "s3cret" not in str(caught.value)


def test_an_up_to_date_store_opens_quickly(tmp_path: Path) -> None:
    """Without loading Alembic or the store in memory: in far less than the 30 ms that a command can spare for it."""
    url = f"sqlite:///{tmp_path}/crawl.db"
    open_store(url).close()
    script = f"""
import sys, time
from storage.opening import open_store
best = 1.0
for _ in range(5):
    started = time.process_time()
    store = open_store({url!r})
    best = min(best, time.process_time() - started)
    store.close()
assert not {{"alembic", "storage.memory"}} & sys.modules.keys()
print(best)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.03


def test_the_package_itself_is_light() -> None:
    """`import storage` loads no database library."""
    script = "import storage, sys; assert not {'sqlalchemy', 'alembic', 'psycopg'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, check=True)


def test_sqlite_is_in_wal_mode_and_syncs_normally(tmp_path: Path) -> None:
    """Readers and the writer do not wait for each other."""
    with closing(open_store(f"sqlite:///{tmp_path}/crawl.db", busy_timeout=1.5)) as store:
        assert isinstance(store, SqlStore)
        with store._reading() as connection:
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "busy_timeout")
            }
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 1500}


@pytest.mark.parametrize(("made_with", "expected"), [(None, 8192), (4096, 4096)])
def test_pages_of_a_new_file_hold_two_entries_and_those_of_an_old_one_stay(
    tmp_path: Path, made_with: int | None, expected: int
) -> None:
    """A file that was made with smaller pages is opened as it is."""
    path = tmp_path / "crawl.db"
    if made_with is not None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {made_with}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("VACUUM")
    open_store(f"sqlite:///{path}").close()
    with closing(open_store(f"sqlite:///{path}")) as store:
        assert store.feeds() == {}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA page_size").fetchone() == (expected,)


class TestMigrations:
    """The schema is what `storage.schema` says, however a store came to it."""

    def test_the_revisions_are_the_files(self) -> None:
        """The list that is compared at opening names every migration, oldest first, and the last is the head."""
        config = Config()
        config.set_main_option("script_location", str(Path(storage.__path__[0]) / "migrations"))
        scripts = ScriptDirectory.from_config(config)
        assert [script.revision for script in scripts.walk_revisions()] == list(reversed(REVISIONS))
        assert scripts.get_heads() == [REVISIONS[-1]]

    def test_migrations_make_the_schema_on_sqlite(self, tmp_path: Path) -> None:
        """Tables, columns, types, defaults, primary keys and indexes are those of the metadata."""
        open_store(f"sqlite:///{tmp_path}/made.db").close()
        migrated, made = (create_engine(f"sqlite:///{tmp_path}/{name}.db") for name in ("migrated", "made"))
        with migrated.begin() as connection:
            upgrade(connection)
        assert _statements(migrated) == _statements(made)
        for engine in (migrated, made):
            with engine.connect() as connection:
                assert connection.exec_driver_sql("SELECT * FROM alembic_version").fetchall() == [(REVISIONS[-1],)]
        migrated.dispose()
        made.dispose()

    @needs_postgres
    def test_migrations_make_the_schema_on_postgresql(self) -> None:
        """The same there, with the collation of the keys."""
        url = new_database()
        open_store(url).close()
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            assert compare_metadata(context, metadata) == []
            columns = inspect(connection).get_columns("articles")
        engine.dispose()
        (id_,) = (column for column in columns if column["name"] == "id")
        assert getattr(id_["type"], "collation", None) == "C"

    @pytest.mark.parametrize("revision", REVISIONS)
    def test_a_store_of_every_earlier_revision_opens(self, revision: str, tmp_path: Path) -> None:
        """Its articles, feeds, issues and copies are all there afterwards, and it can be written."""
        path = tmp_path / "old.db"
        _restore(path, revision)
        with closing(open_store(f"sqlite:///{path}")) as store:
            article = stored(store, URL)
            assert (article.title, article.issue, article.also_at) == (
                "Queues without tears",
                84,
                ("https://mirror.example/acme-queues",),
            )
            assert article.text.startswith("The queue grew")
            assert article.subkind == ("" if revision < "0007" else "diary")
            assert article.first_seen_at == NOW
            feed = store.feeds()["acme"]
            assert feed.etag == 'W/"1"'
            assert feed.skip_hours == (() if revision < "0003" else (0, 23))
            assert store.hosts()["acme.example"].pause == 2.5
            assert [record.number for record in store.issue_records("default")] == [84, 85]
            assert [work.entry.url for work in store.work(NOW)] == ["https://acme.example/caches"]
            assert len(store.edges([article.id])) == 1
            assert store.sent("default", 84, "mail") == (set() if revision == "0001" else {"ada@acme.example"})
            answered = store.answers(["5f1d"])
            assert answered == ({} if revision < "0005" else {"5f1d": '{"summary": "It was fast."}'})
            assert [found.id for found in store.articles(ArticleQuery(text="queue tears"))] == [article.id]
            add_article(store, "https://acme.example/after")
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]

    @needs_postgres
    def test_words_of_an_earlier_store_are_found_on_postgresql(self) -> None:
        """The index is filled with what is there, and goes on from it."""
        url = new_database()
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            upgrade(connection, "0005")
        engine.dispose()
        execute(
            url,
            "INSERT INTO articles (id, source, guid, url, canonical_url, title, first_seen_at)"
            " VALUES ('a1', 'acme', 'g', 'https://acme.example/1', 'https://acme.example/1', 'Otters über alles', 1)",
        )
        with closing(open_store(url)) as store:
            add_article(store, URL, title="Otters again")
            assert len(list(store.articles(ArticleQuery(text="otter")))) == 2
            assert [found.id for found in store.articles(ArticleQuery(text="ÜBER otters"))] == ["a1"]

    def test_a_store_of_a_later_version_is_refused(self, tmp_path: Path) -> None:
        """It is left alone, and the message says what to do."""
        path = tmp_path / "crawl.db"
        open_store(f"sqlite:///{path}").close()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        before = path.read_bytes()
        with pytest.raises(SchemaTooNew, match=r"crawl.db.*9999.*upgrade the program"):
            open_store(f"sqlite:///{path}")
        assert path.read_bytes() == before

    def test_a_migration_that_fails_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """All of it happens or none of it; the next opening begins anew."""
        path = tmp_path / "crawl.db"
        _restore(path, REVISIONS[0])
        before = _dump(path)
        with monkeypatch.context() as patch:
            patch.setattr("alembic.op.create_table", _fail)
            with pytest.raises(RuntimeError, match="stopped"):
                open_store(f"sqlite:///{path}")
        assert _dump(path) == before
        open_store(f"sqlite:///{path}").close()

    def test_a_new_store_is_made_whole_or_not_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What stops half way leaves an empty file; the next opening begins anew."""
        path = tmp_path / "crawl.db"
        with monkeypatch.context() as patch:
            patch.setattr("storage.making.text", _fail)  # reached when all tables are there
            with pytest.raises(RuntimeError, match="stopped"):
                open_store(f"sqlite:///{path}")
        assert _dump(path) == ["BEGIN TRANSACTION;", "COMMIT;"]
        open_store(f"sqlite:///{path}").close()


class TestAtOnce:
    """Several processes open one new store together."""

    def test_on_sqlite(self, tmp_path: Path) -> None:
        """One makes the schema, the others wait for it; all of them write."""
        _open_from_processes(f"sqlite:///{tmp_path}/deeper/crawl.db")

    @needs_postgres
    def test_on_postgresql(self) -> None:
        """The same behind an advisory lock."""
        url = new_database()
        _open_from_processes(url)
        assert execute(url, "SELECT count(*) FROM alembic_version") == [(1,)]

    @needs_postgres
    def test_tables_made_while_looking_are_no_other_programs(self) -> None:
        """What is there is asked once: between two questions another process may have made the store."""
        url = new_database()
        looked: list[str] = []

        def made_meanwhile(_conn: object, _cursor: object, statement: str, *_: object) -> None:
            if "pg_class" in statement and not looked:
                looked.append(statement)
                open_store(url).close()

        event.listen(Engine, "after_cursor_execute", made_meanwhile)
        try:
            open_store(url).close()
        finally:
            event.remove(Engine, "after_cursor_execute", made_meanwhile)
        assert looked


def _open_from_processes(url: str) -> None:
    script = """
import sys, time
from storage.opening import open_store
from tests.support.stores import make_feed
import storage.upgrading
time.sleep(max(0, float(sys.argv[2]) - time.time()))
store = open_store(sys.argv[1])
store.save_feeds([make_feed(sys.argv[3])])
store.close()
"""
    start = str(time.time() + 2)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, url, start, f"s{n}"], cwd=CHECKOUT, stderr=subprocess.PIPE, text=True
        )
        for n in range(4)
    ]
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, errors
    with closing(open_store(url)) as store:
        assert set(store.feeds()) == {"s0", "s1", "s2", "s3"}


def _statements(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql <> ''")
        return {" ".join(sql.split()).replace('"', "") for (sql,) in rows}


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def _restore(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / f"store-{revision}.sql").read_text())


def _fail(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("stopped")
