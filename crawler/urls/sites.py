"""Whose an address is: the name that one owner registered, hosts that many share, a source's slug."""

from __future__ import annotations

import re

from crawler.urls.parts import bare_host, host_of, split

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
COUNTRY_LEVEL_NAMES = frozenset(_COUNTRY_LEVELS.split())
# Hosts where the first segments of the path tell whose page it is.
_SHARED_HOSTS = """
    medium.com dev.to github.com gitlab.com hackernoon.com reddit.com substack.com youtube.com hashnode.com
    linkedin.com feedburner.com feeds.feedburner.com qiita.com zenn.dev velog.io habr.com write.as
"""
_SHARED_HOST_NAMES = frozenset(_SHARED_HOSTS.split())


def site_of(url: str) -> str:
    """The name that one owner registered: `blog.example.co.uk` gives `example.co.uk`; empty for what is no URL.

    A rule of thumb (the last two labels, three below `co.uk` and its like and below hosting platforms), not the
    Public Suffix List: it tells whose an article probably is, and guards nothing.
    """
    host = host_of(url)
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) < 3:
        return host
    three = len(labels[-1]) == 2 and labels[-2] in COUNTRY_LEVEL_NAMES
    return ".".join(labels[-3:] if three or ".".join(labels[-2:]) in _PLATFORM_NAMES else labels[-2:])


def is_shared_host(url: str) -> bool:
    """Whether different authors live under different paths of this host (medium.com, dev.to, github.com, …)."""
    return bare_host(host_of(url)) in _SHARED_HOST_NAMES


def slug_of(url: str) -> str:
    """A slug from host and path: `https://blog.example.com/eng/feed.xml` gives `blog-example-com-eng`."""
    parts = split(url)
    if parts is None:
        return re.sub(r"\W+", "-", url.lower()).strip("-")
    _, host, _, path, _ = parts
    path = re.sub(r"/(feed|rss|atom|index|sitemap)?(\.(xml|rss|atom|json|html?))?/?$", "", path, flags=re.IGNORECASE)
    return re.sub(r"[^a-z0-9]+", "-", (host.removeprefix("www.") + path).lower()).strip("-")
