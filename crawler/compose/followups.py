"""Which earlier issue an article goes on from: "Previously in #82"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from crawler.compose.facts import Facts, cves_in, title_stems
from crawler.compose.series import names_of_series, part_of
from crawler.model import Article, Reason
from crawler.ports import LedgerEntry
from crawler.urls import host_of, url_key

MOST = 2  # earlier issues that an item names


class Earlier:
    """The articles of published issues, indexed by what a later one may share with them."""

    def __init__(self, ledger: Sequence[LedgerEntry]) -> None:
        self._by_key = {entry.key: entry for entry in ledger}
        self._parts: dict[tuple[str, str], list[tuple[int, LedgerEntry]]] = defaultdict(list)
        self._by_cve: dict[str, list[LedgerEntry]] = defaultdict(list)
        for entry in ledger:
            number, name = part_of(entry.title)
            for title in names_of_series(name, whole=not number):
                self._parts[_host(entry.key), title].append((number or 1, entry))
            for cve in cves_in(entry.title):
                self._by_cve[cve].append(entry)

    def of(self, article: Article) -> tuple[Reason, ...]:
        """What the article goes on from, the latest issue first; `value` is the issue's number, `evidence` the title
        there, `rule` the fact: part (of a series), link, vulnerability."""
        if not self._by_key:
            return ()
        found: dict[int, Reason] = {}
        for rule, entry in (*self._series(article), *self._linked(article), *self._same_cve(article)):
            found.setdefault(entry.number, Reason("follows", str(entry.number), rule, entry.title, "ledger"))
        return tuple(found[number] for number in sorted(found, reverse=True)[:MOST])

    def _series(self, article: Article) -> list[tuple[str, LedgerEntry]]:
        """Earlier parts of a series on the same host."""
        number, name = part_of(article.title)
        if not number:
            return []
        host = _host(url_key(article.url))
        before = [one for title in names_of_series(name) for one in self._parts.get((host, title), ())]
        return [("part", entry) for part, entry in before if part < number]

    def _linked(self, article: Article) -> list[tuple[str, LedgerEntry]]:
        """Articles that it leads to, and whose title shares two content words, or a name that is no topic, with its
        own."""
        facts = Facts(article)
        linked = [self._by_key[key] for key in facts.links if key in self._by_key and key not in facts.keys]
        return [("link", entry) for entry in linked if _speaks_of(facts, entry.title)]

    def _same_cve(self, article: Article) -> list[tuple[str, LedgerEntry]]:
        if not self._by_cve:
            return []
        return [("vulnerability", e) for cve in sorted(Facts(article).cves) for e in self._by_cve.get(cve, ())]


def _speaks_of(facts: Facts, title: str) -> bool:
    words = title_stems(title)
    names = facts.names - set(facts.article.tags)
    named = {name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE)}
    return bool(named) or len(facts.words & words) >= 2


def _host(key: str) -> str:
    return host_of(f"https://{key}")
