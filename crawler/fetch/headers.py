"""Header fields over the wire: what we say, and what comes back, names in lower case, values kept byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crawler.fetch.decode import ACCEPT_ENCODING
from crawler.fetch.redirects import Trail
from crawler.fetch.transports import Fields

_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.9, text/xml;q=0.9, text/html;q=0.7, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "link": "text/html, application/xhtml+xml, */*;q=0.8",
    "robots": "text/plain, */*;q=0.5",
}

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


def fields_of(trail: Trail, agent: bytes) -> Fields:
    """What a request for a trail's next address says: who asks, for what, and what we have of it already."""
    fields = [
        (b"User-Agent", agent),
        (b"Accept", _ACCEPT[trail.request.purpose].encode("ascii")),
        (b"Accept-Encoding", ACCEPT_ENCODING.encode("ascii")),
    ]
    etag, last_modified = trail.validators
    for name, value in ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified)):
        raw = _field_value(value)
        if raw:
            fields.append((name, raw))
    if trail.authorization is not None:
        fields.append((b"Authorization", trail.authorization.encode("latin-1")))
    return fields


def fields_of_call(headers: Mapping[str, str], agent: bytes) -> Fields:
    """What a call to a service says beside its body. Raises UnicodeEncodeError where `headers` are not ASCII."""
    said = {"Accept": "application/json, */*;q=0.5", "Connection": "close", **headers}
    fields = [(name.encode("ascii"), value.encode("ascii")) for name, value in said.items()]
    return [*((name, value) for name, value in fields if name.lower() != b"user-agent"), (b"User-Agent", agent)]


def _field_value(value: str | None) -> bytes | None:
    """The bytes of a stored validator, or None where they could not have come from a header."""
    if not value or any(c in value for c in "\r\n\0"):
        return None
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return None
