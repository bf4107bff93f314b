"""Addresses: canonical form, identity, hosts. Pure; knows no network.

Two spellings of one address must give one canonical URL, and `canonical_url` applied twice changes nothing.
Nothing here raises: what is no http(s) URL comes back as it is, or empty.
"""

from __future__ import annotations

from crawler.urls.identity import article_id, canonical_url, entry_url, is_entry_url, url_key
from crawler.urls.parts import absolute_url, host_of, is_web_url, origin_of, split, subscribed_url, without_credentials
from crawler.urls.showing import picture_url, shown_url
from crawler.urls.sites import COUNTRY_LEVEL_NAMES, is_shared_host, site_of, slug_of
from crawler.urls.tracking import is_tracked

__all__ = [
    "COUNTRY_LEVEL_NAMES",
    "absolute_url",
    "article_id",
    "canonical_url",
    "entry_url",
    "host_of",
    "is_entry_url",
    "is_shared_host",
    "is_tracked",
    "is_web_url",
    "origin_of",
    "picture_url",
    "shown_url",
    "site_of",
    "slug_of",
    "split",
    "subscribed_url",
    "url_key",
    "without_credentials",
]
