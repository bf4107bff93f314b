"""The issue as the body of a newsletter that somebody else sends."""

from __future__ import annotations

import re
from datetime import timedelta

from crawler.deliver.parcel import Parcel, Tools

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
_TEMPLATE_MARK = re.compile(r"\\?\{(?=[{%#])")


def newsletter_body(parcel: Parcel) -> str:
    """The `markdown` format without its front matter, and with nothing that a template engine would take for its own
    (`{{`, `{%`, `{#` of Go and Django)."""
    text = _FRONT_MATTER.sub("", parcel.rendered("markdown").decode("utf-8"))
    return _TEMPLATE_MARK.sub("&#123;", text)


def due_at(tools: Tools, delay_hours: float) -> str | None:
    """When a newsletter goes out (RFC 3339), or None: at once."""
    if not delay_hours:
        return None
    return (tools.now() + timedelta(hours=delay_hours)).replace(microsecond=0).isoformat()


def intent(*, send: bool, delay_hours: float) -> str:
    """What is done with a newsletter, for a dry run."""
    if not send:
        return "leave a draft of"
    return f"schedule, in {delay_hours:g} hours," if delay_hours else "send"
