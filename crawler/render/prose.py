"""An editor's Markdown as markup: no raw HTML, no scripts in addresses. markdown-it enters here; `notes` adds to it,
`prosetext` reads with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from crawler.text import clean_text

_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def prose_html(markdown: str, *, pictures: bool = True) -> str:
    """The Markdown of an editor (CommonMark with tables) as well-formed XHTML; empty for none.

    Raw HTML is shown as the words that it is, and only web and mail addresses become links or pictures. Without
    `pictures` a picture becomes a link to it, for places that must ask no other server.
    """
    if not markdown.strip():
        return ""
    rendered: str = _parser(pictures=pictures).render(clean_text(markdown))
    return rendered.strip()


@lru_cache(maxsize=2)
def _parser(*, pictures: bool) -> MarkdownIt:
    return safe_markdown(pictures=pictures)


def safe_markdown(*, pictures: bool, anchors: bool = False) -> MarkdownIt:
    """A parser of its own for the caller to add to; `anchors`: links to places in the same document are links, too."""
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")
    is_safe = _is_safe_or_anchor if anchors else _is_safe
    parser.validateLink = is_safe  # type: ignore[method-assign]  # the library's own hook for this
    if not pictures:
        parser.add_render_rule("image", _linked)
    return parser


def _is_safe(url: str) -> bool:
    return _ADDRESS.match(url.strip()) is not None


def _is_safe_or_anchor(url: str) -> bool:
    return url.startswith("#") or _is_safe(url)


def _linked(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:  # noqa: ANN401
    """A picture as a link with its words; inside another link the words alone, since links do not nest."""
    token = tokens[place]
    words = escape(renderer.renderInlineAsText(token.children or [], options, env) or "picture")
    depth = sum(t.nesting for t in tokens[:place] if t.type in ("link_open", "link_close"))
    return words if depth else f'<a href="{escape(str(token.attrs["src"]))}">{words}</a>'
