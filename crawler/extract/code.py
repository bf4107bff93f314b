"""Code in one plain form, whatever highlighter made it.

Afterwards a block of code is `<pre><code class="language-x">text</code></pre>` without inner markup: everything that
walks the tree later need not know of highlighters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.codenames import drop_labels, is_language, language_of
from crawler.extract.tree import find_all, join_text, tag_of, unwrap

_GUTTER = re.compile(
    r"(?:^|[\s_-])(?:gutter|linenos?|line-?numbers?|line-?nums?|ln-num|lnum|blob-num|hljs-ln-(?:n|numbers)|ln|lntd-num|"
    r"rouge-gutter|CodeMirror-linenumber|react-syntax-highlighter-line-number|linenr|lines-numbers|"
    r"lineno-\w+|crayon-nums?\S*|line-number-\w+|linenodiv)(?=$|\s)"
)
# What a highlighter adds for who looks at the code (`boring`: lines that it hides).
_TOOLS = re.compile(
    r"(?:^|[\s_-])(?:copy\S*|btn\S*|toolbar|toolbox|code-block-header|twoslash-popup\S*|boring)(?=$|\s)"
)
_LINE_CLASSES = re.compile(
    r"(?:^|\s)(?:token-line|line|code-line|view-line|ec-line|cl-line|cm-line|hljs-ln-line)(?:\s|$)"
)
_FRAME_TAGS = frozenset({"div", "header", "figcaption", "button", "footer"})
# A box whose style alone makes it code: blanks kept, letters of one width.
_STYLED = ".//div[contains(@style, 'white-space')]"
_KEEPS_BLANKS = re.compile(r"white-space\s*:\s*pre(?!-line)")
_ONE_WIDTH = re.compile(r"mono|courier|consolas|menlo")
_CODE_ROWS = (
    ".//*[contains(@class, 'blob-code') or contains(@class, 'hljs-ln-code')]"
    "[not(ancestor::*[contains(@class, 'blob-code')])]"
    " | .//td[@class='code'][not(.//pre)][preceding-sibling::td[contains(@class, 'lineno')]]"
)
_CODE_LINE = re.compile(r"(?:^|\s)(?:code|token)-line(?:\s|$)")
_LINE_TAGS = frozenset({"div", "p", "li", "tr"})


def settle_code(root: Element) -> None:
    """Every block of code as one `pre` with one `code`, its lines kept, line numbers and buttons gone."""
    for table in find_all(root, f".//table[.//pre or {_CODE_ROWS}]"):
        _unwrap_code_table(table)
    for block in find_all(root, ".//div[contains(@class, 'syntaxhighlighter') or contains(@class, 'crayon-syntax')]"):
        _settle_lines(block)
    for pre in find_all(root, ".//pre[not(ancestor::pre)]"):
        if pre.getparent() is not None:
            _settle_pre(pre)
    for block in _unframed(root):
        text = _code_text(block)
        if tag_of(block) != "code" or "\n" in text.strip():
            _rewrite(block, text, language_of(block))
    for code in find_all(root, ".//code[*][not(ancestor::pre)]"):
        if not find_all(code, ".//a"):
            text = join_text(code)
            for child in list(code):
                code.remove(child)
            code.text = text


def _unframed(root: Element) -> Iterator[Element]:
    """What is shown as a block of code without being a `pre`; of a `code` only its text tells."""
    yield from list(root.iter("xmp", "listing"))
    for box in find_all(root, _STYLED):
        style = box.get("style", "").lower()
        if _KEEPS_BLANKS.search(style) and _ONE_WIDTH.search(style) and not find_all(box, "(ancestor::pre | .//p)[1]"):
            yield box
    for code in list(root.iter("code")):
        if (len(code) or "\n" in (code.text or "")) and next(code.iterancestors("pre"), None) is None:
            shown = _KEEPS_BLANKS.search(code.get("style", "").lower()) or _is_alone(code)
            if shown or find_all(code, "(.//br | .//div)[1]"):
                yield code


def _is_alone(code: Element) -> bool:
    """Whether a box holds the code and nothing else."""
    parent = code.getparent()
    return (
        parent is not None
        and tag_of(parent) == "div"
        and len(parent) == 1
        and not f"{parent.text or ''}{code.tail or ''}".strip()
    )


def _settle_lines(block: Element) -> None:
    """Highlighters that set each line as an element, in a table's second cell."""
    lines = find_all(
        block,
        ".//*[contains(@class, 'code') or contains(@class, 'crayon-pre')]/descendant::div[contains(@class, 'line')]",
    )
    if lines and block.getparent() is not None:
        language = next((n.lower() for n in block.get("class", "").split() if is_language(n)), "")
        _rewrite(block, "\n".join(join_text(line).strip("\n") for line in lines), language)


def _settle_pre(pre: Element) -> None:
    language = language_of(pre)
    drop_labels(pre, language)
    outer = pre.getparent()
    if outer is not None and tag_of(outer) == "code":
        unwrap(outer)
    framed = _framed_code(pre)
    _rewrite(pre, _code_text(pre if framed is None else framed), language)


def _framed_code(pre: Element) -> Element | None:
    """The one `code` in a `pre` that has bars with names and buttons beside it; None where nothing stands beside."""
    codes = list(pre.iter("code"))
    if len(codes) != 1:
        return None
    node = codes[0]
    beside = 0
    while node is not pre:
        parent = node.getparent()
        if parent is None:
            return None
        others = [e for e in parent if e is not node]
        if any((text or "").strip() for text in (parent.text, *(e.tail for e in parent))):
            return None
        if any(tag_of(e) not in _FRAME_TAGS for e in others):
            return None
        beside += len(others)
        node = parent
    return codes[0] if beside else None


def _rewrite(element: Element, text: str, language: str) -> None:
    tail = element.tail
    element.clear()
    element.tag = "pre"
    element.tail = tail
    code = etree.SubElement(element, "code")
    if language:
        code.set("class", f"language-{language}")
    code.text = text.strip("\n").rstrip()


def _code_text(element: Element) -> str:
    parts: list[str] = []
    several = len(find_all(element, "./code")) > 1
    _gather(element, parts, several=several)
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def _gather(element: Element, parts: list[str], *, several: bool, depth: int = 0) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        tag, names = tag_of(child), child.get("class", "")
        if tag == "br":
            parts.append("\n")
        elif (
            tag in ("button", "style", "script", "svg")
            or (names and _is_beside(child, names))
            or _is_number(child, tag)
        ):
            pass
        elif depth < 40:
            _gather(child, parts, several=several, depth=depth + 1)
            line = tag in _LINE_TAGS or (several and tag == "code" and depth == 0) or _is_line(child, tag, names)
            ended = bool(parts) and parts[-1].endswith("\n") and not _is_empty_line(child, tag, names)
            if line and not ended and not (child.tail or "").startswith("\n"):
                parts.append("\n")
        if child.tail:
            parts.append(child.tail)


def _is_beside(child: Element, names: str) -> bool:
    """Whether an element in a block is none of its code: a number, a button; a line may be named for its number."""
    if _TOOLS.search(names):
        return True
    return (
        _GUTTER.search(names) is not None
        and not _CODE_LINE.search(names)
        and not any(map(str.isalpha, join_text(child)))
    )


def _is_empty_line(child: Element, tag: str, names: str) -> bool:
    return tag in _LINE_TAGS and not len(child) and not child.text and _LINE_CLASSES.search(names) is not None


def _is_number(child: Element, tag: str) -> bool:
    """The first of a row's two cells, where it holds the line's number alone."""
    return (
        tag == "td"
        and child.getprevious() is None
        and child.getnext() is not None
        and join_text(child).strip().isdigit()
    )


def _is_line(child: Element, tag: str, names: str) -> bool:
    """A span that its highlighter shows as a line: markup without line ends between such spans."""
    if tag != "span" or not (child.get("data-line") is not None or (names and _LINE_CLASSES.search(names))):
        return False
    following = child.getnext()
    return following is not None and tag_of(following) == "span" and not child.tail


def _unwrap_code_table(table: Element) -> None:
    """Tables of two cells, line numbers and code (Pygments, Rouge, Octopress, gist), become the code alone."""
    rows = find_all(table, _CODE_ROWS)
    if rows:
        text = "\n".join(join_text(row).strip("\n") for row in rows).replace("\xa0", " ")
        _rewrite(table, text, language_of(table))
        return
    pres = find_all(table, ".//pre")
    codes = [pre for pre in pres if not _in_gutter(pre, table)]
    if len(codes) == 1 and len(pres) <= 2 and len(find_all(table, ".//tr")) <= 1:
        text = _code_text(codes[0])
        language = language_of(codes[0]) or language_of(table)
        _rewrite(table, text, language)


def _in_gutter(pre: Element, table: Element) -> bool:
    node: Element | None = pre
    while node is not None and node is not table:
        if _GUTTER.search(node.get("class", "")):
            return True
        node = node.getparent()
    return not re.search(r"[^\d\s]", join_text(pre))
