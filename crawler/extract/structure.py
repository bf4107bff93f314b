"""A cleaned tree as blocks and as text: headings, paragraphs, items, quotations, code, tables, captions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extract.raised import raised_text
from crawler.extract.tree import BLOCK_TAGS, HEADINGS, find_all, join_text, line_of, tag_of
from crawler.model import Block, BlockKind
from crawler.text import clean_text

_MAX_DEPTH = 150
_LINE_END = "\n"
_CLOSING = tuple(".,;:!?)]}”’»。，、")
_TEXT_TAGS: dict[str, BlockKind] = {"figcaption": "caption", "caption": "caption"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it stands in the text: `mark` is what a list puts before an item."""

    block: Block
    mark: str = ""


class _Walker:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._inline: list[str] = []

    def walk(self, element: Element, kind: BlockKind, mark: str, depth: int) -> str:
        """Blocks of the element's content; returns the mark that was not yet used."""
        if element.text:
            self._inline.append(element.text)
        for child in element:
            mark = self.child(child, kind, mark, depth)
            if child.tail:
                self._inline.append(child.tail)
        return mark

    def flush(self, kind: BlockKind, mark: str, level: int = 0) -> str:
        if self._inline:
            text = line_of("".join(self._inline))
            self._inline.clear()
            if any(map(str.isalnum, text)):  # rules made of signs, and pictographs alone, say nothing
                self.pieces.append(Piece(Block(kind, text, level), mark))
                return ""
        return mark

    def child(self, child: Element, kind: BlockKind, mark: str, depth: int) -> str:
        tag = tag_of(child)
        if not tag:
            return mark
        if tag == "br":
            return self._break(kind, mark)
        if tag == "sup":
            self._raise(child)
            return mark
        if tag not in BLOCK_TAGS or depth > _MAX_DEPTH:
            if len(child) and depth <= _MAX_DEPTH:
                return self.walk(child, kind, mark, depth + 1)
            self._inline.append(join_text(child))
            return mark
        mark = self.flush(kind, mark)
        if tag == "pre":
            text = clean_text(join_text(child).replace("\xa0", " ")).strip("\n").rstrip()
            if text.strip():
                self.pieces.append(Piece(Block("code", text)))
        elif tag in HEADINGS:
            self.walk(child, "heading", "", depth + 1)
            self.flush("heading", "", HEADINGS[tag])
        elif tag in ("ul", "ol", "dl"):
            self._list(child, tag, kind, depth)
        elif tag == "table":
            self._table(child, kind, depth)
        else:
            inner: BlockKind = "quote" if tag == "blockquote" else _TEXT_TAGS.get(tag, kind)
            mark = self.walk(child, inner, mark, depth + 1)
            mark = self.flush(inner, mark)
        return mark

    def _raise(self, child: Element) -> None:
        text = raised_text(child, next((part for part in reversed(self._inline) if part), ""))
        if text:
            self._inline.append(text)
        elif (child.tail or "").startswith(_CLOSING):
            self._inline[:] = ["".join(self._inline).rstrip()]  # "follow it [1]." is "follow it."

    def _break(self, kind: BlockKind, mark: str) -> str:
        """Two line ends in a row are how people make a paragraph without its element."""
        last = next((part for part in reversed(self._inline) if part is _LINE_END or not part.isspace()), "")
        if last is _LINE_END:
            return self.flush(kind, mark)
        self._inline.append(_LINE_END)
        return mark

    def _list(self, element: Element, tag: str, kind: BlockKind, depth: int) -> None:
        number = _start_of(element) if tag == "ol" else 0
        for child in element:
            name = tag_of(child)
            if name == "li":
                mark = f"{number}. " if tag == "ol" else "- "
                number += 1
                mark = self.walk(child, "item", mark, depth + 1)
                self.flush("item", mark)
            elif name == "div" and tag == "dl":
                self._list(child, tag, kind, depth + 1)  # a group of a name and what is said of it
            elif name in ("dt", "dd"):
                inner: BlockKind = "item" if name == "dd" else "paragraph"
                self.walk(child, inner, "", depth + 1)
                self.flush(inner, "")
            elif name:
                self.child(child, kind, "", depth)
                self.flush(kind, "")
            if child.tail:
                self._inline.append(child.tail)
                self.flush("item", "")

    def _table(self, table: Element, kind: BlockKind, depth: int) -> None:
        rows = find_all(table, "./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
        if _is_layout(table, rows):
            self.walk(table, kind, "", depth + 1)
            self.flush(kind, "")
            return
        for caption in find_all(table, "./caption"):
            self.walk(caption, "caption", "", depth + 1)
            self.flush("caption", "")
        lines = []
        for row in rows:
            cells = [line_of(_spaced(cell)) for cell in row if tag_of(cell) in ("td", "th")]
            if any(cells):
                lines.append(" | ".join(cells))
        if lines:
            self.pieces.append(Piece(Block("table", "\n".join(lines))))


def pieces_of(element: Element) -> list[Piece]:
    """The element's blocks in reading order, each with its list mark."""
    walker = _Walker()
    if tag_of(element) in ("pre", "ul", "ol", "dl", "table", "blockquote", *HEADINGS):
        walker.child(element, "paragraph", "", 0)
    else:
        walker.walk(element, "paragraph", "", 0)
    walker.flush("paragraph", "")
    return walker.pieces


def text_of_pieces(pieces: list[Piece]) -> str:
    """Plain text, a blank line between blocks; list items keep their dash or number."""
    return "\n\n".join(piece.mark + piece.block.text for piece in pieces)


def _start_of(element: Element) -> int:
    start = element.get("start", "")
    return int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1


def _spaced(cell: Element) -> str:
    """A cell's text with a blank where a line or block ends."""
    parts: list[str] = [cell.text or ""]
    for inner in cell.iterdescendants():
        if tag_of(inner) in BLOCK_TAGS or tag_of(inner) == "br":
            parts.append(" ")
        parts.append(inner.text or "")
        if tag_of(inner) in BLOCK_TAGS:
            parts.append(" ")
        parts.append(inner.tail or "")
    return "".join(parts)


def _is_layout(table: Element, rows: list[Element]) -> bool:
    """A table that only places things: other tables or listings in it, or a single cell with paragraphs."""
    if find_all(table, ".//table") or table.get("role") == "presentation":
        return True
    codes = find_all(table, ".//pre")
    if codes and not (find_all(table, ".//th") and all("\n" not in join_text(code).strip() for code in codes)):
        return True  # columns of code; a table of commands has a head, and each in a line
    cells = sum(1 for row in rows for cell in row if tag_of(cell) in ("td", "th"))
    return cells <= 1 or (len(rows) <= 2 and len(find_all(table, ".//p")) > 3 * cells)
