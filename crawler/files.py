"""Text files that people own: read as they stand, written all or nothing, with clear words when that fails."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crawler.errors import StoreFull, UserError

_DRAFT = re.compile(r"(\d+)(?:-([2-9]))?")


def read_text(path: Path, advice: str = "") -> str:
    """The text of a file, line ends as they stand. Raises UserError where it cannot be read; `advice` ends it."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UserError(f"{path}:{line}: cannot be read: this is not UTF-8; save the file as such") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror or error}{'; ' * bool(advice)}{advice}") from error


def in_manner_of(before: str, text: str) -> str:
    """`text`, whose lines end in \\n, with the byte order mark and the line ends that a person's program wrote."""
    mark = "\ufeff" if before.startswith("\ufeff") else ""
    first = before.find("\n")
    return mark + (text.replace("\n", "\r\n") if first > 0 and before[first - 1] == "\r" else text)


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file and its folders; a full disk or a kill leaves the old file whole.

    Raises UserError where it cannot be written, and StoreFull where the disk is full.
    """
    fresh = path.with_name(path.name + ".new")
    with writing(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            raise


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Around what makes or changes a file or a folder. Raises UserError where the system refuses that, and StoreFull
    where the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = f"{path}: the disk is full; make room and run the command again, nothing was lost"
            raise StoreFull(message) from error
        why = error.strerror or error
        raise UserError(f"{path}: cannot be written: {why}; mend that and run the command again") from error


def newest_draft(folder: Path) -> Path:
    """The draft with the highest number in its name, `084-2.md` behind `084.md`. Raises UserError where there is
    none."""
    drafts = [(found, path) for path in folder.glob("[0-9]*.md") if (found := _DRAFT.fullmatch(path.stem))]
    if not drafts:
        raise UserError(f"there is no draft in {folder}; compose one with `crawl digest`")
    return max(drafts, key=lambda pair: (int(pair[0][1]), pair[0][2] or ""))[1]
