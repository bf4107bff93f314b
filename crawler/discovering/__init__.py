"""`crawl sources add`: from any address of a blog to the best way to follow it. Touches no store.

What a site says itself comes first, guesses come last, one after the other, and the search ends at the first step
that gives a usable feed. No address is asked twice, whatever leads to it.
"""

from __future__ import annotations

from crawler.discovering.found import Discovery, Found, site_name
from crawler.discovering.search import discover

__all__ = ["Discovery", "Found", "discover", "site_name"]
