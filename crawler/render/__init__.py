"""Formats of an issue, by name: a format is one module with a function from an Issue and options to text or bytes."""

from __future__ import annotations

from importlib import import_module
from typing import Literal, overload

from crawler.errors import UserError
from crawler.model import Issue
from crawler.render.options import RenderOptions

# Name of --format to the function that makes it; imported when it is asked for.
RENDERERS: dict[str, str] = {
    "markdown": "crawler.render.markdown:render_markdown",
    "hugo": "crawler.render.listform:render_list",
    "html": "crawler.render.page:render_page",
    "email": "crawler.render.mail:render_mail",
    "text": "crawler.render.plain:render_text",
    "atom": "crawler.render.atom:render_atom",
    "rss": "crawler.render.rss:render_rss",
    "jsonfeed": "crawler.render.jsonfeed:render_jsonfeed",
    "epub": "crawler.render.epub:render_epub",
    "json": "crawler.render.jsondoc:render_json",
}

# What follows the number in the name of a rendered issue's file.
SUFFIXES: dict[str, str] = {
    "markdown": ".md",
    "hugo": "-list.md",
    "html": ".html",
    "email": ".eml",
    "text": ".txt",
    "atom": ".atom",
    "rss": ".rss",
    "jsonfeed": ".feed.json",
    "epub": ".epub",
    "json": ".json",
}

TextFormat = Literal["markdown", "hugo", "html", "text", "atom", "rss", "jsonfeed", "json"]
BinaryFormat = Literal["email", "epub"]

_PLAIN = RenderOptions()


@overload
def render(issue: Issue, format: TextFormat, options: RenderOptions = ...) -> str: ...
@overload
def render(issue: Issue, format: BinaryFormat, options: RenderOptions = ...) -> bytes: ...
@overload
def render(issue: Issue, format: str, options: RenderOptions = ...) -> str | bytes: ...
def render(issue: Issue, format: str, options: RenderOptions = _PLAIN) -> str | bytes:  # noqa: A002 - the flag's name
    """The issue in a format of RENDERERS: text that ends in a newline, or the bytes of a file.

    Raises UserError for a name that is none of them, and for a template of the user's that fails.
    """
    try:
        module, _, function = RENDERERS[format].partition(":")
    except KeyError:
        raise UserError(f"unknown format {format!r}: choose one of {', '.join(sorted(RENDERERS))}") from None
    rendered: str | bytes = getattr(import_module(module), function)(issue, options)
    return rendered
