"""Waiting for what other threads and processes do: for the thing itself, and never for a time in which it should be."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds; a machine may have a fifth of a processor for us


def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Come back as soon as `holds` gives something true; an AssertionError where it does not within so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)
