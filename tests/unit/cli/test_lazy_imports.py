"""Which heavy libraries each command may load before it has work for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "alembic", "apscheduler", "bs4", "crawler.llm", "feedparser", "httpx", "jinja2", "lxml", "model2vec", "nh3", "numpy", "openai",
    "py3langid", "rich", "snowballstemmer",
    "sqlalchemy", "trafilatura", "yaml",
)  # fmt: skip

PROBE = """
import sys
from crawler.cli.root import run
code = run(sys.argv[1:])
print("LOADED", code, *sorted(m for m in {heavy!r} if m in sys.modules), file=sys.stderr)
"""


def loaded(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(heavy=HEAVY), *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    _, code, *names = done.stderr.strip().splitlines()[-1].split()
    return int(code), set(names)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("once", "--help"), ("digest", "--help")])
def test_help_loads_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *arguments) == (0, set())


def test_listing_sources_loads_no_crawler(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources:\n- {url: 'https://a.example/feed'}\n")
    database = f"sqlite:///{tmp_path}/db.sqlite"
    assert loaded(tmp_path, "sources", "list", "--database", database)[0] == 0
    code, names = loaded(tmp_path, "sources", "list", "--database", database)
    assert code == 0
    assert names <= {"sqlalchemy", "yaml"}


def test_a_crawl_with_nothing_due_loads_neither_extraction_nor_labels(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources:\n- {url: 'http://127.0.0.1:9/feed'}\n")
    database = f"sqlite:///{tmp_path}/db.sqlite"
    assert loaded(tmp_path, "once", "-q", "--database", database)[0] == 5
    code, names = loaded(tmp_path, "once", "-q", "--database", database)
    assert code == 0
    assert names <= {"sqlalchemy", "yaml"}
