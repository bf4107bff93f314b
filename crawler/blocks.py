"""Blocks to text and back: the two forms in which an article's words travel between stages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.model import Block
from crawler.text import one_line


def text_of_blocks(blocks: Iterable[Block]) -> str:
    """Plain text with a blank line between blocks; items keep a leading dash, code keeps its lines."""
    parts = [("- " + b.text if b.kind == "item" else b.text) for b in blocks if b.text.strip()]
    return "\n\n".join(parts)


def blocks_of_text(value: str) -> tuple[Block, ...]:
    """Blocks from plain or lightly marked-up text: `# ` headings, `- ` items, `> ` quotations, fenced code."""
    blocks: list[Block] = []
    paragraph: list[str] = []
    fence: list[str] | None = None

    def flush() -> None:
        if paragraph:
            blocks.append(Block("paragraph", one_line(" ".join(paragraph))))
            paragraph.clear()

    for raw in value.splitlines():
        line = raw.strip()
        if line.startswith("```"):
            flush()
            if fence is None:
                fence = []
            else:
                blocks.append(Block("code", "\n".join(fence)))
                fence = None
        elif fence is not None:
            fence.append(raw)
        elif not line:
            flush()
        elif heading := re.match(r"(#{1,6})\s+(.*)", line):
            flush()
            blocks.append(Block("heading", one_line(heading[2]), len(heading[1])))
        elif item := re.match(r"(?:[-*+]|\d{1,2}[.)])\s+(.*)", line):
            flush()
            blocks.append(Block("item", one_line(item[1])))
        elif line.startswith("> "):
            flush()
            blocks.append(Block("quote", one_line(line[2:])))
        else:
            paragraph.append(line)
    flush()
    if fence:
        blocks.append(Block("code", "\n".join(fence)))
    return tuple(b for b in blocks if b.text)
