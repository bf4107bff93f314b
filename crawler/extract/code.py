"""Code in one plain form, whatever highlighter made it.

Afterwards a block of code is `<pre><code class="language-x">text</code></pre>` without inner markup: everything that
walks the tree later need not know of highlighters.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.tree import drop, find_all, join_text, tag_of, unwrap

_GUTTER = re.compile(
    r"(?:^|[\s_-])(?:gutter|linenos?|line-?numbers?|line-?nums?|ln-num|lnum|blob-num|hljs-ln-(?:n|numbers)|ln|lntd-num|"
    r"rouge-gutter|CodeMirror-linenumber|react-syntax-highlighter-line-number|linenr|copy\S*|btn\S*|toolbar|lines-numbers|"
    r"code-block-header|lineno-\w+|crayon-nums?\S*|line-number-\w+|linenodiv)(?=$|\s)"
)
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight|hl|src)[-:]|brush:\s*)([A-Za-z][\w+#.-]*)"
)
_ALIASES = {"ipython": "python", "ipython3": "python"}
_BARE = re.compile(
    r"^(?:bash|shell|sh|console|zsh|python3?|py|ruby|rb|rust|rs|go|golang|java|javascript|js|jsx|typescript|ts|tsx|c|cpp|c\+\+|"
    r"csharp|cs|kotlin|scala|swift|php|perl|r|julia|haskell|hs|ocaml|elixir|erlang|clojure|lisp|sql|html|xml|css|scss|"
    r"json|yaml|yml|toml|ini|diff|makefile|dockerfile|nix|lua|vim|powershell|graphql|proto|protobuf|hcl|terraform|"
    r"asm|nasm|objc|dart|zig|latex|tex|text|plaintext)$"
)
_NOT_LANGUAGES = frozenset(
    # The last of these are what people speak.
    "none default wrapper source highlight nohighlight block auto line inline en de fr es it pt nl ja zh ko".split()  # noqa: SIM905
)
_LINE_CLASSES = re.compile(r"(?:^|\s)(?:token-line|line|code-line|view-line|ec-line|cl-line|hljs-ln-line)(?:\s|$)")
_NAME_CLASSES = frozenset({"lang", "language", "code-lang", "code-language", "lang-label"})
_LONGEST_NAME = 20
_MAX_IN_FRAME = 6
_CODE_ROWS = (
    ".//*[contains(@class, 'blob-code') or contains(@class, 'hljs-ln-code')]"
    " | .//td[@class='code'][not(.//pre)][preceding-sibling::td[contains(@class, 'lineno')]]"
)
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
    for code in find_all(root, ".//code[not(ancestor::pre)][.//br or .//div]"):
        text = _code_text(code)
        if "\n" in text.strip():
            _rewrite(code, text, _language_of(code))
    for code in find_all(root, ".//code[*][not(ancestor::pre)]"):
        if not find_all(code, ".//a"):
            text = join_text(code)
            for child in list(code):
                code.remove(child)
            code.text = text


def _settle_lines(block: Element) -> None:
    """Highlighters that set each line as an element, in a table's second cell."""
    lines = find_all(
        block,
        ".//*[contains(@class, 'code') or contains(@class, 'crayon-pre')]/descendant::div[contains(@class, 'line')]",
    )
    if lines and block.getparent() is not None:
        language = next((n.lower() for n in block.get("class", "").split() if _BARE.match(n.lower())), "")
        _rewrite(block, "\n".join(join_text(line).strip("\n") for line in lines), language)


def _settle_pre(pre: Element) -> None:
    language = _language_of(pre)
    name = pre.getprevious()
    if name is not None and name.get("class") in _NAME_CLASSES and len(join_text(name)) <= _LONGEST_NAME:
        drop(name)  # the language once more, for who looks at it
    outer = pre.getparent()
    if outer is not None and tag_of(outer) == "code":
        unwrap(outer)
    _rewrite(pre, _code_text(pre), language)


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
        elif tag in ("button", "style", "script", "svg") or (names and _GUTTER.search(names)) or _is_number(child, tag):
            pass
        elif depth < 40:
            _gather(child, parts, several=several, depth=depth + 1)
            line = tag in _LINE_TAGS or (several and tag == "code" and depth == 0) or _is_line(child, tag, names)
            if line and not (parts and parts[-1].endswith("\n")) and not (child.tail or "").startswith("\n"):
                parts.append("\n")
        if child.tail:
            parts.append(child.tail)


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
    if tag != "span" or not names or not _LINE_CLASSES.search(names):
        return False
    following = child.getnext()
    return following is not None and tag_of(following) == "span" and not child.tail


def _unwrap_code_table(table: Element) -> None:
    """Tables of two cells, line numbers and code (Pygments, Rouge, Octopress, gist), become the code alone."""
    rows = find_all(table, _CODE_ROWS)
    if rows:
        text = "\n".join(join_text(row).strip("\n") for row in rows).replace("\xa0", " ")
        _rewrite(table, text, _language_of(table))
        return
    pres = find_all(table, ".//pre")
    codes = [pre for pre in pres if not _in_gutter(pre, table)]
    if len(codes) == 1 and len(pres) <= 2 and len(find_all(table, ".//tr")) <= 1:
        text = _code_text(codes[0])
        language = _language_of(codes[0]) or _language_of(table)
        _rewrite(table, text, language)


def _in_gutter(pre: Element, table: Element) -> bool:
    node: Element | None = pre
    while node is not None and node is not table:
        if _GUTTER.search(node.get("class", "")):
            return True
        node = node.getparent()
    return not re.search(r"[^\d\s]", join_text(pre))


def _language_of(element: Element) -> str:
    inner = find_all(element, "(.//code)[1]")
    chain: list[Element] = [*inner, element]
    parent = element.getparent()
    while parent is not None and len(chain) < 5 and (len(parent) <= 3 or _frames(parent)):
        chain.append(parent)
        parent = parent.getparent()
    for node in chain:
        stated = node.get("data-lang") or node.get("data-language")
        if stated and re.fullmatch(r"[\w+#.-]{1,20}", stated):
            return stated.lower()
        names = node.get("class", "")
        if match := _LANGUAGE.search(names):
            found = match[1].lower().removeprefix("source-")
            if found not in _NOT_LANGUAGES:
                return _ALIASES.get(found, found)
    for node in chain[:3]:
        for name in node.get("class", "").split():
            if _BARE.match(name.lower()):
                return name.lower()
    return ""


def _frames(element: Element) -> bool:
    """Whether an element is the frame of one block of code: buttons, names and numbers stand beside it."""
    return len(element) <= _MAX_IN_FRAME and sum(tag_of(c) in ("pre", "table", "p", "div") for c in element) <= 2
