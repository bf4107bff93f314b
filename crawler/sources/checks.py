"""What single values of sources.yaml must look like; each check returns what is wrong, or None."""

from __future__ import annotations

import difflib
import ipaddress
import re
import zoneinfo
from collections.abc import Callable, Iterable
from typing import Any

from crawler.text import mailbox
from crawler.urls import is_web_url

Check = Callable[[Any], str | None]

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_HOST = re.compile(
    r"(?=.{1,253}$)(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,63})*\.?(?::\d{1,5})?"
)
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TAG = re.compile(r"[a-z0-9][a-z0-9+.-]{0,49}")
_CRON_FIELDS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 7),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FORMATS = ("markdown", "hugo", "html", "email", "text", "atom", "rss", "jsonfeed", "epub", "json", "opml")


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` for the most similar known word, or nothing where none is similar."""
    matches = difflib.get_close_matches(str(word).lower(), {name.lower(): name for name in known}, n=1, cutoff=0.6)
    by_lower = {name.lower(): name for name in known} if matches else {}
    return f"; did you mean `{by_lower[matches[0]]}`?" if matches else ""


def web_url(value: str) -> str | None:
    """An absolute http or https address."""
    if is_web_url(value):
        return None
    return f"{value!r} is no web address; give one that begins with https:// or http://"


def contact(value: str) -> str | None:
    """Where the owner of a site reaches us: a page or an address of mail."""
    if is_web_url(value) or re.fullmatch(r"(?:mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+", value):
        return None
    return f"{value!r} is neither a web address nor an address of mail; give one, it goes into the User-Agent"


def sender(value: str) -> str | None:
    """An address of mail, with or without a name."""
    if mailbox(value):
        return None
    return f"{value!r} is no address of mail; give one such as `Weekend Reading <news@example.org>`"


def unsubscribe(value: str) -> str | None:
    """Where readers leave (RFC 2369 section 3.2): a page, or an address of mail as a link."""
    if is_web_url(value) or re.fullmatch(r"mailto:[^\s@<>]+@[^\s<>]+", value, re.IGNORECASE):
        return None
    return f"{value!r} is neither a web address nor one of mail; begin it with https:// or mailto:"


def timezone(value: str) -> str | None:
    """A name of the IANA time zone database."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = nearest(value, zoneinfo.available_timezones()) or "; give one such as Europe/Berlin"
        return f"time zone {value!r} is not known{hint}"
    return None


def private_host(value: str) -> str | None:
    """A network (CIDR), an address, or a host name."""
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        if "/" in value or not _HOST.fullmatch(value) or re.fullmatch(r"[\d.:]+", value):
            return f"{value!r} is neither a network nor a host; give 10.0.0.0/8 or intranet.example.org, say"
    return None


def language(value: str) -> str | None:
    """A language code (ISO 639), with or without a region."""
    if _LANGUAGE.fullmatch(value):
        return None
    return f"{value!r} is no language code; give two letters such as en or de"


def pattern(value: str) -> str | None:
    """A regular expression."""
    try:
        re.compile(value)
    except re.error as error:
        return f"{value!r} is no regular expression: {error}; mend it or escape its special characters"
    return None


def slug(value: str) -> str | None:
    """A short name for commands and file names."""
    if _SLUG.fullmatch(value):
        return None
    return f"{value!r} cannot be a slug; use letters, digits, hyphens and dots, such as `netflix`"


def tag(value: str) -> str | None:
    """The id of a tag."""
    if _TAG.fullmatch(value):
        return None
    return f"{value!r} cannot be a tag; use lower-case letters, digits and hyphens, such as `stream-processing`"


def output_format(value: str) -> str | None:
    """A format that issues are rendered in."""
    if value in _FORMATS:
        return None
    hint = nearest(value, _FORMATS) or f"; formats are {', '.join(_FORMATS)}"
    return f"format {value!r} is not known{hint}"


LARGEST = 2**53
TEN_YEARS = 315_360_000
"""Seconds. A wait beyond that leaves the calendar sooner or later, and is meant by nobody."""
CENTURY = 36_500
"""Days."""


def between(low: float, high: float | None = None) -> Check:
    """A check for a number in a range, both ends included; without `high` up to what a database can count."""

    def check(value: float) -> str | None:
        if high is not None and not low <= value <= high:
            return f"{value} is out of range; give a number from {low:g} to {high:g}"
        if value < low:
            return f"{value} is too small; give {low:g} or more"
        return None if value <= LARGEST else f"{value} is too large; give a smaller number"

    return check


def folder(value: str) -> str | None:
    """The name of a folder; whether it is there is seen when it is needed."""
    return None if value.strip() else "is empty; name a folder, relative to this file, or remove the line"


def cron(value: str) -> str | None:
    """Five fields: minute, hour, day of the month, month, day of the week."""
    fields = value.split()
    if len(fields) != 5:
        return (
            f"cron expression {value!r} has {len(fields)} fields instead of five; `0 7 * * SAT` is Saturdays at seven"
        )
    for text, (name, low, high) in zip(fields, _CRON_FIELDS, strict=True):
        names = _MONTHS if name == "month" else _WEEKDAYS if name == "day of the week" else ()
        for part in text.split(","):
            if not _is_cron_part(part.lower(), low, high, names):
                return f"cron expression {value!r}: {part!r} is no {name}; give {low} to {high}, a range, a step or `*`"
    return None


def _is_cron_part(part: str, low: int, high: int, names: tuple[str, ...]) -> bool:
    span, slash, step = part.partition("/")
    if slash and not (step.isascii() and step.isdigit() and 0 < int(step) <= high):
        return False
    if span == "*":
        return True
    first, dash, last = span.partition("-")
    bounds = [_cron_number(word, names, low) for word in ((first, last) if dash else (first,))]
    if any(bound is None or not low <= bound <= high for bound in bounds):
        return False
    # A week may be counted from Monday or from Sunday, so that SAT-SUN is a range, too.
    return not dash or bool(names) or (bounds[0] or 0) <= (bounds[1] or 0)


def _cron_number(word: str, names: tuple[str, ...], low: int) -> int | None:
    if word in names:
        return names.index(word) + low
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else None
