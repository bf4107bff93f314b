"""`crawl demo`: a finished issue within half a minute, without network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.command import Command
from tests.support.world import clean_environment


def test_demo_prints_an_issue_and_leaves_its_files(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crawler", "demo"],
        cwd=tmp_path,
        env=clean_environment(tmp_path, "http://127.0.0.1:9"),  # a proxy that nobody answers: it must not be used
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "crawl-demo"
    assert (folder / "issues" / "001.md").is_file()
    assert (folder / "public" / "001.md").read_text(encoding="utf-8") == done.stdout
    assert "This week: " in done.stdout
    assert done.stdout.count("👉 For ") >= 5
    second = done.stderr.split("Second crawl")[1]
    assert "11 unchanged" in second
    assert "held back" in done.stderr


class Demo(Command):
    """An empty folder, and nothing configured."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(self.folder)


def test_demo_can_be_run_again_in_its_folder(tmp_path: Path) -> None:
    demo = Demo(tmp_path)
    first = demo.crawl("demo", "-q", "--out", "here").stdout
    assert demo.crawl("demo", "-q", "--out", "here").stdout == first
