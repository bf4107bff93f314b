"""Composing again after the editor was at work: every change of theirs stays, and only new things are added.

Three texts are compared, item by item and field by field: what was composed (base), what the editor made of it
(edited), and what is composed now (new). Where the editor changed something, theirs wins; what they deleted stays
deleted; what they did not touch follows the new composition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawler.draft.blocks import named_blocks, tidy_end
from crawler.draft.chunks import Chunk, check_whole, split_draft
from crawler.draft.front import patched_front
from crawler.draft.parse import parse_item, twice
from crawler.errors import ConfigError
from crawler.model import Item
from crawler.model.draft import RUNNERS_UP
from crawler.yamldoc import dump_yaml, load_with_lines

_PIN = re.compile(r"(?<!\\)<!--\s*pin\s*-->")
_SCORE = re.compile(r"^<!-- score: \d(?:\.\d+)? -->\n*", re.MULTILINE)
_FIELDS = ("heading", "comments", "audience", "image", "text", "notes", "meta")


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged draft, and what was done, as sentences for the editor.

    `base` is what must be remembered as the base of the next merge: what was composed, with the front matter that
    was made for the editor's choice of items, so that it is not taken for the editor's own later.
    """

    text: str
    summary: tuple[str, ...]
    base: str


def merge_drafts(
    base: str,
    edited: str,
    new: str,
    name: str = "draft",
    front_of: Callable[[Sequence[Item]], Mapping[str, Any]] | None = None,
) -> Merged:
    """The draft after composing again.

    `base` is what was composed when the editor began, `edited` the file as it stands, `new` what is composed now.
    An untouched draft is replaced by `new`. Merging twice changes nothing more. `front_of` makes the values of the
    front matter that speak of the items (lead, tags, cover), for when the editor chose others than are composed; a
    value that the editor touched stays. A runner-up that was pinned goes up into the issue. Raises UserError where
    `edited` has no front matter or is not whole (see `check_whole`), and ConfigError where the front matter is no YAML
    or has a key twice.
    """
    if _tidy(edited) == _tidy(base):
        return Merged(new, () if _tidy(new) == _tidy(base) else ("the draft was untouched: composed anew",), new)
    check_whole(edited, name)
    told: list[str] = []
    old, mine, now = _Parts.of(base, "base"), _Parts.of(edited, name), _Parts.of(new, "new")
    mine = _raised(mine, told)
    body = _merge_body(old, mine, now, told)
    chosen = [c for c in body if c.kind == "item"]
    if front_of and [c.key for c in chosen] != now.chosen:
        made = front_of([parse_item(c) for c in chosen])
        now = replace(now, front={key: made.get(key, value) for key, value in now.front.items()})
        new = _with_front(new, now.front)
        same = (key for key in made if mine.front.get(key) == old.front.get(key) != made[key])
        told += [f"{key}: made anew for the items that you chose" for key in same]
    front = _merge_front(old.front, mine.front, now.front, told)
    runners = _merge_runners(old, mine, now, {c.key: c for c in body if c.kind == "item"})
    if old.mark and not mine.mark:
        told.append(f"the line {RUNNERS_UP} is gone: what stood below it stands in the issue")
    blocks = [f"---\n{patched_front(mine.front_text, front)}---", *(c.text for c in body)]
    if runners or mine.mark:
        mark = mine.mark or Chunk("runners-up", RUNNERS_UP, "", 0)
        blocks += [mark.text, *(c.text for c in runners)]
    return Merged("\n\n".join(b for b in blocks if b) + "\n", tuple(told), new)


# ---------------------------------------------------------------- the three drafts in pieces


@dataclass(frozen=True, slots=True)
class _Parts:
    front_text: str
    front: dict[str, Any]
    body: list[Chunk]
    mark: Chunk | None
    runners: list[Chunk]

    @classmethod
    def of(cls, text: str, name: str) -> _Parts:
        front_text, chunks = split_draft(text, name)
        front, lines = load_with_lines("\n" + front_text, name)
        if problems := twice(lines, name):
            raise ConfigError(problems)
        at = next((n for n, c in enumerate(chunks) if c.kind == "runners-up"), len(chunks))
        mark = chunks[at] if at < len(chunks) else None
        values = front if isinstance(front, dict) else {}
        return cls(front_text, values, chunks[:at], mark, _without_marks(chunks[at + 1 :]))

    @property
    def items(self) -> dict[str, Chunk]:
        """Items of the issue and runners-up by their key."""
        return {c.key: c for c in (*self.runners, *self.body) if c.kind == "item"}

    @property
    def chosen(self) -> list[str]:
        return [c.key for c in self.body if c.kind == "item"]


def _raised(parts: _Parts, told: list[str]) -> _Parts:
    """Pinned runners-up go to the end of the issue."""
    pinned = [c for c in parts.runners if c.kind == "item" and _PIN.search(c.body)]
    if not pinned:
        return parts
    told.append(f"{len(pinned)} pinned runner{'' if len(pinned) == 1 else 's'}-up moved up")
    keys = {c.key for c in pinned} - set(parts.chosen)
    up = [_unscored(c) for c in pinned if c.key in keys]
    return replace(parts, body=[*parts.body, *up], runners=[c for c in parts.runners if c not in pinned])


def _unscored(chunk: Chunk) -> Chunk:
    """A runner-up as it stands in the issue."""
    return replace(chunk, body=_SCORE.sub("", chunk.body).strip("\n"))


def _with_front(text: str, front: Mapping[str, Any]) -> str:
    _, _, rest = text.removeprefix("---\n").partition("\n---")
    return f"---\n{dump_yaml(dict(front))}---{rest}"


def _merge_front(base: dict[str, Any], edited: dict[str, Any], new: dict[str, Any], told: list[str]) -> dict[str, Any]:
    """Key by key; the editor's own keys and order stay."""
    merged: dict[str, Any] = {}
    for key, value in edited.items():
        untouched = key in base and base[key] == value
        merged[key] = new[key] if untouched and key in new else value
        if not untouched and key in new and new[key] not in (value, base.get(key)):
            told.append(f"{key}: yours was kept, another was composed")
    return merged | {key: value for key, value in new.items() if key not in edited and key not in base}


def _merge_body(base: _Parts, edited: _Parts, new: _Parts, told: list[str]) -> list[Chunk]:
    known, before = new.items, base.items
    result = [_merge_item(before.get(c.key), c, known.get(c.key), told) if c.kind == "item" else c for c in edited.body]
    deleted = set(base.items) - set(edited.items)
    if deleted:
        told.append(f"{_count(len(deleted), 'deletion')} kept")
    moved_down = {c.key for c in edited.runners if c.kind == "item"} - {c.key for c in base.runners}
    there = deleted | moved_down | {*base.chosen, *edited.chosen}
    added = [c for c in new.body if c.kind == "item" and c.key not in there]
    below = edited.items
    for chunk in added:
        words = _merge_item(before.get(chunk.key), below.get(chunk.key, chunk), chunk, told)
        section = _section_of(new.body, chunk)
        near = {c.key for c in new.body if c.kind == "item" and _section_of(new.body, c) == section}
        _insert(result, _unscored(words), section, near)
    if added:
        told.append(f"{_count(len(added), 'new item')} added")
    return result


def _merge_runners(base: _Parts, edited: _Parts, new: _Parts, chosen: Mapping[str, Chunk]) -> list[Chunk]:
    """The new runners-up with the editor's words on them; what the editor touched, added or moved down here stays
    below what it stood below."""
    deleted = set(base.items) - set(edited.items)
    mine: dict[str, Chunk] = {}
    for chunk in edited.runners:
        mine.setdefault(chunk.key, chunk)
    before, known = base.items, new.items
    theirs = {c.key for c in edited.runners} - {c.key for c in base.runners} - set(chosen)
    fresh = [c for c in new.runners if c.kind == "item" and c.key not in chosen and c.key not in deleted]
    result = [_merge_item(before.get(c.key), mine.get(c.key, c), c, []) for c in fresh]
    done, place = {c.key for c in fresh}, 0
    for chunk in edited.runners:
        first = chunk.kind == "item" and chunk is mine[chunk.key]
        if first and chunk.key in chosen and chunk.key not in edited.chosen:
            continue  # it went up, with the editor's words on it
        if first and chunk.key in done:
            place = next(n for n, c in enumerate(result, 1) if c.key == chunk.key)
            continue
        kept = chunk
        if first and chunk.key in theirs:
            kept = _merge_item(before.get(chunk.key), chunk, known.get(chunk.key), [])
        elif chunk.kind == "item" and not _is_own(
            chunk, before.get(chunk.key), chosen.get(chunk.key), known.get(chunk.key)
        ):
            continue
        result.insert(place, kept)
        place += 1
    return result


def _is_own(chunk: Chunk, *others: Chunk | None) -> bool:
    """Whether an editor wrote something into a chunk that stands in none of the others."""
    return all(other is None or other.words != chunk.words for other in others)


def _without_marks(chunks: list[Chunk]) -> list[Chunk]:
    """Runners-up below a mark that stands there twice: the second one says nothing, what is written below it stays."""
    return [
        replace(c, kind="section", heading="") if c.kind == "runners-up" else c
        for c in chunks
        if c.kind != "runners-up" or c.body
    ]


def _merge_item(base: Chunk | None, edited: Chunk, new: Chunk | None, told: list[str]) -> Chunk:
    if new is None or edited.words == new.words:
        return edited
    if base is None:
        return edited
    old, mine, now = (_fields(c) for c in (base, edited, new))
    fields = {}
    for name in _FIELDS:
        untouched = mine[name] == old[name]
        fields[name] = now[name] if untouched else mine[name]
        if not untouched and now[name] not in (mine[name], old[name]):
            told.append(f"{edited.title}: your {name} was kept, another was composed")
    if fields == mine:
        return edited
    if all(fields[n] == now[n] for n in _FIELDS):
        return replace(new, spaced=edited.spaced)
    return replace(edited, heading=fields["heading"], body=_in_place(edited.body, mine, fields))


def _fields(chunk: Chunk) -> dict[str, str]:
    """An item's blocks by what they are; everything that has no place of its own counts as text, in its order."""
    found: dict[str, list[str]] = {name: [] for name in _FIELDS}
    found["heading"].append(chunk.heading.strip())
    for name, block in named_blocks(chunk.body):
        found[name].append(block)
    return {name: "\n\n".join(blocks) for name, blocks in found.items()}


def _in_place(body: str, mine: Mapping[str, str], fields: Mapping[str, str]) -> str:
    """The editor's blocks in their order, with those fields changed that are not theirs."""
    result: list[tuple[str, str]] = []
    done: set[str] = set()
    for name, block in named_blocks(body):
        if fields[name] == mine[name]:
            result.append((name, block))
        elif name not in done:
            result.append((name, fields[name]))
        done.add(name)
    for name in _FIELDS[1:]:
        if fields[name] and name not in done:
            behind = (n for n, (other, _) in enumerate(result) if _FIELDS.index(other) > _FIELDS.index(name))
            result.insert(next(behind, len(result)), (name, fields[name]))
    return "\n\n".join(block for _, block in result if block)


# ---------------------------------------------------------------- places


def _section_of(body: Sequence[Chunk], chunk: Chunk) -> str | None:
    title: str | None = None
    for other in body:
        if other.kind == "section":
            title = other.title
        if other is chunk:
            return title
    return None


def _insert(body: list[Chunk], chunk: Chunk, section: str | None, near: Collection[str]) -> None:
    """At the end of its section: the one of that title, else, since the editor may have renamed it, the one with the
    last item that would stand beside it; else at the end."""
    heads = [n for n, other in enumerate(body) if other.kind == "section"]
    begun = next((n for n in heads if body[n].title == section), None)
    if begun is None and section is not None:
        begun = next((n for n in range(len(body) - 1, -1, -1) if body[n].kind == "item" and body[n].key in near), None)
    at = len(body) if begun is None else next((n for n in heads if n > begun), len(body))
    body.insert(at, chunk)


def _tidy(text: str) -> str:
    """The text but for what an editing program may leave: line ends, and blanks at them that are no line break."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "\n".join(map(tidy_end, lines))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
