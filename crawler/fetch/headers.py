"""Header fields as they come over the wire: names in lower case, values kept byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# Fields that stand for one value: of repeated lines the first counts. All others are lists (RFC 9110 section 5.3).
_SINGLE = frozenset(
    {"etag", "last-modified", "location", "retry-after", "content-type", "content-length", "age", "date", "expires"}
)


def collect(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The fields of a message. Bytes stand for themselves (latin-1), so that a validator can be sent back unchanged."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name not in headers:
            headers[name] = value
        elif name == "x-robots-tag":
            headers[name] += "\n" + value  # a robot's name holds to the end of its line only
        elif name not in _SINGLE:
            headers[name] += ", " + value
    return headers


def location(headers: Mapping[str, str]) -> str:
    """The target of a redirect. Servers send it in UTF-8 where they should have escaped it."""
    value = headers.get("location", "")
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
