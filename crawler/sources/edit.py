"""Changes to sources.yaml that leave every other byte as its owner wrote it: the only importer of ruamel.yaml.

ruamel.yaml tells where each value stands; the text between is cut and pasted, because printing the document anew would
lose the alignment of columns, quotes and blank lines. What comes out is read again by our own reader before it is
given back, so that an edit either does just what was asked or nothing.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from crawler.errors import ConfigError, UserError
from crawler.model import Source
from crawler.sources.config import MAKE_ONE, Config, parse_config
from crawler.urls import host_of
from crawler.yamldoc import load_yaml

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/+-]*(?<! )")
# The order in which a line's keys are written.
_ORDER = ("slug", "name", "company", "url", "kind", "homepage", "tags")


class SourcesFile:
    """The text of a sources.yaml that is being edited. `text` is what it is now, `config` what that means.

    Every edit raises UserError, and changes nothing, where the file is written in a way that it cannot be sure of.
    """

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self._mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.text = text.removeprefix("\ufeff")
        self.config = parse_config(self.text, path)

    @classmethod
    def open(cls, path: Path) -> SourcesFile:
        """Read a file. Raises UserError where it is not there, ConfigError where it has problems."""
        try:
            text = path.read_bytes().decode("utf-8")
        except FileNotFoundError as error:
            raise UserError(f"{path} is not there: name your file with --config, or {MAKE_ONE}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                [f"{path}:1: cannot be read: {error}; save it as UTF-8 text that you may read"]
            ) from error
        return cls(text, path)

    def add(self, sources: Sequence[Source]) -> None:
        """Write new sources behind the last one, in the style of the file."""
        if not sources:
            return
        listed = self._listed()
        if not listed.value:
            raise self._refusal("it lists no source yet")
        last = listed.value[-1]
        end = self._end(last)
        if listed.flow_style:
            text = "".join(", " + flow_line(source, self.config.defaults) for source in sources)
            new = self.text[:end] + text + self.text[end:]
        else:
            new = self._with_lines(last, end, sources)
        self._accept(new, (*self.config.sources, *sources), "the new lines")

    def remove(self, slug: str) -> None:
        """Take one source's lines out; comments stay."""
        place = self._place(slug)
        listed = self._listed()
        if len(listed.value) == 1:
            raise self._refusal(f"`{slug}` is its only source")
        node = listed.value[place]
        begin, end = node.start_mark.index, self._end(node)
        if listed.flow_style:
            if place:
                begin = self._end(listed.value[place - 1])
            else:
                end = listed.value[1].start_mark.index
            new = self.text[:begin] + self.text[end:]
        else:
            new = self._without_lines(begin, end)
        rest = tuple(source for source in self.config.sources if source.slug != slug)
        self._accept(new, rest, f"the line of `{slug}`")

    def set_url(self, slug: str, url: str) -> None:
        """Give a source another address. What followed from the old one, its slug above all, by which the store
        knows the source, is written down."""
        node = self._listed().value[self._place(slug)]
        value = self._value(node, "url")
        if value is None:
            raise self._refusal(f"the address of `{slug}` stands somewhere else")
        begin, end = value.start_mark.index, value.end_mark.index
        written = _scalar(url, quoted=True)
        key = next(key for key, one in node.value if one is value)
        for name, said in self._implied(node, slug, url):
            here = f"{name}: {_scalar(said)}"
            written += f", {here}" if node.flow_style else f"{self._newline()}{' ' * key.start_mark.column}{here}"
        changed = tuple(replace(s, url=url) if s.slug == slug else s for s in self.config.sources)
        self._accept(self.text[:begin] + written + self.text[end:], changed, f"the address of `{slug}`")

    def save(self) -> None:
        """Write the file whole or not at all. Raises UserError."""
        target = self.path.resolve()
        try:
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write((self._mark + self.text).encode("utf-8"))
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).chmod(target.stat().st_mode & 0o7777)
                Path(name).replace(target)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise UserError(f"{self.path} cannot be written: {error.strerror or error}; nothing was changed") from error

    # ------------------------------------------------ where things stand

    def _listed(self) -> Any:  # noqa: ANN401 - ruamel's nodes are untyped
        try:
            root: Node | None = YAML(typ="safe", pure=True).compose(self.text)
        except YAMLError as error:
            raise self._refusal("it is YAML of an unusual kind") from error
        listed = self._value(root, "sources") if isinstance(root, MappingNode) else None
        if not isinstance(listed, SequenceNode) or any(not isinstance(one, MappingNode) for one in listed.value):
            raise self._refusal("its `sources` are no plain list")
        if len(listed.value) != len(self.config.sources):
            raise self._refusal("its `sources` are no plain list")
        return listed

    def _place(self, slug: str) -> int:
        return next(place for place, source in enumerate(self.config.sources) if source.slug == slug)

    @staticmethod
    def _value(node: Any, key: str) -> Any:  # noqa: ANN401
        return next((value for name, value in node.value if isinstance(name, ScalarNode) and name.value == key), None)

    def _implied(self, node: Any, slug: str, url: str) -> list[tuple[str, str]]:  # noqa: ANN401
        source = self.config.sources[self._place(slug)]
        pairs = [] if self._value(node, "slug") is not None else [("slug", slug)]
        if self._value(node, "name") is None and source.homepage is None and host_of(url) != host_of(source.url):
            pairs.append(("name", source.name))
        return pairs

    def _end(self, node: Any) -> int:  # noqa: ANN401
        # A block's own end mark lies behind the blank lines and comments that follow it.
        if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
            inner = node.value[-1]
            return self._end(inner[1] if isinstance(inner, tuple) else inner)
        end: int = node.end_mark.index
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return len(self.text[:end].rstrip())
        return end

    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    # ------------------------------------------------ lines

    def _with_lines(self, last: Any, end: int, sources: Sequence[Source]) -> str:  # noqa: ANN401
        start = self._line_start(last.start_mark.index)
        bullet = self.text[start : last.start_mark.index]
        if bullet.strip() != "-":
            raise self._refusal("its last source does not begin with `- ` on a line of its own")
        newline, at = self._newline(), self._line_end(end)
        before = self.text[:at]
        if not before.endswith("\n"):
            before += newline
        lines = []
        for source in sources:
            if last.flow_style:
                lines.append(bullet + flow_line(source, self.config.defaults))
            else:
                pairs = _pairs(source, self.config.defaults)
                indent = " " * len(bullet)
                lines += [(indent if row else bullet) + f"{key}: {value}" for row, (key, value) in enumerate(pairs)]
        return before + "".join(line + newline for line in lines) + self.text[at:]

    def _without_lines(self, begin: int, end: int) -> str:
        start, stop = self._line_start(begin), self._line_end(end)
        if self.text[start:begin].strip() != "-":
            raise self._refusal("the source does not begin with `- ` on a line of its own")
        # Whole comment lines between the keys of a source are its own and go; one behind it stays, on a line.
        remark = self.text[end:stop].strip()
        kept = ""
        if remark:
            indent = self.text[start:begin].partition("-")[0]
            kept = indent + remark + self._newline()
        return self.text[:start] + kept + self.text[stop:]

    def _accept(self, text: str, wanted: Sequence[Source], what: str) -> None:
        try:
            config = parse_config(text, self.path)
        except ConfigError as error:
            raise self._refusal(f"with {what} it would have a problem: {error.problems[0]}") from error
        if config.sources != tuple(wanted) or _rest(config) != _rest(self.config):
            raise self._refusal(f"{what} would mean something else there")
        self.text, self.config = text, config

    def _refusal(self, why: str) -> UserError:
        return UserError(f"{self.path} was left as it is, because {why}; edit it by hand")


def flow_line(source: Source, defaults: Mapping[str, Any]) -> str:
    """A source as `{slug: x, name: X, ...}`, without what goes without saying."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in _pairs(source, defaults)) + "}"


def _pairs(source: Source, defaults: Mapping[str, Any]) -> list[tuple[str, str]]:
    names = [field.name for field in fields(Source)]
    pairs = []
    for name in sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER)):
        value = getattr(source, name)
        standard = next(f.default for f in fields(Source) if f.name == name)
        usual = defaults.get(name, standard)
        if (standard is MISSING or value != usual or name == "kind") and (value is not None or usual is not None):
            pairs.append((name, _written(name, value)))
    return pairs


def _written(name: str, value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_scalar(str(one), quoted=name in ("include", "exclude")) for one in value) + "]"
    if isinstance(value, str):
        return _scalar(value, quoted=name in ("url", "homepage", "select"))
    return json.dumps(value)


def _scalar(value: str, *, quoted: bool = False) -> str:
    # Plain only where our own reader takes it for just this text: YAML 1.1 has many words for true and many numbers.
    if not quoted and _PLAIN.fullmatch(value) and load_yaml(value, "") == value:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _rest(config: Config) -> tuple[object, ...]:
    return config.settings, config.defaults, config.extra
