"""The three streams, as shells, cron and services start programs: closed, in other locales, with other bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.opening import open_store
from tests.support.stores import add_article

CRAWL = [sys.executable, "-m", "crawler"]
ROCKET = "\N{ROCKET}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a subscription and a store of one article."""
    (tmp_path / "sources.yaml").write_text(
        f"sources:\n- {{url: 'https://larkfield.example/feed', slug: lark, name: Lark {ROCKET}}}\n", encoding="utf-8"
    )
    with closing(open_store(f"sqlite:///{tmp_path}/crawl.sqlite")) as store:
        add_article(store, "https://larkfield.example/1")
    return tmp_path


def run(
    folder: Path, *arguments: str, closed: str = "", stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own; `closed` is a shell's redirection."""
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", *CRAWL, *arguments]
    environment = {**os.environ, "CRAWL_DATABASE_URL": f"sqlite:///{folder}/crawl.sqlite", **environ}
    return subprocess.run(command, cwd=folder, env=environment, input=stdin, capture_output=True, check=False)


@pytest.mark.parametrize("arguments", [["articles"], ["digest", "--out", "-"], ["--version"], ["sources", "list"]])
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_stream_is_no_trouble(arguments: list[str], closed: str, folder: Path) -> None:
    done = run(folder, *arguments, closed=closed)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    assert bool(done.stdout) == (not closed.startswith(">"))


@pytest.mark.parametrize("arguments", [["import", "-"], ["inspect", "--jsonl", "-"]])
def test_a_closed_input_is_an_empty_one(arguments: list[str], folder: Path) -> None:
    done = run(folder, *arguments, closed="<&-")
    assert (done.returncode, done.stdout) == (0, b"")


def test_a_database_is_never_given_the_number_of_a_closed_stream(folder: Path) -> None:
    """What is said to a stream that was closed would be written into whatever file was opened next."""
    before = (folder / "crawl.sqlite").read_bytes()[:100]
    assert run(folder, "articles", "--since", "soon", closed="2>&- >&- <&-").returncode == 2
    assert (folder / "crawl.sqlite").read_bytes()[:100] == before


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_what_is_printed_is_utf8_in_every_locale(encoding: str, folder: Path) -> None:
    done = run(folder, "sources", "export", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert ROCKET in done.stdout.decode()


def test_what_is_read_is_utf8_in_every_locale(folder: Path) -> None:
    line = json.dumps({"id": 1, "url": "https://a.example/", "text": f"A {ROCKET} of a text."}, ensure_ascii=False)
    done = run(folder, "inspect", "--jsonl", "-", stdin=b"\xef\xbb\xbf" + line.encode(), PYTHONIOENCODING="latin-1")
    assert ROCKET in json.loads(done.stdout)["text"]


@pytest.mark.parametrize("name", ["-", "lines.jsonl"])
def test_a_byte_that_is_no_utf8_spoils_its_own_line_alone(name: str, folder: Path) -> None:
    lines = b'{"id": 1, "text": "Caf\xe9."}\n{"id": 2, "url": "https://a.example/", "text": "A text."}\n'
    (folder / "lines.jsonl").write_bytes(lines)
    done = run(folder, "inspect", "--jsonl", name, stdin=lines)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 2], done.stderr


def test_a_folder_whose_name_is_no_utf8_is_named_by_its_bytes(folder: Path) -> None:
    odd = os.fsencode(folder) + b"/caf\xe9"
    done = run(folder, "digest", "--out", os.fsdecode(odd))
    assert (done.returncode, done.stdout) == (0, odd + b"/001.md\n"), done.stderr


@pytest.mark.parametrize(
    "arguments", [["digest", "--out", "x" * 5000], ["lint", "x" * 5000], ["publish", "--out", "/dev/null/x"]]
)
def test_a_path_that_the_system_refuses_is_no_bug(arguments: list[str], folder: Path) -> None:
    done = run(folder, *arguments)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False), done.stderr
