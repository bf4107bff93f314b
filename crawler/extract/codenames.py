"""Which language a block of code is in, and the label that says so above it: by class names, attributes, words."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import _Element as Element

from crawler.extract.tree import drop, join_text, tag_of

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight|hl|src)[-:]|brush:\s*|blob-wrapper data type-)"
    r"([A-Za-z][\w+#.-]*)"
)
_ATTRIBUTES = ("data-lang", "data-language", "data-enlighter-language")
_PARAMETERS = "data-syntaxhighlighter-params"  # "brush: py; gutter: false"
_ALIASES = {"ipython": "python", "ipython3": "python"}
_BARE = re.compile(
    r"^(?:bash|shell|sh|console|zsh|python3?|py|ruby|rb|rust|rs|go|golang|java|javascript|js|jsx|typescript|ts|tsx|c|cpp|c\+\+|"
    r"csharp|cs|kotlin|scala|swift|php|perl|r|julia|haskell|hs|ocaml|elixir|erlang|clojure|lisp|sql|html|xml|css|scss|"
    r"json|yaml|yml|toml|ini|diff|makefile|dockerfile|nix|lua|vim|powershell|graphql|proto|protobuf|hcl|terraform|"
    r"asm|nasm|objc|dart|zig|latex|tex|text|plaintext)$"
)
_NOT_LANGUAGES = frozenset(
    # The last of these are what people speak.
    """
    none default generic wrapper source highlight nohighlight block auto line inline
    en de fr es it pt nl ja zh ko
    """.split()  # noqa: SIM905
)
_SPELLINGS = """
    js javascript
    ts typescript
    sh bash shell console terminal zsh shellsession shellscript commandline
    py python python3 ipython
    cs csharp c#
    cpp c++
    fs fsharp f#
    objc objectivec
    yml yaml
    rb ruby
    rs rust
    go golang
    kt kotlin
    hs haskell
    md markdown
    ps1 powershell
    docker dockerfile
    hcl terraform
    proto protobuf
    text plaintext txt plain
"""
_SPELLED = {name: line.split()[0] for line in _SPELLINGS.strip().splitlines() for name in line.split()}
_LABEL_TAGS = frozenset({"div", "span", "header", "figcaption", "small"})
_TOOL_TAGS = frozenset({"button", "svg", "style", "script", "template", "textarea", "input"})
_NAME_CLASSES = frozenset({"lang", "language", "code-lang", "code-language", "lang-label"})
_LONGEST_NAME = 20
_MAX_IN_FRAME = 6
_LEVELS = 2  # from the code to the row of its label


def language_of(element: Element) -> str:
    """The language that a block of code, what is in it, or its frame names; empty where none is named."""
    inner = islice((code for code in element.iter("code") if code is not element), 1)
    chain = [*inner, element]
    parent = element.getparent()
    while parent is not None and len(chain) < 5 and (len(parent) <= 3 or _frames(parent)):
        chain.append(parent)
        parent = parent.getparent()
    for node in chain:
        stated = next((value for key in _ATTRIBUTES if (value := node.get(key))), "")
        if stated.lower() not in _NOT_LANGUAGES and re.fullmatch(r"[\w+#.-]{1,20}", stated):
            return stated.lower()
        if match := _LANGUAGE.search(f"{node.get('class', '')} {node.get(_PARAMETERS, '')}"):
            found = match[1].lower().removeprefix("source-")
            if found not in _NOT_LANGUAGES:
                return _ALIASES.get(found, found)
    for node in chain[:3]:
        for name in (*node.get("class", "").split(), node.get("lang", "")):
            if is_language(name):
                return name.lower()
    return ""


def is_language(name: str) -> bool:
    """Whether a bare word, such as a class, is a programming language's name."""
    return _BARE.match(name.lower()) is not None


def drop_labels(block: Element, language: str) -> None:
    """Remove what stands beside a block of code in its frame to say its language once more, for who looks at it."""
    node = block
    for _ in range(_LEVELS):
        parent = node.getparent()
        for beside in (node.getprevious(), node.getnext()):
            if beside is not None and _is_label(beside, language):
                drop(beside)
        if parent is None or not _frames(parent) or join_text(parent).strip() != join_text(node).strip():
            return
        node = parent


def _is_label(element: Element, language: str) -> bool:
    called = element.get("class") in _NAME_CLASSES
    if not called and (not language or tag_of(element) not in _LABEL_TAGS):
        return False
    words = _words_beside_tools(element)
    return len(words) <= _LONGEST_NAME and bool(words) and (called or _key(words) == _key(language))


def _words_beside_tools(element: Element) -> str:
    """The element's text without its buttons'; only as much of a long one as tells that it is long."""
    parts: list[str] = []
    size = 0
    for node in element.iter():
        if size > _LONGEST_NAME * 2:
            break
        if not _in_tool(node, element):
            parts.append(node.text or "")
        if node is not element and not _in_tool(node.getparent(), element):
            parts.append(node.tail or "")
        size = sum(map(len, parts))
    return " ".join("".join(parts).split())


def _in_tool(node: Element | None, top: Element) -> bool:
    while node is not None and node is not top:
        if tag_of(node) in _TOOL_TAGS or node.get("role") == "button":
            return True
        node = node.getparent()
    return False


def _key(name: str) -> str:
    plain = re.sub(r"[^a-z0-9+#]", "", name.lower())
    return _SPELLED.get(plain, plain)


def _frames(element: Element) -> bool:
    """Whether an element is the frame of one block of code: buttons, names and numbers stand beside it."""
    return len(element) <= _MAX_IN_FRAME and sum(tag_of(c) in ("pre", "table", "p", "div") for c in element) <= 2
