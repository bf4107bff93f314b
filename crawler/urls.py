"""Addresses: canonical form, identity, hosts. Pure; knows no network.

Two spellings of one address must give one canonical URL, and `canonical_url` applied twice changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|mc_[ce]id|mkt_tok|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|li_fat_id"
    r"|_hs(enc|mi)|hs_?ctatracking|vero_\w+|oly_\w+|_openstat|ncid|cmpid|spm|s_cid|uclick_id|_ga|_gl"
    r"|__hs\w+|ck_subscriber_id|rb_clickid|piwik_\w+|pk_\w+|mtm_\w+|at_\w+|wt_\w+|trk\w*|sk)$",
    re.IGNORECASE,
)
# These are trackers only with the values that trackers give them: `?ref=` may also name a git branch or a page.
_TRACKING_VALUES = {
    "ref": re.compile(
        r"^(rss|feed|twitter|hn|hackernews|newsletter|producthunt|.*\.(com|io|org|dev|net|co))$", re.IGNORECASE
    ),
    "source": re.compile(r"^(rss.*|feed.*|email|newsletter|social|twitter|linkedin|hn)$", re.IGNORECASE),
    "from": re.compile(r"^(rss|feed|feedburner)$", re.IGNORECASE),
    "feature": re.compile(r"^(rss|feed|share)$", re.IGNORECASE),
}
_DEFAULT_PORTS = {"http": 80, "https": 443}
_INDEX = re.compile(r"/(index|default)\.(html?|php|aspx?)$", re.IGNORECASE)
_SAFE_PATH = "/:@!$&'()*+,;=-._~%"


def canonical_url(url: str) -> str:
    """The spelling under which an address is compared and stored.

    Lower-case scheme and host (RFC 3986 section 6.2.2), default port, fragment, tracking parameters and
    credentials dropped, remaining parameters kept in order, percent-encoding normalised, dot segments removed.
    The scheme, `www.`, a final slash and `index.html` are kept here, because a server may tell them apart;
    `url_key` drops them, too. A string that is no http(s) URL comes back stripped.
    """
    parts = split(url)
    if parts is None:
        return url.strip()
    scheme, host, port, path, query = parts
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, path, _clean_query(query), ""))


def url_key(url: str) -> str:
    """What tells articles apart: the canonical URL without scheme, `www.`, final slash, index file and `.html`.

    Two addresses with one key are the same article.
    """
    parts = split(url)
    if parts is None:
        return url.strip()
    _, host, port, path, query = parts
    host = re.sub(r"^(www\d?|m|amp)\.(?=[^.]+\.)", "", host)
    path = _INDEX.sub("/", re.sub(r"/{2,}", "/", path))
    path = re.sub(r"(/amp)?/?$", "", path)
    path = re.sub(r"\.html?$", "", path, flags=re.IGNORECASE)
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    query = _clean_query(query)
    return netloc + path + (f"?{query}" if query else "")


def article_id(url: str) -> str:
    """16 hex digits of SHA-256 of the canonical URL: an article's id at first sight."""
    return hashlib.sha256(canonical_url(url).encode()).hexdigest()[:16]


def split(url: str) -> tuple[str, str, int | None, str, str] | None:
    """(scheme, host, port, path, query), normalised; None for what is not an http(s) URL with a host."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host or re.search(r"[\s<>\"\\^`{|}]", host):
        return None
    return scheme, _ascii_host(host), port, _clean_path(parts.path), parts.query


def is_web_url(url: str) -> bool:
    """Whether this is an absolute http or https URL with a host."""
    return split(url) is not None


def host_of(url: str) -> str:
    """The host in lower case, without port; empty for what is no URL."""
    parts = split(url)
    return parts[1] if parts else ""


def origin_of(url: str) -> str:
    """`scheme://host[:port]`, the scope of a robots.txt (RFC 9309 section 2.3)."""
    parts = split(url)
    if parts is None:
        return ""
    scheme, host, port, _, _ = parts
    return f"{scheme}://{host}" if port in (None, _DEFAULT_PORTS[scheme]) else f"{scheme}://{host}:{port}"


def absolute_url(base: str, link: str) -> str:
    """`link` resolved against `base` (RFC 3986 section 5); empty when the result is no http(s) URL."""
    try:
        joined = urljoin(base, link.strip())
    except ValueError:
        return ""
    return joined if is_web_url(joined) else ""


def without_credentials(url: str) -> str:
    """The address as it may be shown and logged: user name and password dropped."""
    try:
        parts = urlsplit(url)
        if "@" not in parts.netloc:
            return url
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return url


def slug_of(url: str) -> str:
    """A slug from host and path: `https://blog.example.com/eng/feed.xml` gives `blog-example-com-eng`."""
    parts = split(url)
    if parts is None:
        return re.sub(r"\W+", "-", url.lower()).strip("-")
    _, host, _, path, _ = parts
    path = re.sub(r"/(feed|rss|atom|index|sitemap)?(\.(xml|rss|atom|json|html?))?/?$", "", path, flags=re.IGNORECASE)
    return re.sub(r"[^a-z0-9]+", "-", (host.removeprefix("www.") + path).lower()).strip("-")


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        return host.lower()


def _clean_path(path: str) -> str:
    # Bytes that need no escape are unescaped, the rest is escaped in upper case (RFC 3986 section 6.2.2.2).
    decoded = re.sub(r"%([0-9a-fA-F]{2})", _unescape_if_unreserved, path)
    segments: list[str] = []
    for segment in quote(decoded, safe=_SAFE_PATH).split("/"):
        if segment == "..":
            if len(segments) > 1:
                segments.pop()
        elif segment != ".":
            segments.append(segment)
    if path.endswith(("/.", "/..")):
        segments.append("")
    joined = "/".join(segments)
    return joined if joined.startswith("/") else "/" + joined


def _unescape_if_unreserved(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if re.match(r"[A-Za-z0-9\-._~]", char) else "%" + match[1].upper()


def _clean_query(query: str) -> str:
    if not query:
        return ""
    kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _is_tracking(k, v)]
    if len(kept) == len(parse_qsl(query, keep_blank_values=True)) and not re.search(r"[^\x21-\x7e]", query):
        return query  # nothing to drop: the publisher's own spelling stays
    return urlencode(kept)


def _is_tracking(name: str, value: str) -> bool:
    if _TRACKING.match(name):
        return True
    values = _TRACKING_VALUES.get(name.lower())
    return bool(values and values.match(unquote(value)))
