"""The site's folder: only what changed is written, what is gone is removed, and nothing of others is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from crawler.errors import UserError
from crawler.files import write_file, writing

MANIFEST = ".crawl-site.json"
JOURNAL = ".crawl-site.log"


@dataclass
class SiteFolder:
    """What we wrote last time: `files` as path to hash, `folders` that are ours with all that is in them, as path to
    what they were made from, and `memory`, what is remembered to do less work."""

    path: Path
    files: dict[str, str] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)

    @cached_property
    def there(self) -> frozenset[str]:
        """The files that are there now, as paths with slashes."""
        found: list[str] = []
        top = os.fspath(self.path)
        for place, inside, names in os.walk(top):
            inner = os.path.relpath(place, top).replace(os.sep, "/")
            inside[:] = [name for name in inside if (name if inner == "." else f"{inner}/{name}") not in self.folders]
            found += names if inner == "." else [f"{inner}/{name}" for name in names]
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the site has, and how many of them were written and removed this time; how many parts of the
    search were indexed."""

    files: int
    written: int
    removed: int
    indexed: int = 0


def open_folder(path: Path) -> SiteFolder:
    """The folder as we left it. A manifest that cannot be read counts as none. Raises UserError for a file."""
    if path.exists() and not path.is_dir():
        raise UserError(f"{path} is a file; choose another folder with --out")
    try:
        kept = json.loads((path / MANIFEST).read_bytes())
        files = {str(name): str(mark) for name, mark in kept["files"].items() if _is_inside(str(name))}
        folders = {str(name): str(mark) for name, mark in kept.get("folders", {}).items() if _is_inside(str(name))}
        folder = SiteFolder(path, files, dict(kept["memory"]), folders)
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
        if text is None or (folder.files.get(path) == marks[path] and path in folder.there):
            continue
        if path not in folder.files and (folder.path / path).exists():
            raise UserError(f"{folder.path / path} was not made by `crawl site`; choose another folder with --out")
        _note(folder.path, path)
        write_file(folder.path / path, text)
        written += 1
    gone = sorted(set(folder.files) - set(marks))
    for path in gone:
        with writing(folder.path / path):
            (folder.path / path).unlink(missing_ok=True)
    if written or gone or memory != folder.memory:
        _keep(folder, marks, memory)
    (folder.path / JOURNAL).unlink(missing_ok=True)
    return Written(len(marks), written, len(gone))


def write_folders(folder: SiteFolder, makers: Mapping[str, tuple[str, Callable[[Path], None]]]) -> int:
    """Make folders that are ours as a whole, each from (mark, maker), where the mark is not that of last time; remove
    those that are not named. A maker is given a path that is not there. Returns how many were made.

    Called after `write_site`. Raises UserError for a folder in the way that is none of ours.
    """
    made = 0
    before = dict(folder.folders)
    for path in sorted(set(before) - set(makers)):
        shutil.rmtree(folder.path / path, ignore_errors=True)
        del folder.folders[path]
    for path, (mark, maker) in makers.items():
        there = (folder.path / path).exists()
        if there and folder.folders.get(path) == mark:
            continue
        if there and path not in folder.folders:
            raise UserError(f"{folder.path / path} was not made by `crawl site`; choose another folder with --out")
        folder.folders[path] = ""
        _keep(folder, folder.files, folder.memory)  # a run that is killed knows it for its own
        shutil.rmtree(folder.path / path, ignore_errors=True)
        maker(folder.path / path)
        folder.folders[path] = mark
        made += 1
    if folder.folders != before or made:
        _keep(folder, folder.files, folder.memory)
    return made


def _keep(folder: SiteFolder, files: Mapping[str, str], memory: dict[str, Any]) -> None:
    folder.files, folder.memory = dict(sorted(files.items())), memory
    kept = {"files": folder.files, "folders": dict(sorted(folder.folders.items())), "memory": memory}
    write_file(folder.path / MANIFEST, json.dumps(kept, ensure_ascii=False, sort_keys=True) + "\n")


def _note(folder: Path, path: str) -> None:
    with writing(folder):
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
