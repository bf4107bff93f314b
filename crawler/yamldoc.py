"""YAML with line numbers: the only importer of PyYAML.

People write YAML by hand, so every problem must be told with its line; `load` keeps them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from crawler.errors import ConfigError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Lines:
    """Where each value of a document stands: `at(("sources", 3, "url"))` is a line number, from 1."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str | int, ...], int] = {}
        self.duplicates: list[tuple[tuple[str | int, ...], int]] = []

    def at(self, path: tuple[str | int, ...]) -> int:
        """The line of the value at `path`, or of the nearest parent that has one."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def has(self, path: tuple[str | int, ...]) -> bool:
        """Whether the document has a value at `path`."""
        return path in self._lines

    def record(self, path: tuple[str | int, ...], line: int) -> None:
        """Remember that the value at `path` begins on `line`."""
        self._lines[path] = line


def load_yaml(text: str, name: str) -> Any:
    """The document's value. Raises ConfigError with `name` and the line where the syntax breaks."""
    return _load(text, name, None)


def load_with_lines(text: str, name: str) -> tuple[Any, Lines]:
    """The document's value and the lines of its parts; a key that is there twice is in `Lines.duplicates`.

    Raises ConfigError where the text is no YAML.
    """
    lines = Lines()
    return _load(text, name, lines), lines


def _load(text: str, name: str, lines: Lines | None) -> Any:
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None
            if lines is not None:
                _record(node, (), lines)
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = error.problem or error.context or ""
        advice = "; put a text with a colon in it between quotes" if problem.startswith("mapping values") else ""
        raise ConfigError([f"{name}:{line}: not valid YAML: {problem}{advice}"]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError([f"{name}:1: not valid YAML: {str(error).splitlines()[0]}"]) from error


def read_yaml(path: Path) -> Any:
    """The value of a YAML file. Raises ConfigError naming the file and line."""
    try:
        return load_yaml(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}:1: cannot be read: {error}"]) from error


def dump_yaml(value: Any) -> str:
    """Block-style YAML in the order given, with non-ASCII text as it is."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000, default_flow_style=False
    )
    return text


def _record(node: Any, path: tuple[str | int, ...], lines: Lines) -> None:
    lines.record(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            if name in seen:
                lines.duplicates.append(((*path, name), key.start_mark.line + 1))
            seen.add(name)
            _record(value, (*path, name), lines)
            lines.record((*path, name), key.start_mark.line + 1)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _record(value, (*path, index), lines)
