"""Rules on Markdown that does not close what it opens, on images and on white space."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.lint.links import Link, without_link_marks
from crawler.lint.sheet import Context, Edit, Fault, Sheet
from crawler.model.draft import CONFLICT
from crawler.text import escape_markdown

_MARKER = re.compile(r"^\s*(?:>\s?)*(?:[-+*]\s|\d{1,9}[.)]\s|#{1,6}\s)?")
_NEW_BLOCK = re.compile(r"^\s*(?:[-+*]\s|\d{1,9}[.)]\s|#{1,6}\s|👉|!\[)")
_RULE = re.compile(r"^ {0,3}(?:(?:\*\s*){3,}|(?:_\s*){3,}|(?:-\s*){3,})$")
_RUN = re.compile(r"\*+|_+")
_EMOTICON = re.compile(r"[:;]-?[()]|(?<![\w(])\w{1,2}\)(?=\s)")
_NAMES = {"*": "asterisks", "_": "underscores"}


def unbalanced_markdown(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Emphasis, code, brackets, fences and comments that are opened and not closed, or closed and not opened; marks of
    a version control."""
    for line, what in sheet.unclosed:
        fix = "write --> where it ends" if what == "comment" else "write a line of the same marks where it ends"
        yield Fault(line, f"{what} without an end", fix)
    for place, prose in enumerate(sheet.prose, 1):
        if CONFLICT.match(prose):
            yield Fault(place, "two changes of this file met here", "keep one and delete the marks <<<, ===, >>>")
    text = without_link_marks("\n".join(sheet.prose), sheet.links)
    for number, lines in _blocks(text.split("\n")):
        yield from _block_faults(number, lines)


def missing_alt(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Images without words for those who cannot see them."""
    for link in sheet.links:
        if link.kind != "image" or not link.url or link.text.strip():
            continue
        title = next((e.item.title for e in sheet.entries if e.line < link.line < e.end and e.item.title), "")
        yield Fault(
            link.line,
            "missing alt text",
            "add words between the brackets",
            _alt_edit(sheet, link, title) if title else None,
        )


def white_space(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """White space that means nothing: at line ends, in rows of empty lines, and none at the end of the file."""
    lines = sheet.lines
    empty = 0
    for number, line in enumerate(lines[:-1], 1):
        bare = line.rstrip()
        if number in sheet.verbatim:
            empty = 0
            continue
        empty = 0 if bare else empty + 1
        hard_break = bare and line == bare + "  " and bool(lines[number].strip())
        if empty > 2:
            yield Fault(number, "more than two empty lines", "delete it", Edit(number, 0, line, None))
        elif line != bare and not hard_break:
            yield Fault(number, "white space at the end of the line", "delete it", Edit(number, 0, line, bare))
    if lines and lines[-1]:
        last = lines[-1]
        yield Fault(
            len(lines),
            "the last line has no end",
            "end it with a line break",
            Edit(len(lines), 0, last, last.rstrip() + "\n"),
        )


def _alt_edit(sheet: Sheet, link: Link, title: str) -> Edit | None:
    """`![](…` with the title between the brackets; None where the link is broken over lines."""
    line = sheet.lines[link.line - 1]
    opening = f"![{link.text}]"
    at = line.rfind(opening, 0, link.column) if link.dest_line == link.line else -1
    return Edit(link.line, at, opening, f"![{escape_markdown(title)}]") if at >= 0 else None


# ---------------------------------------------------------------- pairs


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Paragraphs, list items and headings with the number of their first line, block marks blanked."""
    block: list[str] = []
    start = 0
    for number, line in enumerate([*lines, ""], 1):
        if block and (not line.strip() or _NEW_BLOCK.match(line)):
            yield start, block
            block = []
        if line.strip() and not _RULE.match(line):
            if not block:
                start = number
            block.append(_MARKER.sub(lambda m: " " * len(m[0]), line))


def _block_faults(first: int, lines: list[str]) -> Iterator[Fault]:
    for offset, char in _unpaired_emphasis("\n".join(lines)):
        line = first + "\n".join(lines).count("\n", 0, offset)
        yield Fault(line, f"{_NAMES[char]} without a partner", f"close the emphasis, or write \\{char}")
        break
    text = "\n".join(lines)
    if (at := text.find("`")) >= 0:
        yield Fault(first + text.count("\n", 0, at), "a backtick without a partner", "close the code, or write \\`")
    if text.count("~~") % 2:
        yield Fault(first, "~~ without a partner", "close what is struck out, or write \\~~")
    yield from _bracket_faults(first, text)


def _bracket_faults(first: int, text: str) -> Iterator[Fault]:
    plain = _EMOTICON.sub(
        lambda m: m[0] if "(" in text[: m.start()] and ")" in m[0] and m[0][0] not in ":;" else "", text
    )
    for opening, closing in ("[]", "()"):
        stack: list[int] = []
        for at, char in enumerate(plain):
            if char == opening:
                stack.append(at)
            elif char == closing and stack:
                stack.pop()
            elif char == closing:
                stack = [at]
                break
        if stack:
            line = first + plain.count("\n", 0, stack[0])
            yield Fault(
                line,
                f"{plain[stack[0]]} without a partner",
                f"add {opening} or {closing}, or write \\{plain[stack[0]]}",
            )


@dataclass(slots=True)
class _Run:
    char: str
    left: int
    opens: bool
    closes: bool
    at: int


def _unpaired_emphasis(text: str) -> Iterator[tuple[int, str]]:
    """Marks of emphasis that find no partner (CommonMark 6.2, without its rule of three), with their offset."""
    open_runs: list[_Run] = []
    unpaired: list[_Run] = []
    for match in _RUN.finditer(text):
        run = _flanks(text, match)
        if run.closes:
            while run.left and (opener := next((r for r in reversed(open_runs) if r.char == run.char), None)):
                unpaired += open_runs[open_runs.index(opener) + 1 :]
                del open_runs[open_runs.index(opener) + 1 :]
                paired = min(run.left, opener.left)
                run.left -= paired
                opener.left -= paired
                if not opener.left:
                    open_runs.pop()
        if run.left and run.opens:
            open_runs.append(run)
        elif run.left and run.closes:
            unpaired.append(run)
    for run in sorted([*unpaired, *open_runs], key=lambda r: r.at):
        if not (run.opens and run.closes):  # inside a word it reads as itself: 2*3
            yield run.at, run.char


def _flanks(text: str, match: re.Match[str]) -> _Run:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    punct_before, punct_after = _is_punctuation(before), _is_punctuation(after)
    left = not after.isspace() and (not punct_after or before.isspace() or punct_before)
    right = not before.isspace() and (not punct_before or after.isspace() or punct_after)
    char = match[0][0]
    if char == "_":
        opens, closes = left and (not right or punct_before), right and (not left or punct_after)
    else:
        opens, closes = left, right
    return _Run(char, len(match[0]), opens, closes, match.start())


def _is_punctuation(char: str) -> bool:
    return not char.isalnum() and not char.isspace()
