"""An address in parts, each in one spelling (RFC 3986 section 6.2.2), and put together again."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

Parts = tuple[str, str, int | None, str, str, str]
"""Scheme, host (IPv6 without its brackets), port, path, query and fragment; the last two as they were written."""

_FEED_BEFORE = re.compile(r"^feed:(?://)?(?=https?:)", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"^feed://", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE_PATH = "/:@!$&'()*+,;=-._~%"
SAFE_QUERY = SAFE_PATH + "?[]"
_MOBILE = re.compile(r"^(www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_SESSION = re.compile(r";(jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_DEVIATIONS = re.compile("[ßς\u200c\u200d]")
_LABEL_ENDS = re.compile("[.\u3002\uff0e\uff61]")
_PLAIN_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_BAD_HOST = re.compile(r"[\s<>\"\\^`{|}/?#@%\x00-\x20\x7f]|^\.|\.\.")
_PLAIN = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._~?]*")
# What most addresses look like, of which nothing needs to be normalised: no dot begins a segment.
_USUAL = re.compile(
    r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?((?:/[A-Za-z0-9:@!$&'()*+,=\-_~]"
    r"[A-Za-z0-9:@!$&'()*+,=\-._~]*)*/?)",
    re.ASCII,
)


def split(url: str) -> tuple[str, str, int | None, str, str] | None:
    """(scheme, host, port, path, query), normalised; None for what is not an http(s) URL with a host.

    An IPv6 host comes without its brackets.
    """
    parsed = parts_of(url)
    return parsed[:5] if parsed else None


def is_web_url(url: str) -> bool:
    """Whether this is an absolute http or https URL with a host."""
    return parts_of(url) is not None


def host_of(url: str) -> str:
    """The host in lower case, without port; empty for what is no URL."""
    parsed = parts_of(url)
    return parsed[1] if parsed else ""


def origin_of(url: str) -> str:
    """`scheme://host[:port]`, the scope of a robots.txt (RFC 9309 section 2.3)."""
    parsed = parts_of(url)
    if parsed is None:
        return ""
    scheme, host, port, *_ = parsed
    return f"{scheme}://{host_and_port(host, port, (DEFAULT_PORTS[scheme],))}"


def absolute_url(base: str, link: str) -> str:
    """`link` resolved against `base` (RFC 3986 section 5); empty when the result is no http(s) URL."""
    try:
        joined = urljoin(base, link.strip())
    except ValueError:
        return ""
    return joined if is_web_url(joined) else ""


def subscribed_url(address: str) -> str:
    """The address of the web that a feed reader's `feed:https://...` or `feed://...` means; any other as it is."""
    return _FEED_SCHEME.sub("http://", _FEED_BEFORE.sub("", address))


def without_credentials(url: str) -> str:
    """The address as it may be shown and logged: user name and password dropped."""
    try:
        parts = urlsplit(url)
        if "@" not in parts.netloc:
            return url
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return url


def parts_of(url: str) -> Parts | None:
    """The parts of an http(s) URL with a host, normalised but for query and fragment; None for anything else."""
    if usual := _USUAL.fullmatch(url):
        scheme, host, number, path = usual.groups()
        return scheme, host, int(number) if number else None, path or "/", "", ""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = _clean_host(parts.hostname or "")
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        return None
    return scheme, host, port, _clean_path(parts.path), parts.query, parts.fragment


@lru_cache(maxsize=4096)
def parts_behind(url: str) -> Parts | None:
    """`parts_of`, with the address behind AMP caches and redirecting links."""
    parsed = parts_of(url)
    for _ in range(3):
        inner = _wrapped(parsed) if parsed else ""
        behind = parts_of(inner) if inner else None
        if behind is None:
            break
        parsed = behind
    return parsed


def _wrapped(parsed: Parts) -> str:
    """The address inside an AMP cache's (`/c/s/host/path`) or Google's own, if it is one."""
    _, host, _, path, query, _ = parsed
    if host.endswith(".cdn.ampproject.org") or host == "cdn.ampproject.org":
        match = re.match(r"/[a-z]/(s/)?(.+\..+)", path)
    elif re.fullmatch(r"(www\.)?google(\.[a-z]{2,3}){1,2}", host):
        if path == "/url":
            named = dict(part.partition("=")[::2] for part in query.split("&"))
            return unquote(named.get("url") or named.get("q") or "")
        match = re.match(r"/amp/(s/)?(.+\..+)", path)
    else:
        return ""
    if not match:
        return ""
    return f"http{'s' if match[1] else ''}://{match[2]}" + (f"?{query}" if query else "")


def bare_host(host: str) -> str:
    """The host without what only chooses a form of the site: `www.`, `m.`, `mobile.`, `amp.`."""
    while (bare := _MOBILE.sub("", host)) != host:
        host = bare
    return host


def host_and_port(host: str, port: int | None, silent: tuple[int, ...]) -> str:
    """Both as an address has them (IPv6 in brackets); a port among `silent` is left out."""
    name = f"[{host}]" if ":" in host else host
    return name if port is None or port in silent else f"{name}:{port}"


def normal_escapes(value: str, safe: str) -> str:
    """Bytes that need no escape are unescaped, the rest is escaped in upper case (RFC 3986 section 6.2.2.2)."""
    if _PLAIN.fullmatch(value):
        return value
    value = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", value)
    decoded = re.sub(r"%([0-9a-fA-F]{2})", _unescape_if_unreserved, value)
    return quote(decoded, safe=safe, errors="replace")


def _unescape_if_unreserved(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if re.match(r"[A-Za-z0-9\-._~]", char) else "%" + match[1].upper()


def _clean_host(host: str) -> str:
    """Lower case, ASCII (IDNA, as browsers and DNS have it), no final dot; empty for what can be no host."""
    if _PLAIN_HOST.fullmatch(host):
        return host
    host = unquote(host)
    if ":" in host:
        return "" if "%" in host else str(ipaddress.IPv6Address(host))
    host = host.lower()
    if not host.isascii():
        try:
            host = ".".join(map(_kept_label, _LABEL_ENDS.split(host))).encode("idna").decode("ascii").lower()
        except UnicodeError:
            return ""
    host = host.rstrip(".")
    return "" if _BAD_HOST.search(host) else host


def _kept_label(label: str) -> str:
    """A label with letters of its own since IDNA 2008 (RFC 5894 section 7.2), encoded; any other as it is. The codec of
    Python is that of 2003, for which `faß` and `fass` are one name."""
    if not _DEVIATIONS.search(label):
        return label
    return "xn--" + unicodedata.normalize("NFKC", label).encode("punycode").decode("ascii")


def _clean_path(path: str) -> str:
    if ";" in path:
        path = _SESSION.sub("", path)
    clean = normal_escapes(path, SAFE_PATH)
    if "/." in clean or clean.startswith("."):
        clean = _without_dots(clean)
    return clean if clean.startswith("/") else "/" + clean


def _without_dots(path: str) -> str:
    """RFC 3986 section 5.2.4."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(segments) > 1:
                segments.pop()
        elif segment != ".":
            segments.append(segment)
    if path.endswith(("/.", "/..")):
        segments.append("")
    return "/".join(segments)
