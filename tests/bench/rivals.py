"""The programs that people use instead: newsboat (C++) and reader (Python, feedparser), doing the same work.

newsboat is found on the PATH or installed by apt-get; reader is installed into a virtual environment of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Usage, run

_READER = ("reader", "sgmllib3k")  # sgmllib3k comes with feedparser, and is a source package that some set-ups refuse
_WORKERS = 10

_READER_PROGRAM = f"""
import sys
from reader import make_reader
database, addresses = sys.argv[1:]
with make_reader(database) as reader:
    for address in open(addresses, encoding="utf-8"):
        reader.add_feed(address.strip(), exist_ok=True)
    reader.update_feeds(workers={_WORKERS})
"""


class RivalMissing(Exception):
    """A rival cannot be installed here."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """Where the rivals are."""

    newsboat: str
    reader_python: str

    def run_newsboat(self, folder: Path, urls: Sequence[str]) -> Usage:
        """Reload all feeds once; its cache stays in `folder` for the next time."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "urls").write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        (folder / "config").write_text(f"reload-threads {_WORKERS}\ndownload-retries 1\n", encoding="utf-8")
        command = [
            *(self.newsboat, "-u", str(folder / "urls"), "-c", str(folder / "cache.db")),
            *("-C", str(folder / "config"), "-x", "reload"),
        ]
        return run(command, cwd=folder, env=_environment(folder))

    def run_reader(self, folder: Path, urls: Sequence[str]) -> Usage:
        """Update all feeds once; its database stays in `folder` for the next time."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "urls").write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        command = [self.reader_python, "-c", _READER_PROGRAM, str(folder / "db.sqlite"), str(folder / "urls")]
        return run(command, cwd=folder, env=_environment(folder), timeout=3600)


def install(folder: Path) -> Rivals:
    """Find or install both. Raises RivalMissing with what to do."""
    return Rivals(_newsboat(), _reader(folder))


def _newsboat() -> str:
    if found := shutil.which("newsboat"):
        return found
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "newsboat"]):
        if shutil.which(command[0]) is None or subprocess.run(command, stdout=sys.stderr, check=False).returncode:
            break
    if found := shutil.which("newsboat"):
        return found
    raise RivalMissing("newsboat is not installed, and `apt-get install newsboat` failed: install it and run again")


def _reader(folder: Path) -> str:
    python = folder / "reader" / "bin" / "python"
    if not python.is_file() or subprocess.run([str(python), "-c", "import reader"], check=False).returncode:
        shutil.rmtree(folder / "reader", ignore_errors=True)
        uv = shutil.which("uv")
        make = (
            [uv, "venv", "-q", str(folder / "reader")] if uv else [sys.executable, "-m", "venv", str(folder / "reader")]
        )
        pip = (
            [uv, "pip", "install", "-q", "--python", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
        )
        for command in (make, [*pip, *_READER]):
            if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
                raise RivalMissing(f"`{' '.join(command)}` failed: reader cannot be installed")
    return str(python)


def _environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
