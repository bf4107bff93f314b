"""Markdown to HTML, as much of it as the demo's articles use.

Headings, paragraphs, lists, fenced code, tables, quotations, figures with captions, and blocks of raw HTML, which
stand as they are written: some articles show what a hostile page contains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|(?<![\w*])\*(?P<em>[^*\s][^*]*)\*(?!\w)"
    r"|\[(?P<label>[^\]]+)\]\((?P<href>[^)\s]+)\)"
)
_FIGURE = re.compile(r'!\[(?P<alt>[^\]]*)\]\((?P<src>\S+?)(?: "(?P<caption>[^"]*)")?\)$')
_ITEM = re.compile(r"(?P<mark>-|\d+\.) (?P<text>.*)")


def to_html(body: str, image_url: Callable[[str], str]) -> str:
    """The article as an HTML fragment; `image_url` turns a figure's name into its address."""
    return "\n".join(_block(block, image_url) for block in _blocks(body))


def heading_id(text: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def figures(body: str) -> Iterator[tuple[str, str]]:
    """(source, alt) of every figure, in order."""
    for block in _blocks(body):
        if match := _FIGURE.match(block):
            yield match["src"], match["alt"]


def headings(body: str) -> list[str]:
    """The texts of the second-level headings, for a table of contents."""
    return [block[3:] for block in _blocks(body) if block.startswith("## ")]


def paragraphs(body: str) -> list[str]:
    """Blocks of running prose, without markup of their own."""
    return [block for block in _blocks(body) if re.match(r"(?!```|\d+\. )[\w\"“‘*`(\[]", block)]


def inline(text: str) -> str:
    """Code, emphasis and links inside a block; everything else is escaped."""
    done, last = [], 0
    for match in _INLINE.finditer(text):
        done.append(escape(text[last : match.start()], quote=False))
        done.append(_span(match))
        last = match.end()
    done.append(escape(text[last:], quote=False))
    return "".join(done)


def _span(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return f"<code>{escape(match['code'], quote=False)}</code>"
    if match["strong"] is not None:
        return f"<strong>{inline(match['strong'])}</strong>"
    if match["em"] is not None:
        return f"<em>{inline(match['em'])}</em>"
    return f'<a href="{escape(match["href"])}">{inline(match["label"])}</a>'


def _blocks(body: str) -> Iterator[str]:
    lines: list[str] = []
    fenced = False
    for line in body.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        if line.strip() or fenced:
            lines.append(line)
        elif lines:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def _block(block: str, image_url: Callable[[str], str]) -> str:
    if block.startswith("```"):
        first, _, rest = block.partition("\n")
        code = rest.rpartition("```")[0].rstrip("\n")
        return f'<pre><code class="language-{first[3:] or "text"}">{escape(code, quote=False)}</code></pre>'
    if heading := re.match(r"(#{2,4}) (.*)", block):
        level = len(heading[1])
        return f'<h{level} id="{heading_id(heading[2])}">{inline(heading[2])}</h{level}>'
    if figure := _FIGURE.match(block):
        caption = f"<figcaption>{inline(figure['caption'])}</figcaption>" if figure["caption"] else ""
        src = escape(image_url(figure["src"]))
        return f'<figure><img src="{src}" alt="{escape(figure["alt"])}" loading="lazy">{caption}</figure>'
    if block.startswith("<"):
        return block
    if block.startswith("> "):
        return f"<blockquote><p>{inline(_joined(re.sub(r'^> ?', '', block, flags=re.MULTILINE)))}</p></blockquote>"
    if block.startswith("|"):
        return _table(block.splitlines())
    if item := _ITEM.match(block):
        return _list(block, "ul" if item["mark"] == "-" else "ol")
    return f"<p>{inline(_joined(block))}</p>"


def _joined(block: str) -> str:
    return " ".join(line.strip() for line in block.splitlines())


def _list(block: str, tag: str) -> str:
    parts = re.split(r"\n(?=- |\d+\. )", block)
    items = "".join(f"<li>{inline(_joined(re.sub(r'^(-|[0-9]+[.]) ', '', part)))}</li>" for part in parts)
    return f"<{tag}>{items}</{tag}>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f"<th>{inline(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[2:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
