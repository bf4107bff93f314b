"""Long lists in parts whose bounds stay where they are while the list grows at its newest end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

FULL = 60


def parts_of(rows: Sequence[T], full: int = FULL) -> list[Sequence[T]]:
    """Rows, newest first, in parts, newest first. All but the first hold `full` rows, counted from the oldest one.

    A new row so changes the first part alone; it holds `full / 2` rows or more, so that it never looks empty, and less
    than `full * 3 / 2`; or all of them.
    """
    older = max(0, (len(rows) - full // 2) // full)
    first = len(rows) - older * full
    return [rows[:first], *(rows[first + n * full : first + (n + 1) * full] for n in range(older))]


def cut(rows: Sequence[T], full: int) -> list[Sequence[T]]:
    """Rows that are in an order of their own, by name, in parts as even as can be; one part where there are none."""
    count = max(1, -(-len(rows) // full))
    bounds = [len(rows) * n // count for n in range(count + 1)]
    return [rows[first:last] for first, last in pairwise(bounds)]


def numbered(path: str, place: int) -> str:
    """The file of a part of rows that were cut: the list's own for the first (0), else with its number from 2."""
    return path if place == 0 else f"{path.removesuffix('.html')}-{place + 1}.html"


def part_path(path: str, place: int, count: int) -> str:
    """The file of a part: the list's own for the first (0), else with a number that counts from the oldest one."""
    return path if place == 0 else f"{path.removesuffix('.html')}-p{count - place}.html"
