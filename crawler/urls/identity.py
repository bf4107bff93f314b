"""What tells articles apart: an address's canonical form, the key that it shares with its variants, and an id."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import urlunsplit

from crawler.urls.parts import DEFAULT_PORTS, bare_host, host_and_port, parts_behind
from crawler.urls.tracking import kept_parameters, page_route

_INDEX = re.compile(r"/(index|default)\.(html?|php|aspx?|jsp|md)$", re.IGNORECASE)
_HTML = re.compile(r"\.html?$", re.IGNORECASE)
_SLUG = re.compile(r"[a-z]+(?:[-_.][a-z0-9]+)+|[a-z]{4,}", re.IGNORECASE)
_ENTRY = re.compile(r"[?&]entry=[0-9a-f]{12}(?:#|$)")
_MEDIUM_POST = re.compile(r"/(?:p|[^/]+)/(?:[^/]*-)?([0-9a-f]{9,12})$")


def canonical_url(url: str) -> str:
    """The spelling under which an address is compared and stored.

    Lower-case scheme and host (RFC 3986 section 6.2.2), default port, fragment, tracking and session parameters and
    credentials dropped, remaining parameters kept in order, percent-encoding normalised, dot segments removed.
    A fragment that is a route of the page's own (`#!/post/1`, `#/post/1`) stays. AMP caches and Google's
    redirecting links give the address behind them. The scheme, `www.`, a final slash and `index.html` are kept
    here, because a server may tell them apart; `url_key` drops them, too. A string that is no http(s) URL comes
    back stripped.
    """
    parsed = parts_behind(url)
    if parsed is None:
        return url.strip()
    scheme, host, port, path, query, fragment = parsed
    netloc = host_and_port(host, port, (DEFAULT_PORTS[scheme],))
    if not query and not fragment:
        return f"{scheme}://{netloc}{path}"
    return urlunsplit((scheme, netloc, path, "&".join(kept_parameters(query)), page_route(fragment)))


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """What tells articles apart: two addresses with one key are the same article.

    The canonical URL without scheme, `www.`, `m.` and `amp.`, final slash, index file, `.html` and AMP marks, with
    parameters sorted by name. Letters of a path keep their case unless the segment is made of words: the short
    codes of link shorteners and video sites differ by case, slugs do not. An article on medium.com is named by
    the code at the end of its address, whichever author or publication stands before it.
    """
    parsed = parts_behind(url)
    if parsed is None:
        return url.strip()
    _, host, port, path, query, fragment = parsed
    host = bare_host(host)
    parameters = sorted(_key_parameters(query, host, path), key=lambda part: part.partition("=")[0])
    path = _key_path(path)
    if (host == "medium.com" or host.endswith(".medium.com")) and (post := _MEDIUM_POST.search("/x" + path)):
        host, path, parameters = "medium.com", f"/p/{post[1]}", []
    route = page_route(fragment).rstrip("/")
    netloc = host_and_port(host, port, (80, 443))
    return netloc + path + ("?" + "&".join(parameters) if parameters else "") + (f"#{route}" if route else "")


def article_id(url: str) -> str:
    """16 hex digits of SHA-256 of the canonical URL: an article's id at first sight."""
    return hashlib.sha256(canonical_url(url).encode("utf-8", "replace")).hexdigest()[:16]


def entry_url(page: str, name: str) -> str:
    """An address for an entry that has no page of its own: that of the page which stands for it (its feed, its show,
    all notes), with a query made of its name, so that it has one identity. A fragment of `page` stays."""
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
    bare, mark, fragment = page.partition("#")
    return f"{bare}{'&' if '?' in bare else '?'}entry={digest}{mark}{fragment}"


def is_entry_url(url: str) -> bool:
    """Whether an address is one of `entry_url`: what lies there is about more than the entry."""
    return _ENTRY.search(url) is not None


def _key_parameters(query: str, host: str, path: str) -> list[str]:
    """Parameters that name the article; not the ones that only choose another form of its page."""
    if not query:
        return []
    blog = host.partition(".")[2].startswith("blogspot.") or re.search(r"/\d{4}/\d{2}/[^/]+\.html$", path)
    kept = []
    for part in kept_parameters(query):
        name, _, value = part.replace("+", "%20").partition("=")
        name = name.lower()
        if (name, value) in {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")}:
            continue
        if blog and name == "m" and value in ("0", "1"):
            continue
        kept.append(part.replace("+", "%20").removesuffix("="))
    return kept


def _key_path(path: str) -> str:
    if "//" in path:
        path = re.sub(r"/{2,}", "/", path)
    path = _INDEX.sub("/", path).rstrip("/").removesuffix("/amp").removesuffix(".amp")
    path = _HTML.sub("", path).removesuffix(".amp").rstrip("/")
    if path.islower():
        return path
    return "/".join(s.lower() if _is_slug(s) else s for s in path.split("/"))


def _is_slug(segment: str) -> bool:
    """Made of words: every run of letters is in lower case, in capitals, or capitalised."""
    if not _SLUG.fullmatch(segment):
        return False
    return all(re.fullmatch(r"[a-z]+|[A-Z]+|[A-Z][a-z]+", run) for run in re.findall(r"[A-Za-z]+", segment))
