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
        return SiteFolder(path, files, dict(kept["memory"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return SiteFolder(path)


def write_site(folder: SiteFolder, pages: Iterable[tuple[str, str | None]], memory: dict[str, Any]) -> Written:
    """Write the pages, (path, text); None stands for a text that is known to be the same as last time.

    The names are put down before the first file is written, so that a run that is killed leaves nothing that the
    next one would not know for its own. Raises UserError for a file that is in the way and none of ours.
    """
    texts = dict(pages)
    marks = {path: folder.files[path] if text is None else _mark(text) for path, text in texts.items()}
    fresh = {
        path: text for path, text in texts.items() if text is not None and not _is_there(folder, path, marks[path])
    }
    for path in fresh:
        if path not in folder.files and (folder.path / path).exists():
            raise UserError(f"{folder.path / path} was not made by `crawl site`; choose another folder with --out")
    gone = sorted(set(folder.files) - set(texts))
    if fresh or gone:
        kept = {path: mark for path, mark in folder.files.items() if path not in fresh}
        _save(folder.path, kept | dict.fromkeys(fresh, ""), folder.memory)
    for path, text in fresh.items():
        write_file(folder.path / path, text)
    for path in gone:
        (folder.path / path).unlink(missing_ok=True)
    if fresh or gone or memory != folder.memory:
        _save(folder.path, marks, memory)
    return Written(len(texts), len(fresh), len(gone))


def _is_there(folder: SiteFolder, path: str, mark: str) -> bool:
    return folder.files.get(path) == mark and (folder.path / path).exists()


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and path != MANIFEST


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _save(folder: Path, files: dict[str, str], memory: dict[str, Any]) -> None:
    text = json.dumps({"files": dict(sorted(files.items())), "memory": memory}, ensure_ascii=False, sort_keys=True)
    write_file(folder / MANIFEST, text + "\n")
