"""What HTTP's header fields say: dates, freshness, waits, and what may be republished. Pure; field names come in lower
case."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

_MAX_WAIT = 10 * 365 * 86400.0
# Rules with a value, which look like a robot's name before its rules.
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})


def http_date(value: str) -> datetime | None:
    """A date of HTTP (RFC 9110 section 5.6.7) in any of its forms; None for anything else."""
    try:
        parsed = email.utils.parsedate_to_datetime(value.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the server asks us to wait (RFC 9110 section 10.2.3); None where it does not say.

    A date is read against the server's own Date, so that a wrong clock on either side does not matter.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d+(\.\d*)?", value):
        return min(float(value[:20]), _MAX_WAIT)
    until = http_date(value) if value else None
    if until is None:
        return None
    return min(max(0.0, (until - (http_date(headers.get("date", "")) or now)).total_seconds()), _MAX_WAIT)


def freshness(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds for which an answer stays fresh (RFC 9111 section 4.2.1, less its Age); None where it does not say."""
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(store|cache)\b", control):
        return 0.0
    age = headers.get("age", "").strip()
    old = float(age[:12]) if age.isascii() and age.isdigit() else 0.0
    if found := re.search(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", control):
        return max(0.0, float(found[1]) - old)
    if "expires" not in headers:
        return None
    until = http_date(headers["expires"])
    if until is None:
        return 0.0
    return max(0.0, (until - (http_date(headers.get("date", "")) or now)).total_seconds())


def robots_rules(values: Iterable[str], agent: str) -> frozenset[str]:
    """The rules (noindex, noarchive, …) of robots metadata that hold for us, in lower case; `none` is noindex.

    `values` are contents of X-Robots-Tag fields or of robots meta elements; `agent` is our product's name. A rule
    behind another robot's name (`otherbot: noindex`) is not for us; one without a name is for all.
    """
    rules: set[str] = set()
    for value in values:
        ours = True
        for part in re.split("[,;]", value.lower()):
            name, colon, rest = part.partition(":")
            word = name.strip()
            if colon and word not in _VALUED:
                ours, word = word == agent.lower(), rest.strip()
            if ours:
                rules.update(word.split())
    return frozenset(rules | {"noindex"} if "none" in rules else rules)
