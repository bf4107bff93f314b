"""Who speaks as a guest: a partner's people on a project's blog, a company's on another's."""

from __future__ import annotations

import re

from crawler.label.view import View

# A name in a title: "Globex", "Globex Cloud"
_NAME = re.compile(r"[A-Z][\w&.-]*\w(?: [A-Z][\w&.-]*\w)?")
# An occasion, where everybody is a guest.
_OCCASION = re.compile(r"Con(?:f|ference)?\b|Day\b|Summit|Meetup|Week\b|Expo\b|Forward\b|Camp\b", re.IGNORECASE)
_LONGEST = 40  # characters before a name that tell who is there


def guest_of(view: View, host: str) -> str:
    """The name in the title for which the text says "we" on the blog of `host`; empty where there is none."""
    for found in _NAME.finditer(view.title):
        for name in dict.fromkeys((found[0], found[0].partition(" ")[0])):
            same = name.casefold() in host.casefold() or host.casefold() in name.casefold()
            if not same and not _OCCASION.search(name) and _speaks_for(view.body, name):
                return name
    return ""


def _speaks_for(text: str, name: str) -> bool:
    """Whether a text says "At Globex, we move parcels", "we at Globex", "my team at Globex" or "here at Globex"."""
    place = text.find(f"t {name}")
    while place >= 0:
        near = text[max(0, place - _LONGEST) : place + len(name) + 8]
        if re.search(
            rf"\b(?:[Hh]ere at {re.escape(name)}\b|[Aa]t {re.escape(name)},? (?:we|our)\b|"
            rf"(?:\b(?:[Ww]e|us)|\b(?:[Mm]y|[Oo]ur) (?:team|colleagues|company))(?: here)? at {re.escape(name)}\b)",
            near,
        ):
            return True
        place = text.find(f"t {name}", place + 1)
    return False
