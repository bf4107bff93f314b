"""Addresses: canonical form, identity, hosts. Pure; knows no network.

Two spellings of one address must give one canonical URL, and `canonical_url` applied twice changes nothing.
Nothing here raises: what is no http(s) URL comes back as it is, or empty.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|mc_[ce]id|mkt_tok|mkwid|fbclid|fb_(action_\w+|source|ref)|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid"
    r"|igshi?d?|twclid|ttclid|li_fat_id|epik|_hs(enc|mi)|hs_?ctatracking|hs[as]_\w+|__hs\w+|vero_\w+|oly_\w+|_openstat"
    r"|ncid|cmpid|icid|ocid|spm|s_cid|s_kwcid|ef_id|xtor|elq\w*|sc_(channel|campaign|publisher|content|medium"
    r"|country|geo|outcome|detail|segment|funnel|cid|icampaign)|uclick_id|_ga|_gl|_branch_(match_id|referrer)"
    r"|ck_subscriber_id|ml_subscriber\w*|rb_clickid|piwik_\w+|pk_\w+|mtm_\w+|matomo_\w+|at_\w+|wt[._]\w+|trk\w*"
    r"|trackingid|ref_(src|url)|(__)?twitter_impression|guccounter|guce_\w+|usqp|amp_(js_v|gsa)|replytocom|_bta_\w+"
    r"|bxid|cndid|smid|smtyp|jsessionid|phpsessid|aspsessionid\w*|cftoken)$",
    re.IGNORECASE,
)
# These are trackers only with the values that trackers give them: `?ref=` may also name a git branch or a page.
_TRACKING_VALUES = {
    name: re.compile(rf"^({values})$", re.IGNORECASE)
    for name, values in {
        "ref": r"rss|feed|twitter|hn|hackernews|reddit|producthunt|share|.*newsletter"
        r"|.*\.(com|io|org|dev|net|co|me|app|blog)",
        "referrer": r"rss|feed|twitter|hn|reddit|newsletter",
        "source": r"rss.*|feed.*|e?mail.*|.*newsletter|social.*|twitter|facebook|linkedin|reddit|hn|friends_link"
        r"|.*-{4,}[-\w]*|user_profile.*|collection_.*|post_page.*|topic_page.*",
        "src": r"rss|feed|twitter|hn|newsletter|linkedin|facebook",
        "from": r"rss|feed|feedburner|twitter|newsletter",
        "via": r"rss|feed|twitter|newsletter",
        "feature": r"rss|feed|share|youtu\.be|emb_\w+",
        "share": r"twitter|facebook|email|linkedin|reddit|tumblr|pocket|telegram|pinterest|skype|(jetpack-)?whatsapp",
        "sk": r"v2[/%].*|[0-9a-f]{24,}",
        "gi": r"[0-9a-f]{10,14}",
        "rss": r"1|true|yes",
        "sid": r"[0-9a-f]{20,64}",
        "sessionid": r"[\w-]{16,}",
        "session_id": r"[\w-]{16,}",
        "cfid": r"\d{4,}",
        "nb": r"1",
    }.items()
}
_DEFAULT_PORTS = {"http": 80, "https": 443}
_INDEX = re.compile(r"/(index|default)\.(html?|php|aspx?|jsp|md)$", re.IGNORECASE)
_HTML = re.compile(r"\.html?$", re.IGNORECASE)
_MOBILE = re.compile(r"^(www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_SESSION = re.compile(r";(jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_SAFE_PATH = "/:@!$&'()*+,;=-._~%"
_SAFE_QUERY = _SAFE_PATH + "?[]"
_PLAIN_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_BAD_HOST = re.compile(r"[\s<>\"\\^`{|}/?#@%\x00-\x20\x7f]|^\.|\.\.")
_PLAIN = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._~?]*")
# What most addresses look like, of which nothing needs to be normalised: no dot begins a segment.
_USUAL = re.compile(
    r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?((?:/[A-Za-z0-9:@!$&'()*+,=\-_~]"
    r"[A-Za-z0-9:@!$&'()*+,=\-._~]*)*/?)",
    re.ASCII,
)
_SLUG = re.compile(r"[a-z]+(?:[-_.][a-z0-9]+)+|[a-z]{4,}", re.IGNORECASE)
_MEDIUM_POST = re.compile(r"/(?:p|[^/]+)/(?:[^/]*-)?([0-9a-f]{9,12})$")
# Hosting platforms: each subdomain belongs to somebody else.
_PLATFORMS = """
    github.io gitlab.io netlify.app vercel.app pages.dev web.app firebaseapp.com herokuapp.com fly.dev onrender.com
    wordpress.com blogspot.com tumblr.com substack.com hashnode.dev medium.com ghost.io beehiiv.com buttondown.email
    bearblog.dev micro.blog mataroa.blog hatenablog.com hatenablog.jp readthedocs.io livejournal.com typepad.com
    neocities.org sourceforge.io notion.site webflow.io write.as posthaven.com svbtle.com silvrback.com wixsite.com
    weebly.com azurewebsites.net cloudfront.net amazonaws.com workers.dev surge.sh gitbook.io
"""
_PLATFORM_NAMES = frozenset(_PLATFORMS.split())
# Labels below which a country registers names: example.co.uk.
_COUNTRY_LEVELS = "ac co com edu gob gov govt ne net nhs nom or org gouv go ltd plc sch asn id in web"
_COUNTRY_LEVEL_NAMES = frozenset(_COUNTRY_LEVELS.split())
# Hosts where the first segments of the path tell whose page it is.
_SHARED_HOSTS = """
    medium.com dev.to github.com gitlab.com hackernoon.com reddit.com substack.com youtube.com hashnode.com
    linkedin.com feedburner.com feeds.feedburner.com qiita.com zenn.dev velog.io habr.com write.as
"""
_SHARED_HOST_NAMES = frozenset(_SHARED_HOSTS.split())


def canonical_url(url: str) -> str:
    """The spelling under which an address is compared and stored.

    Lower-case scheme and host (RFC 3986 section 6.2.2), default port, fragment, tracking and session parameters and
    credentials dropped, remaining parameters kept in order, percent-encoding normalised, dot segments removed.
    A fragment that is a route of the page's own (`#!/post/1`, `#/post/1`) stays. AMP caches and Google's
    redirecting links give the address behind them. The scheme, `www.`, a final slash and `index.html` are kept
    here, because a server may tell them apart; `url_key` drops them, too. A string that is no http(s) URL comes
    back stripped.
    """
    parsed = _parse(url)
    if parsed is None:
        return url.strip()
    scheme, host, port, path, query, fragment = parsed
    netloc = _netloc(host, port, (_DEFAULT_PORTS[scheme],))
    if not query and not fragment:
        return f"{scheme}://{netloc}{path}"
    return urlunsplit((scheme, netloc, path, "&".join(_kept(query)), _route(fragment)))


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """What tells articles apart: two addresses with one key are the same article.

    The canonical URL without scheme, `www.`, `m.` and `amp.`, final slash, index file, `.html` and AMP marks, with
    parameters sorted by name. Letters of a path keep their case unless the segment is made of words: the short
    codes of link shorteners and video sites differ by case, slugs do not. An article on medium.com is named by
    the code at the end of its address, whichever author or publication stands before it.
    """
    parsed = _parse(url)
    if parsed is None:
        return url.strip()
    _, host, port, path, query, fragment = parsed
    host = _bare_host(host)
    parameters = sorted(_key_parameters(query, host, path), key=lambda part: part.partition("=")[0])
    path = _key_path(path)
    if (host == "medium.com" or host.endswith(".medium.com")) and (post := _MEDIUM_POST.search("/x" + path)):
        host, path, parameters = "medium.com", f"/p/{post[1]}", []
    route = _route(fragment).rstrip("/")
    netloc = _netloc(host, port, (80, 443))
    return netloc + path + ("?" + "&".join(parameters) if parameters else "") + (f"#{route}" if route else "")


def article_id(url: str) -> str:
    """16 hex digits of SHA-256 of the canonical URL: an article's id at first sight."""
    return hashlib.sha256(canonical_url(url).encode("utf-8", "replace")).hexdigest()[:16]


def split(url: str) -> tuple[str, str, int | None, str, str] | None:
    """(scheme, host, port, path, query), normalised; None for what is not an http(s) URL with a host.

    An IPv6 host comes without its brackets.
    """
    parsed = _split(url)
    return parsed[:5] if parsed else None


def is_web_url(url: str) -> bool:
    """Whether this is an absolute http or https URL with a host."""
    return _split(url) is not None


def is_tracked(url: str) -> bool:
    """Whether the address carries parameters that only follow the reader (utm_source, fbclid, …)."""
    parsed = _split(url)
    return parsed is not None and (
        len(_kept(parsed[4])) < len(_parameters(parsed[4])) or _FOLLOWS.search(parsed[5]) is not None
    )


def host_of(url: str) -> str:
    """The host in lower case, without port; empty for what is no URL."""
    parsed = _split(url)
    return parsed[1] if parsed else ""


def site_of(url: str) -> str:
    """The name that one owner registered: `blog.example.co.uk` gives `example.co.uk`; empty for what is no URL.

    A rule of thumb (the last two labels, three below `co.uk` and its like and below hosting platforms), not the
    Public Suffix List: it tells whose an article probably is, and guards nothing.
    """
    host = host_of(url)
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) < 3:
        return host
    three = len(labels[-1]) == 2 and labels[-2] in _COUNTRY_LEVEL_NAMES
    return ".".join(labels[-3:] if three or ".".join(labels[-2:]) in _PLATFORM_NAMES else labels[-2:])


def is_shared_host(url: str) -> bool:
    """Whether different authors live under different paths of this host (medium.com, dev.to, github.com, …)."""
    return _bare_host(host_of(url)) in _SHARED_HOST_NAMES


def origin_of(url: str) -> str:
    """`scheme://host[:port]`, the scope of a robots.txt (RFC 9309 section 2.3)."""
    parsed = _split(url)
    if parsed is None:
        return ""
    scheme, host, port, *_ = parsed
    return f"{scheme}://{_netloc(host, port, (_DEFAULT_PORTS[scheme],))}"


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


# ---------------------------------------------------------------- parts of an address

_Parts = tuple[str, str, int | None, str, str, str]


def _split(url: str) -> _Parts | None:
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
    if scheme not in _DEFAULT_PORTS or not host:
        return None
    return scheme, host, port, _clean_path(parts.path), parts.query, parts.fragment


@lru_cache(maxsize=4096)
def _parse(url: str) -> _Parts | None:
    """`_split`, with the address behind AMP caches and redirecting links."""
    parsed = _split(url)
    for _ in range(3):
        inner = _wrapped(parsed) if parsed else ""
        behind = _split(inner) if inner else None
        if behind is None:
            break
        parsed = behind
    return parsed


def _wrapped(parsed: _Parts) -> str:
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


def _clean_host(host: str) -> str:
    """Lower case, ASCII (IDNA, RFC 3490), no final dot; empty for what can be no host."""
    if _PLAIN_HOST.fullmatch(host):
        return host
    host = unquote(host)
    if ":" in host:
        return "" if "%" in host else str(ipaddress.IPv6Address(host))
    host = host.lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return ""
    host = host.rstrip(".")
    return "" if _BAD_HOST.search(host) else host


def _bare_host(host: str) -> str:
    while (bare := _MOBILE.sub("", host)) != host:
        host = bare
    return host


def _netloc(host: str, port: int | None, silent: tuple[int, ...]) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port is None or port in silent else f"{name}:{port}"


def _clean_path(path: str) -> str:
    if ";" in path:
        path = _SESSION.sub("", path)
    clean = _normal_escapes(path, _SAFE_PATH)
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


def _normal_escapes(value: str, safe: str) -> str:
    """Bytes that need no escape are unescaped, the rest is escaped in upper case (RFC 3986 section 6.2.2.2)."""
    if _PLAIN.fullmatch(value):
        return value
    value = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", value)
    decoded = re.sub(r"%([0-9a-fA-F]{2})", _unescape_if_unreserved, value)
    return quote(decoded, safe=safe, errors="replace")


def _unescape_if_unreserved(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if re.match(r"[A-Za-z0-9\-._~]", char) else "%" + match[1].upper()


def _parameters(query: str) -> list[str]:
    """`name=value` parts in their own order and spelling. `&amp;` is what careless feeds make of `&`."""
    if not query:
        return []
    parts = (re.sub(r"^(amp;)+", "", part) for part in query.split("&"))
    return [_normal_escapes(part, _SAFE_QUERY) for part in parts if part.strip("=")]


def _kept(query: str) -> list[str]:
    return [part for part in _parameters(query) if not _is_tracking(*part.partition("=")[::2])]


_FOLLOWS = re.compile(r"(?:^|[?&!])utm_\w+=")  # a tracker in a fragment, wherever somebody put it


def _is_tracking(name: str, value: str) -> bool:
    name = unquote(name)
    if _TRACKING.match(name):
        return True
    values = _TRACKING_VALUES.get(name.lower())
    return values is not None and values.match(unquote(value)) is not None


def _route(fragment: str) -> str:
    """A fragment that is a page's own route (`!/post/1`, `/post/1`), without its trackers; else nothing."""
    if not fragment:
        return ""
    path, mark, query = fragment.partition("?")
    if not re.match(r"!.|/[^/]", path) or _FOLLOWS.search(path):
        return ""
    if _FOLLOWS.search(query):
        query = query.replace("?", "&").replace("!", "&")
    kept = "&".join(_kept(query))
    return _normal_escapes(path, _SAFE_PATH) + (mark + kept if kept else "")


# ---------------------------------------------------------------- what a key leaves out


def _key_parameters(query: str, host: str, path: str) -> list[str]:
    """Parameters that name the article; not the ones that only choose another form of its page."""
    if not query:
        return []
    blog = host.partition(".")[2].startswith("blogspot.") or re.search(r"/\d{4}/\d{2}/[^/]+\.html$", path)
    kept = []
    for part in _kept(query):
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
