"""docs/examples: what `crawl demo` makes on a fixed day, as the editor's draft and as readers see it."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from crawler.context import Progress
from crawler.samples import run_demo

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "examples"
DAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def examples() -> dict[str, str]:
    """The files, by name."""
    with tempfile.TemporaryDirectory() as folder:
        done = run_demo(Path(folder), lambda: DAY, Progress())
        return {
            "issue.md": done.rendered.read_text(encoding="utf-8"),
            "draft.md": done.draft.read_text(encoding="utf-8"),
        }


def main() -> int:
    """Write the examples, or with --check tell whether they are current."""
    made = examples()
    if "--check" in sys.argv[1:]:
        stale = [name for name, text in made.items() if _current(name) != text]
        if stale:
            print(f"docs/examples: {', '.join(stale)} stale: run scripts/examples", file=sys.stderr)
        return int(bool(stale))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def _current(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
