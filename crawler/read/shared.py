"""Entries that share one address: notes on one page, episodes that all link to their show.

An article is known by its address, so that of such entries only the first would be one, and the next day another one
under the same name. Each gets an address of its own, which still leads to the page: its query names the entry, and a
fragment stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from crawler.model import Entry
from crawler.urls import entry_url, url_key

_SEVERAL = 3  # titles under one address, which nobody gives to one article


def apart(entries: tuple[Entry, ...], home: str | None) -> tuple[Entry, ...]:
    """The entries of a document, those that share one page told apart; `home` is the address of what it is a feed of.

    Two entries with one address may be one article told twice. They are two where the address is that of `home`, where
    their fragments differ, or where three or more have titles of their own. Their page is about none of them alone.
    """
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[url_key(entry.url)].append(entry)
    shared = {page for page, group in groups.items() if len(group) > 1 and _is_shared(page, group, home)}
    if not shared:
        return entries
    return tuple(_named(entry) if url_key(entry.url) in shared else entry for entry in entries)


def _is_shared(page: str, group: Iterable[Entry], home: str | None) -> bool:
    titles = {entry.title for entry in group}
    fragments = {entry.url.partition("#")[2] for entry in group}
    if len(titles) < 2:
        return False
    return len(titles) >= _SEVERAL or len(fragments) > 1 or (home is not None and page == url_key(home))


def _named(entry: Entry) -> Entry:
    page, mark, _ = entry.url.partition("#")
    own = entry.guid.rstrip("/") != page.rstrip("/")
    name = entry.guid if own else entry.url if mark else entry.title
    return replace(entry, url=entry_url(entry.url, name))
