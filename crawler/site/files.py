"""The site's folder: only what changed is written, what is gone is removed, and nothing of others is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from crawler.errors import UserError
from crawler.files import write_file

MANIFEST = ".crawl-site.json"
JOURNAL = ".crawl-site.log"


@dataclass
class SiteFolder:
    """What we wrote last time: `files` as path to hash, and `memory`, what is remembered to do less work."""

    path: Path
    files: dict[str, str] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the site has, and how many of them were written and removed this time."""

    files: int
    written: int
    removed: int


def open_folder(path: Path) -> SiteFolder:
    """The folder as we left it. A manifest that cannot be read counts as none. Raises UserError for a file."""
    if path.exists() and not path.is_dir():
        raise UserError(f"{path} is a file; choose another folder with --out")
    try:
        kept = json.loads((path / MANIFEST).read_bytes())
        files = {str(name): str(mark) for name, mark in kept["files"].items() if _is_inside(str(name))}
        folder = SiteFolder(path, files, dict(kept["memory"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        folder = SiteFolder(path)
    folder.files |= dict.fromkeys(_noted(path), "")
    return folder


def write_site(folder: SiteFolder, pages: Iterable[tuple[str, str | None]], memory: dict[str, Any]) -> Written:
    """Write the pages, (path, text), one by one; None stands for a text that is known to be the same as last time.

    `memory` is kept as it is when the last page was made. Each name is put down before its file is written, so that a
    run that is killed leaves nothing that the next one would not know for its own. Raises UserError for a file that is
    in the way and none of ours.
    """
    marks: dict[str, str] = {}
    written = 0
    for path, text in pages:
        marks[path] = folder.files[path] if text is None else _mark(text)
        if text is None or (folder.files.get(path) == marks[path] and (folder.path / path).exists()):
            continue
        if path not in folder.files and (folder.path / path).exists():
            raise UserError(f"{folder.path / path} was not made by `crawl site`; choose another folder with --out")
        _note(folder.path, path)
        write_file(folder.path / path, text)
        written += 1
    gone = sorted(set(folder.files) - set(marks))
    for path in gone:
        (folder.path / path).unlink(missing_ok=True)
    if written or gone or memory != folder.memory:
        text = json.dumps({"files": dict(sorted(marks.items())), "memory": memory}, ensure_ascii=False, sort_keys=True)
        write_file(folder.path / MANIFEST, text + "\n")
    (folder.path / JOURNAL).unlink(missing_ok=True)
    return Written(len(marks), written, len(gone))


def _note(folder: Path, path: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(path + "\n")


def _noted(folder: Path) -> list[str]:
    """What a run that was killed had written or was about to write."""
    try:
        return [line for line in (folder / JOURNAL).read_text(encoding="utf-8").splitlines() if _is_inside(line)]
    except (OSError, ValueError):
        return []


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and path not in (MANIFEST, JOURNAL)


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
