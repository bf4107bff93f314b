"""The editor's notes: from files of a folder to topics of the site, with the articles that we know on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import inf
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.files import read_text
from crawler.label.taxonomy.model import Taxonomy
from crawler.render.notes import NoteHtml, notes_html
from crawler.site.groups import Groups, slug_of
from crawler.site.notes import Topic
from crawler.site.values import Card
from crawler.text import one_line
from crawler.urls import canonical_url, is_web_url, shown_url
from crawler.yamldoc import load_with_lines

REFERENCES = 8
_KEYS = ("title", "tags", "references", "order")


@dataclass(frozen=True, slots=True)
class Note:
    """A file of notes. `html` is empty for a topic without notes yet; `tags` are of the taxonomy."""

    name: str
    title: str
    anchor: str
    html: NoteHtml
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    order: float = inf


def read_notes(folder: Path, taxonomy: Taxonomy, *, pictures: bool = False) -> list[Note]:
    """The notes in the files `*.md` of a folder, by `order`, those without it last by name of file; none where there is
    no folder.

    Raises ConfigError with everything that is wrong in them, by file and line, and UserError for what cannot be read.
    """
    problems: list[str] = []
    notes = []
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        text = read_text(path, "make it readable, or move it out of the folder")
        try:
            notes.append(_read(path, text, taxonomy, pictures=pictures))
        except ConfigError as error:
            problems += error.problems
        except ValueError as error:
            problems.append(f"{error}; mend it")
    notes.sort(key=lambda note: (note.order, note.name))
    problems += _clashes(notes)
    if problems:
        raise ConfigError(problems)
    return notes


def _clashes(notes: Sequence[Note]) -> list[str]:
    """Anchors that two files would share, and links to none."""
    owners: dict[str, str] = {}
    problems = []
    for note in notes:
        if note.anchor in owners:
            problems.append(f"{note.name}:1: the same title as {owners[note.anchor]}; give it one of its own")
        owners.setdefault(note.anchor, note.name)
    for note in notes:
        for line, anchor in note.html.anchors:
            if anchor not in owners:
                known = ", ".join(f"#{one}" for one in list(owners)[:8])
                problems.append(f"{note.name}:{line}: the link #{anchor} leads to no topic; there are {known}")
    return problems


def _read(path: Path, text: str, taxonomy: Taxonomy, *, pictures: bool) -> Note:
    name = str(path)
    front, body, line = _split(text, name, taxonomy)
    title = front.get("title")
    lines = body.split("\n")
    first = next((place for place, one in enumerate(lines) if one.strip()), None)
    if first is not None and lines[first].startswith("# "):
        title = title or lines[first][2:].strip().rstrip("#")
        lines[first] = ""
    title = one_line(str(title or path.stem.replace("-", " ").replace("_", " ").capitalize()))
    return Note(
        name=name,
        title=title,
        anchor=_anchor(path, title),
        html=notes_html("\n".join(lines), name, first_line=line, pictures=pictures),
        tags=_tags(front, path, taxonomy),
        references=tuple(front.get("references") or ()),
        order=float(front.get("order", inf)),
    )


def _anchor(path: Path, title: str) -> str:
    """After the file's name, so that a link to it outlasts another title; never that of the page's own content."""
    anchor = slug_of(path.stem) or slug_of(title) or "topic"
    return anchor if anchor != "content" else "content-topic"


def _tags(front: Mapping[str, Any], path: Path, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Those that the file names, else the tag that is called like the file."""
    if "tags" in front:
        return tuple(front["tags"] or ())
    return (path.stem,) if path.stem in taxonomy.tags else ()


def _split(text: str, name: str, taxonomy: Taxonomy) -> tuple[dict[str, Any], str, int]:
    """Front matter, the rest, and the line on which that begins."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.startswith("---\n"):
        return {}, text, 1
    head, mark, body = text[4:].partition("\n---\n") if not text.startswith("---\n---\n") else ("", "-", text[8:])
    if not mark:
        if not text.rstrip().endswith("\n---"):
            raise ConfigError([f"{name}:1: the front matter has no end: close it with a line of three dashes"])
        head, body = text.rstrip()[4:-4], ""
    front, lines = load_with_lines("\n" + head, name)  # the line of the dashes counts
    front = {} if front is None else front
    if not isinstance(front, dict):
        raise ConfigError([f"{name}:2: the front matter must be lines of `key: value` ({', '.join(_KEYS)})"])
    problems = [f"{name}:{lines.at((key,))}: {what}" for key, what in _faults(front, taxonomy)]
    if problems:
        raise ConfigError(problems)
    return front, body, head.count("\n") + 4


def _faults(front: Mapping[str, Any], taxonomy: Taxonomy) -> list[tuple[str, str]]:
    faults = []
    for key, value in front.items():
        if key not in _KEYS:
            faults.append((key, f"`{key}` is no key of notes; there are {', '.join(_KEYS)}"))
        elif key in ("tags", "references") and not (
            value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))
        ):
            faults.append((key, f"`{key}` must be a list, one line of `- …` each"))
        elif key == "tags":
            faults += [(key, _no_tag(one, taxonomy)) for one in value or () if one not in taxonomy.tags]
        elif key == "references":
            faults += [(key, f"`{one}` is no web address") for one in value or () if not is_web_url(one)]
        elif key == "title" and not isinstance(value, (str, int, float)):
            faults.append((key, "`title` must be text"))
        elif key == "order" and (isinstance(value, bool) or not isinstance(value, (int, float))):
            faults.append((key, "`order` must be a number"))
    return faults


def _no_tag(tag: str, taxonomy: Taxonomy) -> str:
    near = get_close_matches(tag, taxonomy.tags, n=1)
    return f"`{tag}` is no tag of the taxonomy" + (f"; is `{near[0]}` meant?" if near else "; take it out")


def topics_of(notes: Sequence[Note], cards: Mapping[str, Card], groups: Groups) -> list[Topic]:
    """Notes with their references: the articles that they name, then the newest on their tags.

    `cards` are all articles by address.
    """
    return [_topic(note, cards, groups) for note in notes]


def _topic(note: Note, cards: Mapping[str, Card], groups: Groups) -> Topic:
    named = [(url, cards.get(url) or cards.get(canonical_url(url))) for url in note.references]
    chosen = [card for _, card in named if card is not None]
    tagged = [groups.tags[tag] for tag in note.tags if tag in groups.tags]
    newest = sorted(
        {id(card): card for group in tagged for card in group.cards[:REFERENCES]}.values(),
        key=lambda card: (card.day is not None, card.day, card.url),
        reverse=True,
    )
    references = list({card.url: card for card in (*chosen, *newest)}.values())
    return Topic(
        title=note.title,
        anchor=note.anchor,
        html=note.html.html,
        references=tuple(references[: max(REFERENCES, len(chosen))]),
        elsewhere=tuple(shown_url(url) for url, card in named if card is None),
        lists=tuple((group.name, group.path, len(group.cards)) for group in tagged),
    )
