"""Bylines to people: "jane@example.org (Jane Doe)", "Jane Doe, John Roe and Kim Lee"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.text import plain_line

MAX_AUTHOR = 200
MAX_AUTHORS = 20

_MAIL_NAME = re.compile(r"^\S{1,80}@\S{1,80}\s*\((.*)\)$")
_NAME_MAIL = re.compile(r"^(.*?)[\s,]*[<(\[]\s*(?:mailto:)?\S{1,80}@\S{1,80}[>)\]]$")
_MAIL = re.compile(r"^\S{1,80}@\S{1,80}$")
_BY = re.compile(r"^(?:by|written by|posted by|author)\b\s*:?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[;|]\s*|\s*,\s*(?:and|&)\s+|\s*,\s*|\s+(?:and|&)\s+")
_SUFFIX = re.compile(
    r"^(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|msc|mba|esq|inc|llc|ltd|gmbh)\.?$", re.IGNORECASE
)
_USUAL = re.compile(r"(?!By |Written |Posted |Author )[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}")
_TRIVIAL = frozenset({"admin", "administrator", "unknown", "none", "null", "undefined", "root", "anonymous"})


def people(bylines: Iterable[str]) -> tuple[str, ...]:
    """Each person once, in order. Addresses of mail without a name are nobody's name and are left out."""
    seen: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline):
            if name and name.casefold() not in _TRIVIAL:
                seen.setdefault(name.casefold(), name)
    return tuple(seen.values())[:MAX_AUTHORS]


def _names(byline: str) -> list[str]:
    if len(byline) < MAX_AUTHOR and _USUAL.fullmatch(byline):
        return [byline]
    line = plain_line(byline[: 4 * MAX_AUTHOR])[:MAX_AUTHOR].strip(" ,;-")
    if "@" in line:
        line = _without_mail(line)
    line = _BY.sub("", line) if line[:1] in "bBwWpPaA" else line
    parts = _parts(line)
    return [part for part in parts if part]


def _without_mail(line: str) -> str:
    if match := _MAIL_NAME.match(line):
        return match[1].strip()
    if match := _NAME_MAIL.match(line):
        return match[1].strip(' "')
    return "" if _MAIL.match(line) else line


def _parts(line: str) -> list[str]:
    # "Jane Doe, John Roe" are two people; "Doe, Jane" and "Research and Development" are one: what is split must
    # look like full names, or be a list of three or more.
    if not re.search(r"[,;|&]| and ", line):
        return [line]
    found: list[str] = []
    for part in _SEPARATOR.split(line):
        if found and _SUFFIX.match(part):
            found[-1] += f", {part}"
        elif part:
            found.append(part)
    full = all(2 <= len(part.split()) <= 5 for part in found)
    named = all(len(part.split()) <= 5 and part[:1].isupper() for part in found)
    return found if full or (len(found) > 2 and named) else [line]
