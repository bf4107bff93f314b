"""Many machines in one: the real command line in processes of its own, on one PostgreSQL store, the web behind a proxy."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.app import App
from crawler.cli.cluster import enqueue
from crawler.jsonshape import dumps, export_json
from storage.opening import open_store
from tests.support.blogs import rss
from tests.support.nursery import Running, start
from tests.support.postgres import execute, new_database
from tests.support.server import Server
from tests.support.world import clean_environment

PAGE = """<!doctype html><html lang=en><head><title>{title}</title><link rel=canonical href="{url}"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"""
SENTENCES = (
    "We moved the {0} queue of team {1} to a new region and measured the latency of every request.",
    "The database of {1} kept its replicas in step while the {0} workers were drained one by one.",
    "A canary release of {0} showed that the cache of {1} answered too early, so we put it back.",
    "After the incident team {1} wrote down which alarms of {0} nobody had looked at for months.",
)


def text(name: str, blog: str) -> str:
    """An article's paragraphs, of its own."""
    return "".join(f"<p>{' '.join(s.format(name + str(n), blog) for s in SENTENCES)}</p>" for n in range(6))


# Many processes on a busy machine: that a page takes long to read is no reason to give it up, and one is read at a time.
PATIENT = "import crawler.workers; crawler.workers.WorkerPool.__init__.__defaults__ = (1, 300.0)"


class Machines:
    """A folder with sources.yaml that every machine has, and a store that they share."""

    def __init__(self, folder: Path, server: Server, sources: str, settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.server = folder, server
        (folder / "sources.yaml").write_text(
            f"settings:\n  contact: https://example.org/about\n  fetch: {settings}\nsources:\n{sources}",
            encoding="utf-8",
        )
        self.url = new_database()

    def start(self, *arguments: str, code: str = "", url: str | None = None) -> Running:
        """The command, running; `code` is run before it."""
        proxy = f"http://{self.server.address}:{self.server.port}"
        main = f"{PATIENT}\n{code}\nimport sys\nfrom crawler.cli import main\nsys.argv[0] = 'crawl'\nsys.exit(main())"
        command = [sys.executable, "-c", main, *arguments, "--database", url or self.url]
        return start(command, self.folder, clean_environment(self.folder, proxy))

    def crawl(self, *arguments: str, url: str | None = None) -> str:
        """The command, run to its end; what it prints."""
        return ended(self.start(*arguments, url=url), 0)

    def drain(self, workers: int = 1, *options: str) -> None:
        """So many workers at once, until nothing is left to do."""
        running = [self.start("worker", "--drain", "-q", *options) for _ in range(workers)]
        for process in running:
            ended(process, 0)

    @property
    def name(self) -> str:
        """The database's name."""
        return self.url.partition("?")[0].rpartition("/")[2]

    def enqueue(self) -> None:
        """What is due, as `crawl once --enqueue` does it."""
        with closing(App(self.folder / "sources.yaml", self.url, environ={})) as app:
            assert enqueue(app, (), (), everything=False).fetch

    def exported(self, url: str | None = None) -> list[dict[str, Any]]:
        """The store as `crawl export` writes it, but for when things were first seen."""
        with closing(open_store(url or self.url)) as store:
            rows = [json.loads(dumps(export_json(article))) for article in store.all_articles()]
        return [{k: v for k, v in row.items() if k != "first_seen_at"} for row in rows]

    def jobs(self, status: str) -> int:
        """How many jobs stand so."""
        return int(execute(self.url, f"SELECT count(*) FROM procrastinate_jobs WHERE status = '{status}'")[0][0])

    def forget(self) -> None:
        """An empty store in place of the one so far."""
        self.url = new_database()


def ended(process: Running, status: int) -> str:
    """What a process printed that ends with this exit code."""
    try:
        out, err = process.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        process.kill()  # a worker that never finds its queue empty would outlive the tests
        raise
    assert process.returncode == status, f"exit {process.returncode}\n{out[-2000:]}\n{err[-4000:]}"
    assert "Traceback" not in err, err[-4000:]
    return out


def add_blog(server: Server, host: str, posts: list[str], *, path: str = "/feed", full: bool = False) -> str:
    """A blog whose feed has these posts, each with a page of its own; its line of sources.yaml."""
    home = f"http://{host}"
    server.add(f"{host}{path}", rss(host, home, posts, full=full), headers={"ETag": f'"{host}"'})
    for name in posts:
        url = f"{home}/posts/{name}"
        title = f"Post {name} about caches, in full"
        server.add(f"{host}/posts/{name}", PAGE.format(title=title, url=url, text=text(name, host)).encode())
    return f"- {{url: '{home}{path}', slug: {(host + path).replace('.', '-').replace('/', '-')}}}\n"
