"""Rules on the lines that part a draft: headings that a Markdown reader or ours takes for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.lint.sheet import Context, Fault, Sheet
from crawler.model.draft import RUNNERS_UP, RUNNERS_UP_LINE

_ATX = re.compile(r"^ {0,3}(?P<signs>#{1,6})(?P<gap>[ \t]*)(?P<words>[^\s#].*)$")
_LINK_ALONE = re.compile(r"^\[.+\]\(.+\)\s*#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,})\s*$")
_ALMOST = re.compile(r"^\s*<!--[^>]*\brunner[^>]*-->\s*$", re.IGNORECASE)
_MANY = 3  # one or two were moved up with their scores


def heading_levels(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Headings that are no section and no item, and take what follows them into the item above.

    An underlined line is a heading, too (CommonMark, section 4.3); a hash sign without a space after it is none
    (section 4.2), and a single one may be a tag.
    """
    above = ""
    for number, line in enumerate(sheet.prose, 1):
        heading = _ATX.match(line)
        if heading:
            yield from _faults(number, heading)
        elif _UNDERLINE.match(line) and above.strip() and not _ATX.match(above) and number not in sheet.verbatim:
            yield Fault(
                number,
                "this line makes a heading of the one above",
                "begin that one with ## for a section, or leave a blank line between them",
            )
        above = line


def _faults(line: int, heading: re.Match[str]) -> Iterator[Fault]:
    level = len(heading["signs"])
    if not heading["gap"]:
        if level > 1:
            yield Fault(line, "no heading without a space", f"write a space after {heading['signs']}")
    elif level == 1:
        yield Fault(line, "a heading of level 1, which is the issue's own", "write ## for a section, ### for an item")
    elif level > 3 and _LINK_ALONE.match(heading["words"]):
        yield Fault(line, f"a heading of level {level} is no item", "write ### for an item")


def runners_up_line(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Runners-up that stand in the issue because the line above them is gone or misspelt."""
    if any(map(RUNNERS_UP_LINE.match, sheet.lines)):
        return
    almost = [number for number, line in enumerate(sheet.lines, 1) if _ALMOST.match(line)]
    scored = [entry.line for entry in sheet.entries if entry.item.score]
    if almost:
        yield Fault(almost[0], "this is not the line of the runners-up", f"write {RUNNERS_UP}")
    elif len(scored) >= _MANY:
        yield Fault(
            scored[0],
            f"{len(scored)} runners-up stand in the issue: the line above them is gone",
            f"write {RUNNERS_UP} above them, or delete the comments with their scores",
        )
