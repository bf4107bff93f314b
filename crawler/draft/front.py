"""Front matter after a merge: the editor's own lines, comments and quotes, with only those values changed that must."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.errors import ConfigError
from crawler.yamldoc import dump_yaml, load_with_lines


def patched_front(text: str, values: Mapping[str, Any]) -> str:
    """The front matter `text` (without its marks) with `values`, which end in a line break.

    A key whose value is the same keeps its lines, and lines that are comments stay where they stand. Where that is
    not possible, as in a mapping on one line, all of it is written anew.
    """
    front, lines = load_with_lines(text, "front matter")
    if front == values:
        return text.rstrip("\n") + "\n"
    fresh = dump_yaml(dict(values))
    if not isinstance(front, dict):
        return fresh
    rows = text.rstrip("\n").split("\n")
    starts = sorted((lines.at((key,)) - 1, key) for key in front)
    ends = [start for start, _ in starts[1:]] + [len(rows)]
    made = rows[: starts[0][0]] if starts else []
    for (start, key), end in zip(starts, ends, strict=True):
        span = rows[start:end]
        if key in values and values[key] == front[key]:
            made += span
            continue
        if key in values:
            made += _rows({key: values[key]})
        made += [row for row in span if row.startswith("#")]
    made += [row for key, value in values.items() if key not in front for row in _rows({key: value})]
    result = "\n".join(made) + "\n"
    return result if _reads_as(result, values) else fresh


def _rows(value: dict[str, Any]) -> list[str]:
    return dump_yaml(value).rstrip("\n").split("\n")


def _reads_as(text: str, values: Mapping[str, Any]) -> bool:
    try:
        return bool(load_with_lines(text, "front matter")[0] == values)
    except ConfigError:
        return False
