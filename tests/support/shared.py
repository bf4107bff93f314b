"""Where the evaluation corpus lies, if it does: beside the checkout, never inside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[3] / "shared"
_NAMED = os.environ.get("CRAWL_SHARED")
_FOLDER = Path(_NAMED) if _NAMED else _BESIDE

SHARED: Path | None = _FOLDER if (_FOLDER / "corpus" / "manifest.json").is_file() else None

MISSING = "the evaluation corpus is not beside this checkout (../shared, or CRAWL_SHARED)"

needs_shared = pytest.mark.skipif(SHARED is None, reason=MISSING)


def shared_or_exit(tool: str) -> Path:
    """The corpus, for a tool that can do nothing without it: else one message, and exit code 2."""
    if SHARED is None:
        print(f"{tool}: {MISSING}", file=sys.stderr)
        sys.exit(2)
    return SHARED
