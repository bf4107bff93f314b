"""Who speaks as a guest: a partner's people on a project's blog, a company's on another's."""

from __future__ import annotations

import re

from crawler.cued import Cued
from crawler.label.view import View

_NAME = r"(?P<name>[A-Z][\w&.-]*\w(?: [A-Z][\w&.-]*\w)?)"
# "At Globex, we move parcels", "we at Globex", "my team at Globex", "here at Globex"
_SPEAKS_FOR = Cued(
    rf"\b(?:[Hh]ere at {_NAME.replace('name', 'here')}|[Aa]t {_NAME.replace('name', 'at')},? (?:we|our)\b|"
    rf"(?:\b(?:[Ww]e|us)|\b(?:[Mm]y|[Oo]ur) (?:team|colleagues|company))(?: here)? at {_NAME})"
)
# An occasion, where everybody is a guest.
_OCCASION = re.compile(r"Con(?:f|ference)?\b|Day\b|Summit|Meetup|Week\b|Expo\b|Forward\b|Camp\b", re.IGNORECASE)


def guest_of(view: View, host: str) -> str:
    """The name for which the text says "we" on the blog of `host`, where the title has it, too; else empty."""
    for match in _SPEAKS_FOR.finditer(view.body):
        name = (match["here"] or match["at"] or match["name"]).rstrip(".")
        same = name.casefold() in host.casefold() or host.casefold() in name.casefold()
        if not same and not _OCCASION.search(name) and re.search(rf"\b{re.escape(name)}\b", view.title):
            return name
    return ""
