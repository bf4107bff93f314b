"""An editor's Markdown as plain text: marks gone, nothing of what it says lost."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from crawler.render.prose import safe_markdown
from crawler.text import clean_text

_CODE_INDENT = " " * 4


def prose_text(markdown: str, width: int) -> str:
    """The Markdown as `prose_html` reads it, in lines of at most `width` characters where blanks permit.

    Links and pictures are `words (address)`, code is indented and not folded, points hang below their marks; lines
    are broken where the editor broke them, too. Empty for no Markdown.
    """
    tree = SyntaxTreeNode(safe_markdown(pictures=True).parse(clean_text(markdown)))
    return "\n".join(_blocks(tree.children, width))


def _blocks(nodes: Sequence[SyntaxTreeNode], width: int, *, apart: bool = True) -> list[str]:
    """Lines of blocks; `apart`: with a blank one between two of them."""
    lines: list[str] = []
    for node in nodes:
        if lines and apart:
            lines.append("")
        lines += _block(node, max(20, width))
    return lines


def _block(node: SyntaxTreeNode, width: int) -> list[str]:
    match node.type:
        case "paragraph" | "heading":
            return _folded("".join(map(_words, node.children)), width)
        case "bullet_list" | "ordered_list":
            return list(_points(node, width))
        case "blockquote":
            return [f"> {line}".rstrip() for line in _blocks(node.children, width - 2)]
        case "fence" | "code_block":
            return [(_CODE_INDENT + line).rstrip() for line in node.content.rstrip("\n").split("\n")]
        case "table":
            return [
                " | ".join(_words(cell) for cell in row.children) for part in node.children for row in part.children
            ]
        case "hr":
            return ["* * *"]
        case _:
            return _folded(_words(node), width)


def _points(node: SyntaxTreeNode, width: int) -> Iterator[str]:
    """Each point's mark, and what it says hanging below it; close together where they were written so."""
    close = all(child.hidden for point in node.children for child in point.children if child.type == "paragraph")
    for number, point in enumerate(node.children):
        mark = f"{point.info}{point.markup} " if node.type == "ordered_list" else f"{point.markup} "
        if number and not close:
            yield ""
        lines = _blocks(point.children, width - len(mark), apart=not close) or [""]
        yield (mark + lines[0]).rstrip()
        yield from (textwrap.indent(line, " " * len(mark)) for line in lines[1:])


def _words(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type not in ("link", "image"):
        return "".join(map(_words, node.children)) if node.children else node.content
    words = "".join(map(_words, node.children))
    address = str(node.attrs.get("href") or node.attrs.get("src") or "")
    told = words in ("", address, address.removeprefix("mailto:"))
    return words or address if told else f"{words} ({address})"


def _folded(text: str, width: int) -> list[str]:
    """Long lines folded at blanks; an address is never broken."""
    return [
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    ]
