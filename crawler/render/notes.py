"""An editor's notes on a topic: Markdown with formulas, as safe markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from crawler.render.maths import formula
from crawler.render.prose import safe_markdown
from crawler.text import clean_text

FIRST_HEADING = 3
# Inside a line: \( … \) and $ … $ as pandoc reads them (no blank inside the signs, no digit behind the second one);
# \[ … \] and $$ … $$ stand apart.
_INLINE = re.compile(
    r"\\\((?P<round>.+?)\\\)|\\\[(?P<square>.+?)\\\]|\$\$(?P<double>.+?)\$\$"
    r"|\$(?P<single>(?! )(?:[^$\\]|\\.)+?(?<! ))\$(?!\d)",
    re.DOTALL,
)
_ENDING = re.compile(r'(<math [^>]*display="inline"[^>]*>(?:(?!</math>).)*</math>)([.,;:!?)\]]+)', re.DOTALL)
"""A formula and the sign behind it, which browsers would set at the beginning of the next line."""
_FENCES = {"$$": "$$", "\\[": "\\]"}


@dataclass(frozen=True, slots=True)
class NoteHtml:
    """`html` is safe, well-formed markup; `anchors` are the addresses within the notes that it links to, by line."""

    html: str
    anchors: tuple[tuple[int, str], ...] = ()


def notes_html(markdown: str, name: str, *, first_line: int = 1, pictures: bool = False) -> NoteHtml:
    """Markdown as in drafts, with formulas, links to `#anchors`, and headings that begin at FIRST_HEADING.

    Raises ValueError, "name:line: what", for a formula that is none; `first_line` is where the text begins in its
    file.
    """
    parser = _parser(pictures=pictures)
    tokens = parser.parse(clean_text(markdown.replace("\r\n", "\n")))
    _shift_headings(tokens)
    anchors = []
    for line, token in _with_lines(tokens, first_line):
        if token.type in ("math_inline", "math_block"):
            try:
                token.content = _shown(token, formula(token.content, block=token.markup == "block"))
            except ValueError as error:
                raise ValueError(f"{name}:{line}: the formula {token.content.strip()[:60]!r}: {error}") from error
        elif token.type == "table_open":
            token.attrSet("tabindex", "0")  # for the same reason
        elif token.type == "link_open" and str(token.attrs.get("href", "")).startswith("#"):
            anchors.append((line, str(token.attrs["href"])[1:]))
    html: str = parser.renderer.render(tokens, parser.options, {})
    return NoteHtml(_ENDING.sub(r'<span class="together">\1\2</span>', html.strip()), tuple(anchors))


def _shown(token: Token, mathml: str) -> str:
    """A formula that stands apart may be wider than a phone: a place to scroll it, which a keyboard reaches, too."""
    if token.type != "math_block":
        return mathml
    return f'<div class="formula" tabindex="0" role="group" aria-label="Formula">{mathml}</div>'


def _parser(*, pictures: bool) -> MarkdownIt:
    parser = safe_markdown(pictures=pictures, anchors=True)
    parser.inline.ruler.before("escape", "math_inline", _inline_rule)
    parser.block.ruler.before("fence", "math_block", _block_rule, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.add_render_rule("math_inline", lambda _renderer, tokens, place, _options, _env: tokens[place].content)
    parser.add_render_rule("math_block", lambda _renderer, tokens, place, _options, _env: f"{tokens[place].content}\n")
    return parser


def _with_lines(tokens: list[Token], first_line: int) -> Iterator[tuple[int, Token]]:
    for token in tokens:
        line = first_line + (token.map[0] if token.map else 0)
        yield line, token
        for child in token.children or ():
            yield line, child
            if child.type in ("softbreak", "hardbreak", "math_inline"):
                line += child.type != "math_inline" or child.content.count("\n")


def _shift_headings(tokens: list[Token]) -> None:
    """The highest heading of a note becomes FIRST_HEADING; no level is left out below it."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, FIRST_HEADING + levels.index(token.tag))}"


def _inline_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    if state.src[state.pos] not in "$\\":
        return False
    match = _INLINE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content = match[match.lastgroup or 0]
        token.markup = "block" if match.lastgroup in ("square", "double") else "inline"
    state.pos = match.end()
    return True


def _block_rule(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001
    """A formula that begins and ends its lines: what would be a list or a heading in Markdown is none inside it."""
    lines = []
    for line in range(first, last):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        if line == first:
            mark = text[:2]
            if mark not in _FENCES:
                return False
            text = text[2:]
        if text.endswith(_FENCES[mark]):
            lines.append(text[:-2])
            break
        if not text and line > first:
            return False
        lines.append(text)
    else:
        return False
    if silent:
        return True
    state.line = first + len(lines)
    token = state.push("math_block", "", 0)
    token.content, token.map, token.markup = "\n".join(lines), [first, state.line], "block"
    return True
