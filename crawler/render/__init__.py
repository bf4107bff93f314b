"""Formats of an issue, by name: a format is one module with a function from an Issue to text."""

from __future__ import annotations

from importlib import import_module

from crawler.errors import UserError
from crawler.model import Issue

# Name of --format to the function that makes it; imported when it is asked for.
RENDERERS: dict[str, str] = {
    "markdown": "crawler.render.markdown:render_markdown",
    "text": "crawler.render.plain:render_text",
    "json": "crawler.render.jsondoc:render_json",
}

# What a rendered issue's file is called.
SUFFIXES: dict[str, str] = {"markdown": ".md", "text": ".txt", "json": ".json"}


def render(issue: Issue, format: str) -> str:  # noqa: A002 - the name of the flag and of the setting
    """The issue in a format of RENDERERS, ending in a newline. Raises UserError for a name that is none of them."""
    try:
        module, _, function = RENDERERS[format].partition(":")
    except KeyError:
        raise UserError(f"unknown format {format!r}: choose one of {', '.join(sorted(RENDERERS))}") from None
    rendered: str = getattr(import_module(module), function)(issue)
    return rendered
