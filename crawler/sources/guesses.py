"""Where feeds usually lie: what platforms have in common, and the addresses that most blogs use. Pure, rules as data.

Nothing here is certain; whoever asks these addresses asks few, one after the other, and stops at the first feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from crawler.urls import absolute_url, host_of, split

_NAMED_SITEMAP = re.compile(r"(?im)^[^\S\n]*sitemap[^\S\n]*:[^\S\n]*(\S+)")

# Hosts of platforms, and what their generator tags and pages say: a feed's path below the blog's root.
_GENERATORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("wordpress", ("feed/",)),
    ("ghost", ("rss/",)),
    ("hugo", ("index.xml",)),
    ("jekyll", ("feed.xml", "atom.xml")),
    ("blogger", ("feeds/posts/default",)),
    ("tumblr", ("rss",)),
    ("hashnode", ("rss.xml",)),
    ("gatsby", ("rss.xml",)),
    ("hexo", ("atom.xml",)),
    ("pelican", ("feeds/all.atom.xml",)),
    ("nikola", ("rss.xml",)),
    ("docusaurus", ("rss.xml", "atom.xml")),
    ("zola", ("atom.xml", "rss.xml")),
    ("eleventy", ("feed.xml", "feed/feed.xml")),
    ("astro", ("rss.xml",)),
    ("drupal", ("rss.xml",)),
    ("medium", ("feed",)),
    ("substack", ("feed",)),
    ("squarespace", ("?format=rss",)),
)
_HOSTS: tuple[tuple[str, str], ...] = (
    (r"\.wordpress\.com$", "feed/"),
    (r"\.ghost\.io$", "rss/"),
    (r"\.blogspot\.[a-z.]+$", "feeds/posts/default"),
    (r"\.tumblr\.com$", "rss"),
    (r"\.hashnode\.dev$", "rss.xml"),
    (r"\.substack\.com$", "feed"),
    (r"^(?!www\.)[\w-]+\.medium\.com$", "feed"),
    (r"\.beehiiv\.com$", "feed"),
    (r"\.bearblog\.dev$", "feed/"),
    (r"\.github\.io$", "feed.xml"),
    (r"\.hatenablog\.(?:com|jp)$", "feed"),
    (r"\.livejournal\.com$", "data/rss"),
    (r"\.micro\.blog$", "feed.xml"),
    (r"\.svbtle\.com$", "feed"),
    (r"\.mataroa\.blog$", "rss/"),
)
_USUAL = ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")
_MOST = 12


def platform_feeds(url: str) -> tuple[str, ...]:
    """The feeds that the platform of this address has for it, by the address alone; none for a site of its own."""
    parts = split(url)
    if parts is None:
        return ()
    host = parts[1].removeprefix("www.")
    segments = [segment for segment in parts[3].split("/") if segment]
    if rule := _PLATFORMS.get(host):
        return tuple(rule(segments, urlsplit(url).query))
    root = _root(url)
    return tuple(root + path for pattern, path in _HOSTS if re.search(pattern, host))


def usual_feeds(url: str, generator: str = "") -> tuple[str, ...]:
    """Addresses that are worth a question, the likeliest first: by what made the page, then the usual names.

    They lie below the page's own folder, then below the site's root.
    """
    root, folder = _root(url), folder_of(url)
    places = (folder, root) if folder != root else (root,)
    by_generator = [path for name, paths in _GENERATORS if name in generator.lower() for path in paths]
    found = [place + path for place in places for path in by_generator]
    found += [place + path for path in _USUAL for place in places if not path.startswith("?")]
    return tuple(dict.fromkeys(found))[:_MOST]


def sitemap_addresses(url: str, robots: str | None) -> tuple[str, ...]:
    """The sitemaps that a site's robots.txt names (sitemaps.org), then the usual address.

    They should be named in full, and a path alone is one of the same site.
    """
    named = (absolute_url(_root(url), path) for path in _NAMED_SITEMAP.findall(robots or ""))
    return tuple(dict.fromkeys([*list(filter(None, named))[:5], _root(url) + "sitemap.xml"]))


def pages_below(url: str) -> str:
    """A pattern for the pages in the folder of an address, in either scheme and with or without `www.`, as a sitemap
    may write them; empty where the folder is the whole site."""
    folder = folder_of(url)
    place = folder.partition("://")[2].removeprefix("www.")
    return rf"^https?://(?:www\.)?{re.escape(place)}[^?#]+" if folder != _root(url) else ""


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"


def folder_of(url: str) -> str:
    """`https://x/blog` and `https://x/blog/` both hold `https://x/blog/feed`; `https://x/blog/index.html`, too."""
    path = urlsplit(url).path
    last = path.rpartition("/")[2]
    if "." in last:
        path = path[: -len(last)]
    return _root(url).rstrip("/") + path.rstrip("/") + "/"


# ---------------------------------------------------------------- platforms where many blogs share a host


def _medium(segments: list[str], _: str) -> list[str]:
    if not segments or segments[0] == "feed":
        return []
    if segments[0] == "tag" and len(segments) > 1:
        return [f"https://medium.com/feed/tag/{segments[1]}"]
    if len(segments) > 2 and segments[1] == "tagged":
        return [f"https://medium.com/feed/{segments[0]}/tagged/{segments[2]}"]
    return [f"https://medium.com/feed/{segments[0]}"]


def _devto(segments: list[str], _: str) -> list[str]:
    if segments[:1] == ["t"] and len(segments) > 1:
        return [f"https://dev.to/feed/tag/{segments[1]}"]
    return [f"https://dev.to/feed/{segments[0]}"] if segments and segments[0] != "feed" else []


def _github(segments: list[str], _: str) -> list[str]:
    if len(segments) < 2 or segments[0] in {"orgs", "topics", "features"}:
        return []
    repository = f"https://github.com/{segments[0]}/{segments[1]}"
    return [f"{repository}/tags.atom"] if segments[2:3] == ["tags"] else [f"{repository}/releases.atom"]


def _gitlab(segments: list[str], _: str) -> list[str]:
    return [f"https://gitlab.com/{segments[0]}/{segments[1]}/-/releases.atom"] if len(segments) > 1 else []


def _youtube(segments: list[str], query: str) -> list[str]:
    # A channel's feed needs its id; pages under a handle (@name) declare it themselves.
    if segments[:1] == ["channel"] and len(segments) > 1:
        return [f"https://www.youtube.com/feeds/videos.xml?channel_id={segments[1]}"]
    if segments[:1] == ["user"] and len(segments) > 1:
        return [f"https://www.youtube.com/feeds/videos.xml?user={segments[1]}"]
    playlist = re.search(r"(?:^|&)list=([\w-]+)", query)
    return [f"https://www.youtube.com/feeds/videos.xml?playlist_id={playlist[1]}"] if playlist else []


def _substack(segments: list[str], _: str) -> list[str]:
    name = segments[0].removeprefix("@") if segments and segments[0].startswith("@") else ""
    return [f"https://{name}.substack.com/feed"] if name else []


def _reddit(segments: list[str], _: str) -> list[str]:
    return [f"https://www.reddit.com/r/{segments[1]}/.rss"] if segments[:1] == ["r"] and len(segments) > 1 else []


def _hashnode(segments: list[str], _: str) -> list[str]:
    name = segments[0].removeprefix("@") if segments and segments[0].startswith("@") else ""
    return [f"https://{name}.hashnode.dev/rss.xml"] if name else []


def _by_user(pattern: str) -> Callable[[list[str], str], list[str]]:
    return lambda segments, _: [pattern.format(segments[0].removeprefix("@"))] if segments else []


_PLATFORMS: dict[str, Callable[[list[str], str], list[str]]] = {
    "medium.com": _medium,
    "dev.to": _devto,
    "github.com": _github,
    "gitlab.com": _gitlab,
    "youtube.com": _youtube,
    "substack.com": _substack,
    "hashnode.com": _hashnode,
    "reddit.com": _reddit,
    "qiita.com": _by_user("https://qiita.com/{}/feed"),
    "zenn.dev": _by_user("https://zenn.dev/{}/feed"),
    "velog.io": _by_user("https://v2.velog.io/rss/{}"),
    "buttondown.com": _by_user("https://buttondown.com/{}/rss"),
}


def is_platform(url: str) -> bool:
    """Whether the host belongs to a platform that has a rule of its own: guessing below its root is pointless."""
    return host_of(url).removeprefix("www.") in _PLATFORMS
