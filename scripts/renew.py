"""Pages that are made and kept in the repository: written, or with --check only compared."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path


def renew(pages: Mapping[Path, str], script: str) -> int:
    """Write the pages, or where the program was given --check tell those that are stale and what renews them; the
    exit code."""
    if "--check" in sys.argv[1:]:
        stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
        for path in stale:
            print(f"{path.parent.name}/{path.name} is stale: run {script}", file=sys.stderr)
        return int(bool(stale))
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0
