"""What stands below an item's heading, block by block, and what each block is in the grammar of drafts."""

from __future__ import annotations

import re

from crawler.draft.chunks import marked_lines
from crawler.draft.write import ALSO_AT, AUDIENCE, COVERED_BY, PREVIOUSLY

IMAGE = re.compile(r"^!\[(?P<alt>(?:\\.|[^\[\]\\])*)\]\((?:<(?P<angle>[^<>]*)>|(?P<url>\S+?))(?:\s+\"[^\"]*\")?\)$")
META = re.compile(r"^(?P<mark>[*_])(?P<inner>(?!\1)\S(?:.*\S)?)(?P=mark)$")
HARD_BREAK = re.compile(r"\S {2,}$")
"""The end of a line that is a line break (CommonMark, section 6.7)."""
_LIST = re.compile(r"^ {0,3}(?:[-+*]|\d{1,9}[.)])\s")
_TELLS = re.compile(rf"(?:^| · )(?:\d{{1,4}} min(?:$| · )|#\S|(?:{ALSO_AT}|{COVERED_BY}) \[|{PREVIOUSLY} #\d)")
_NAME_WORDS = 5  # an editor's aside in emphasis is longer than a company's name


def named_blocks(text: str) -> list[tuple[str, str]]:
    """(name, block) in order; the names are `comments`, `audience`, `image`, `text`, `notes` and `meta`.

    Lists are notes where nothing but the line of facts follows them; everything without a place of its own is text.
    """
    blocks = _split(text)
    names = ["text"] * len(blocks)
    rest = []
    for at, block in enumerate(blocks):
        if block.startswith("<!--") and block.endswith("-->"):
            names[at] = "comments"
        elif block.lstrip().startswith(AUDIENCE) and "audience" not in names:
            names[at] = "audience"
        elif IMAGE.match(block) and "image" not in names:
            names[at] = "image"
        else:
            rest.append(at)
    if rest and is_meta(blocks[rest[-1]]):
        names[rest.pop()] = "meta"
    while rest and is_list(blocks[rest[-1]]):
        names[rest.pop()] = "notes"
    return list(zip(names, blocks, strict=True))


def is_list(block: str) -> bool:
    """Whether a block begins with a point of a list."""
    return _LIST.match(block) is not None


def is_meta(block: str) -> bool:
    """A line in emphasis that tells company, minutes or tags."""
    match = META.match(block)
    if not match or "\n" in block:
        return False
    return _TELLS.search(match["inner"]) is not None or len(match["inner"].split()) <= _NAME_WORDS


def _split(text: str) -> list[str]:
    """Blocks between blank lines; code, a comment, and a list with what is nested in it stay whole.

    A picture and a line of facts that are not in a list are blocks of their own without blank lines, too.
    """
    blocks: list[list[str]] = [[]]
    for _, line, is_verbatim, _ in marked_lines(text.split("\n"), 1):
        if line.strip() or is_verbatim:
            above = blocks[-1] or (blocks[-2] if len(blocks) > 1 else [""])
            nested = not is_verbatim and line[:1] in " \t" and is_list(above[0])
            if nested and not blocks[-1]:
                blocks.pop()
                blocks[-1].append("")
            stands_alone = not (is_verbatim or nested) and _stands_alone(line.strip())
            if stands_alone and blocks[-1]:
                blocks.append([])
            blocks[-1].append(line if is_verbatim else tidy_end(line))
            if stands_alone:
                blocks.append([])
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(lines).rstrip() for lines in blocks if lines]


def _stands_alone(line: str) -> bool:
    match = META.match(line)
    return IMAGE.match(line) is not None or (match is not None and _TELLS.search(match["inner"]) is not None)


def tidy_end(line: str) -> str:
    """The line without blanks at its end, but for those that make a line break."""
    return line.rstrip() + "  " * (HARD_BREAK.search(line) is not None)
