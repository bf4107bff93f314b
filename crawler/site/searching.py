"""The index of a search for words, made by Pagefind, whose program comes with a package; the only user of both.

Articles go into it as records, with the card that a reader is to see, so that no page per article is needed. They are
indexed in shards counted from the oldest one: only shards whose articles changed are made again.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from crawler.errors import UserError

_FIRST = ("pagefind.js", "pagefind-worker.js")
_LETTERS = "abcdefghijklmnop"
_PATIENCE, _PAUSE = 20.0, 0.01  # seconds


@dataclass(frozen=True, slots=True)
class Found:
    """What can be found: words, the labels that narrow a search (name, value), and the card that is shown."""

    address: str
    title: str
    text: str
    card: str
    labels: tuple[tuple[str, str], ...] = ()


def pagefind_program() -> Path | None:
    """Pagefind's program, where its package is installed."""
    if find_spec("pagefind") is None:
        return None
    from pagefind.service import get_executable

    return get_executable()


def label_token(name: str, value: str) -> str:
    """A label as one word that no text has, nor any beginning of it, which Pagefind would take for the word where it
    knows that alone; the page's script makes the same."""
    letters = "".join(_LETTERS[byte >> 4] + _LETTERS[byte & 15] for byte in value.encode())
    return f"\u01bf{name}{letters}qz"


def make_index(program: Path, records: Iterable[Found], out: Path, *, first: bool) -> None:
    """Index records into a folder that is not there yet, all or nothing. Only the `first` shard of a site has the
    programs that browsers run. Raises UserError where Pagefind fails.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".pagefind-", dir=out.parent))
    try:
        _run(program, records, work / "made")
        for file in (work / "made").iterdir():
            if file.is_file() and not _is_needed(file.name, first=first):
                file.unlink()
        (work / "made").rename(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_needed(name: str, *, first: bool) -> bool:
    """Left out are Pagefind's own user interfaces, and in all shards but the first what these share."""
    if name == "pagefind-entry.json" or name.endswith(".pf_meta"):
        return True
    return first and (name in _FIRST or name == "wasm.en.pagefind")


def _run(program: Path, records: Iterable[Found], out: Path) -> None:
    """Speak to Pagefind's service: messages are base64 of JSON, each with a comma behind it, as are its answers."""
    messages: list[Mapping[str, Any]] = [{"type": "NewIndex", "config": {"include_characters": "+#."}}]
    messages += map(_record, records)
    messages.append({"type": "WriteFiles", "index_id": 0, "output_path": str(out)})
    try:
        with subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:  # noqa: S603 - of an installed package
            assert running.stdin is not None
            assert running.stdout is not None
            answers = _Answers(running.stdout, len(messages))
            for number, payload in enumerate(messages, 1):
                text = json.dumps({"message_id": number, "payload": payload})
                running.stdin.write(base64.b64encode(text.encode()) + b",")
            running.stdin.flush()
            trouble = answers.trouble() or _unwritten(out)
            running.stdin.close()
    except OSError as error:
        raise UserError(f"{program}: cannot be run: {error.strerror or error}; install Pagefind again") from error
    if trouble or not out.is_dir():
        raise UserError(f"Pagefind made no index: {trouble or 'it said nothing'}; install it again, or remove it")


def _unwritten(out: Path) -> str:
    """Wait for what the service wrote: it answers before the last bytes are in the files, and drops them if it is ended
    at once. Tells the file that stays empty, or nothing.
    """
    last = time.monotonic() + _PATIENCE
    while empty := sorted(file.name for file in out.rglob("*") if file.is_file() and not file.stat().st_size):
        if time.monotonic() > last:
            return f"{empty[0]} stays empty"
        time.sleep(_PAUSE)
    return ""


def _record(found: Found) -> Mapping[str, Any]:
    tokens = " ".join(label_token(name, value) for name, value in found.labels)
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": found.address,
        "content": f"{found.title}. {found.text} {tokens}",
        "language": "en",
        "meta": {"title": found.title, "card": found.card},
    }


class _Answers:
    """What the service answers, read beside the asking: it stops when nobody reads."""

    def __init__(self, stream: IO[bytes], wanted: int) -> None:
        self._stream, self._wanted = stream, wanted
        self._trouble = ""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def trouble(self) -> str:
        """Wait for all answers; the first error among them, or none."""
        self._thread.join()
        return self._trouble

    def _read(self) -> None:
        rest, count = b"", 0
        while count < self._wanted and (chunk := self._stream.read1(1 << 16)):  # type: ignore[attr-defined]
            *answers, rest = (rest + chunk).split(b",")
            count += len(answers)
            for answer in answers:
                self._trouble = self._trouble or _trouble_in(answer)
        if count < self._wanted and not self._trouble:
            self._trouble = "it stopped before it was done"


def _trouble_in(answer: bytes) -> str:
    try:
        payload = json.loads(base64.b64decode(answer))["payload"]
        return str(payload["message"]) if payload["type"] == "Error" else ""
    except (ValueError, KeyError, TypeError):
        return f"it answered {answer[:40]!r}"


def shards_of(name: str, count: int, full: int, fresh: int) -> list[tuple[str, int, int]]:
    """Rows counted from the oldest one in shards, as (folder, first, last): full ones, which stay as they are while
    rows are added, and behind them small ones, so that few rows are indexed again."""
    whole = count // full * full
    old = [(f"{name}-{first // full + 1}", first, first + full) for first in range(0, whole, full)]
    starts = range(whole, count, fresh)
    new = [(f"{name}-new-{n}", first, min(first + fresh, count)) for n, first in enumerate(starts, 1)]
    return old + new


def issue_shards(count: int) -> list[tuple[str, int, int]]:
    """Those of issues."""
    return shards_of("issues", count, 200, 50)


def article_shards(count: int) -> list[tuple[str, int, int]]:
    """Those of articles. Three thousand cost the indexing program a second and a half, and 150 MB."""
    return shards_of("articles", count, 3000, 500)


def shard_names(issues: int, articles: int) -> list[str]:
    """The folders of all shards of a site, the first one, with the notes, first."""
    return ["search", *(name for name, *_ in (*issue_shards(issues), *article_shards(articles)))]
