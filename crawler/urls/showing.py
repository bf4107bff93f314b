"""Addresses as readers are given them: in characters that every checker of HTML and EPUB takes (RFC 3986 section 2)."""

from __future__ import annotations

from urllib.parse import urlunsplit

from crawler.urls.identity import canonical_url
from crawler.urls.parts import DEFAULT_PORTS, SAFE_PATH, host_and_port, normal_escapes, parts_behind, parts_of
from crawler.urls.tracking import follows_reader

_SAFE = SAFE_PATH + "?"


def shown_url(url: str) -> str:
    """The address that a link leads to: `canonical_url`, and the place in the page that a person wrote behind it.

    A string that is no http(s) URL comes back stripped.
    """
    parsed = parts_behind(url)
    if parsed is None:
        return url.strip()
    base, _, route = canonical_url(url).partition("#")
    path, mark, query = base.partition("?")
    place = route or ("" if follows_reader(parsed[5]) else parsed[5])
    shown = path + mark + normal_escapes(query, _SAFE)
    return f"{shown}#{normal_escapes(place, _SAFE)}" if place else shown


def picture_url(url: str) -> str:
    """The address of an image: all parameters stay, since they may choose its size or sign it.

    A string that is no http(s) URL comes back stripped.
    """
    parsed = parts_of(url)
    if parsed is None:
        return url.strip()
    scheme, host, port, path, query, _ = parsed
    netloc = host_and_port(host, port, (DEFAULT_PORTS[scheme],))
    return urlunsplit((scheme, netloc, path, normal_escapes(query, _SAFE), ""))
