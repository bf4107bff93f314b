"""Checking a taxonomy file that a person wrote: every problem with its line, in one go."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from crawler.errors import ConfigError
from crawler.yamldoc import Lines

_Value = TypeVar("_Value")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Checker:
    """Collects problems while values are read; `path` is where the reading stands."""

    def __init__(self, name: str, lines: Lines | None = None) -> None:
        self.name = name
        self.lines = lines or Lines()
        self.problems: list[str] = []
        self.path: tuple[str | int, ...] = ()

    def problem(self, below: tuple[str | int, ...], message: str) -> None:
        """Note a problem of the value at the current path, or of what lies `below` it."""
        self.problems.append(f"{self.name}:{self.lines.at((*self.path, *below))}: {message}")

    def unknown(self, below: tuple[str | int, ...], what: str, name: str, known: Iterable[str]) -> None:
        """Note a name that points at nothing, with the nearest that exists."""
        near = difflib.get_close_matches(name, list(known), n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        self.problem(below, f'there is no {what} "{name}"{hint}')

    def keys(self, below: tuple[str | int, ...], fields: dict[str, Any], known: Collection[str]) -> None:
        """Note keys that mean nothing here."""
        for key in fields:
            if key not in known:
                self.unknown((*below, str(key)), "key", str(key), known)

    def text(self, fields: dict[str, Any], key: str) -> str:
        """A required text."""
        value = fields.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value)
        self.problem((key,), f"{key} must be a text that is not empty")
        return ""

    def name_of(self, fields: dict[str, Any], key: str) -> str | None:
        """A text that may be absent."""
        return None if fields.get(key) is None else self.text(fields, key) or None

    def slug(self, fields: dict[str, Any], key: str) -> str:
        """A required id: lower-case words joined by hyphens."""
        value = self.text(fields, key)
        if value and not _SLUG.fullmatch(value):
            self.problem((key,), f'{key} "{value}" must be lower-case words joined by hyphens')
        return value

    def strings(self, fields: dict[str, Any], key: str, *, tell: bool = True) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        value = fields.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(v, (str, int, float)) and not isinstance(v, bool) for v in value):
            return tuple(str(v) for v in value)
        if tell:
            self.problem((key,), f"{key} must be a list of texts, such as [one, two]")
        return ()

    def each(self, value: dict[str, Any], key: str, make: Callable[[dict[str, Any], Checker], _Value]) -> list[_Value]:
        """The entries of a list, each made by `make`; an entry of the wrong shape is noted and left out."""
        entries = value.get(key) or []
        if not isinstance(entries, list):
            self.path = ()
            self.problem((key,), f"{key} must be a list")
            return []
        made = []
        for index, fields in enumerate(entries):
            self.path = (key, index)
            if isinstance(fields, dict):
                made.append(make(fields, self))
            else:
                self.problem((), "expected fields in braces or indented below")
        self.path = ()
        return made

    @staticmethod
    def rows(value: dict[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
        """The entries of a list that have the right shape, with their places; what is wrong was noted by `each`."""
        entries = value.get(key)
        found = enumerate(entries if isinstance(entries, list) else ())
        return [(index, fields) for index, fields in found if isinstance(fields, dict)]

    def finish(self) -> None:
        """Raise ConfigError when there was any problem, in the order of lines."""
        if self.problems:
            unique = dict.fromkeys(self.problems)
            raise ConfigError(sorted(unique, key=lambda p: int(p.removeprefix(self.name).split(":")[1])))
