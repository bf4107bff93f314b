"""Mappings from YAML to frozen dataclasses: the fields' types are the schema, so that a new field is a new key."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal

from crawler.sources.checks import Check, nearest
from crawler.yamldoc import Lines

Path = tuple[str | int, ...]
_TYPES: dict[type[Any], dict[str, object]] = {}

# Other names for keys: `number` is what people call the number that issues begin with.
_ALIASES: Mapping[str, Mapping[str, str]] = {"IssueSettings": {"number": "first_number"}}

# (class name, field) to what its value must look like; for lists the check is of each value.
Checks = Mapping[tuple[str, str], Check]


class Problems:
    """Everything that is wrong with a file, each with its line, in the order of lines."""

    def __init__(self, name: str, lines: Lines) -> None:
        self.name = name
        self.lines = lines
        self._found: dict[tuple[int, str], None] = {}

    def add(self, path: Path, message: str) -> None:
        """A finished sentence about the value at `path`."""
        self._found[(self.lines.at(path), message)] = None

    def sentences(self) -> list[str]:
        """`file:line: message`, by line."""
        return [f"{self.name}:{line}: {message}" for line, message in sorted(self._found, key=lambda one: one[0])]


def fill(cls: type[Any], value: object, path: Path, problems: Problems, checks: Checks) -> dict[str, Any]:
    """The keyword arguments for `cls` that `value` gives; what is wrong goes to `problems` and is left out."""
    if value is None:
        return {}
    where = path_name(path)
    if not isinstance(value, dict):
        problems.add(path, f"{where} must be keys with values, not {describe(value)}; write `key: value` lines")
        return {}
    types_of = field_types(cls)
    aliases = _ALIASES.get(cls.__name__, {})
    found: dict[str, Any] = {}
    for key, given in value.items():
        name = aliases.get(key, key)
        here = (*path, str(key))
        if name not in types_of:
            hint = nearest(str(key), types_of) or f"; keys are {', '.join(types_of)}"
            problems.add(here, f"unknown key `{key}` in {where}{hint}")
        elif name in found:
            problems.add(here, f"`{key}` and `{name}` mean the same; remove one of them")
        else:
            check = checks.get((cls.__name__, name))
            try:
                found[name] = _field_value(types_of[name], given, here, problems, checks)
            except ValueError as error:
                problems.add(here, f"`{key}` {error}")
                continue
            if check and not _passes(check, found[name], here, problems):
                del found[name]
    return found


def _field_value(kind: object, given: object, path: Path, problems: Problems, checks: Checks) -> object:
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**fill(kind, given, path, problems, checks))
    return converted(kind, given)


def _passes(check: Check, value: object, path: Path, problems: Problems) -> bool:
    passed = True
    for place, one in _parts(value, path):
        message = check(one) if one is not None else None
        if message:
            passed = False
            problems.add(place, f"`{path[-1]}`: {message}")
    return passed


def _parts(value: object, path: Path) -> list[tuple[Path, object]]:
    """What a check is asked about: each value of a list or mapping, else the value itself."""
    if isinstance(value, tuple):
        return [((*path, position), one) for position, one in enumerate(value)]
    if isinstance(value, dict):
        return [((*path, key), one) for key, one in value.items()]
    return [(path, value)]


def field_types(cls: type[Any]) -> dict[str, object]:
    """The resolved types of a dataclass's fields, in order."""
    if cls not in _TYPES:
        hints = typing.get_type_hints(cls)
        _TYPES[cls] = {one.name: hints[one.name] for one in fields(cls)}
    return _TYPES[cls]


def converted(kind: object, value: object) -> object:
    """`value` as `kind`, where it can be meant so. Raises ValueError: "must be ..., not ...; next step"."""
    origin = typing.get_origin(kind)
    if origin in {types.UnionType, typing.Union}:
        return _converted_union(typing.get_args(kind), value)
    if origin is Literal:
        options = typing.get_args(kind)
        if value in options and not isinstance(value, bool):
            return value
        hint = nearest(value, options) if isinstance(value, str) else ""
        raise ValueError(f"must be {listed(options)}, not {describe(value)}{hint or '; choose one of them'}")
    if origin is tuple:
        return _converted_list(typing.get_args(kind)[0], value)
    if origin is Mapping:
        return _converted_mapping(typing.get_args(kind)[1], value)
    converter = _CONVERTERS[kind]
    return converter(value)


def _converted_union(options: tuple[object, ...], value: object) -> object:
    if value is None and type(None) in options:
        return None
    failures: list[str] = []
    for option in options:
        if option is not type(None):
            try:
                return converted(option, value)
            except ValueError as error:
                failures.append(str(error))
    wanted = [failure.partition(", not ")[0].removeprefix("must be ") for failure in failures]
    if len(wanted) == 1:
        raise ValueError(failures[0])
    raise ValueError(f"must be {' or '.join(wanted)}, not {describe(value)}; choose one of these")


def _converted_list(kind: object, value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (converted(kind, value),)
    if not isinstance(value, list):
        raise ValueError(f"must be a list, not {describe(value)}; write [one, two]")  # noqa: TRY004 - told, not raised on
    return tuple(converted(kind, one) for one in value)


def _converted_mapping(kind: object, value: object) -> dict[str, object]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f"must be keys with values, not {describe(value)}; write {{key: value}}")  # noqa: TRY004
    return {str(key): converted(kind, one) for key, one in value.items()}


def _to_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    hint = "write it in quotes" if isinstance(value, bool) else "give it a value"
    raise ValueError(f"must be text, not {describe(value)}; {hint}")


def _to_integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise ValueError(f"must be a whole number, not {describe(value)}; give digits without quotes")


def _to_number(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e18:
        return float(value)
    raise ValueError(f"must be a number, not {describe(value)}; give digits without quotes")


def _to_bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"must be true or false, not {describe(value)}; write one of them without quotes")


_CONVERTERS: dict[object, Callable[[object], object]] = {
    str: _to_text,
    int: _to_integer,
    float: _to_number,
    bool: _to_bool,
}


def describe(value: object) -> str:
    """A value as its writer recognises it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return repr(value) if len(repr(value)) < 60 else repr(value)[:57] + "..."


def listed(options: tuple[Any, ...]) -> str:
    """`a, b or c`."""
    words = [str(option) for option in options]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" or {words[-1]}"


def path_name(path: Path) -> str:
    """`settings.fetch`, or `source 3`, for messages."""
    if not path:
        return "the file"
    if path[0] == "sources" and len(path) > 1:
        return "a source"
    return ".".join(str(part) for part in path)
