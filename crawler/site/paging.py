"""Long lists in parts whose bounds stay where they are while the list grows at its newest end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

FULL = 100
LEAST = 50  # on the first part, so that it never looks empty


def parts_of(rows: Sequence[T]) -> list[Sequence[T]]:
    """Rows, newest first, in parts, newest first. All but the first hold FULL rows, counted from the oldest one.

    A new row so changes the first part alone; it holds LEAST to LEAST + FULL - 1 rows, or all of them.
    """
    older = max(0, (len(rows) - LEAST) // FULL)
    first = len(rows) - older * FULL
    return [rows[:first], *(rows[first + n * FULL : first + (n + 1) * FULL] for n in range(older))]


def part_path(path: str, place: int, count: int) -> str:
    """The file of a part: the list's own for the first (0), else with a number that counts from the oldest one."""
    return path if place == 0 else f"{path.removesuffix('.html')}-p{count - place}.html"
