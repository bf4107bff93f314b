"""`crawl demo`: a finished issue within half a minute, without network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_demo_can_be_run_again_in_its_folder(tmp_path: Path) -> None:
    outputs = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "crawler", "demo", "-q", "--out", "here"],
            cwd=tmp_path,
            env=clean_environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
