"""Which earlier issue an article goes on from: "Previously in #82"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from crawler.compose.facts import Facts, title_stems
from crawler.model import Article, Reason
from crawler.ports import LedgerEntry
from crawler.urls import host_of, url_key

MOST = 2  # earlier issues that an item names

_CVE = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_NUMERALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
             "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}  # fmt: skip
_PART = re.compile(
    rf"[(\[:,–—-]?\s*\b(?:part|pt\.?|chapter|episode|volume|vol\.?)\s*#?(\d{{1,3}}|{'|'.join(_NUMERALS)})\b[)\]]?"
    r"|\s#(\d{1,3})\b|[(\[](\d{1,2})\s*(?:/|of)\s*\d{1,2}[)\]]",
    re.IGNORECASE,
)


class Earlier:
    """The articles of published issues, indexed by what a later one may share with them."""

    def __init__(self, ledger: Sequence[LedgerEntry]) -> None:
        self._by_key = {entry.key: entry for entry in ledger}
        self._parts: dict[tuple[str, str], list[tuple[int, LedgerEntry]]] = defaultdict(list)
        self._by_cve: dict[str, list[LedgerEntry]] = defaultdict(list)
        for entry in ledger:
            number, name = part_of(entry.title)
            for title in _names_of_series(name, whole=not number):
                self._parts[_host(entry.key), title].append((number or 1, entry))
            for cve in _CVE.findall(entry.title):
                self._by_cve[cve.upper()].append(entry)

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
        before = [one for title in _names_of_series(name) for one in self._parts.get((host, title), ())]
        return [("part", entry) for part, entry in before if part < number]

    def _linked(self, article: Article) -> list[tuple[str, LedgerEntry]]:
        """Articles that it leads to, and whose title shares two content words or a name with its own."""
        facts = Facts(article)
        linked = [self._by_key[key] for key in facts.links if key in self._by_key]
        return [("link", entry) for entry in linked if _speaks_of(facts, entry.title)]

    def _same_cve(self, article: Article) -> list[tuple[str, LedgerEntry]]:
        if not self._by_cve:
            return []
        return [("vulnerability", e) for cve in sorted(Facts(article).cves) for e in self._by_cve.get(cve, ())]


def part_of(title: str) -> tuple[int, str]:
    """The number of a part and the title without it; 0 for a title that tells of none."""
    match = _PART.search(title)
    if not match:
        return 0, title
    word = (match[1] or match[2] or match[3]).lower()
    rest = f"{title[: match.start()]} : {title[match.end() :]}"
    return (int(word) if word.isdigit() else _NUMERALS[word]), rest


def _names_of_series(title: str, *, whole: bool = False) -> list[str]:
    """How a series may be called: the title's pieces of two content words and more. A first part often tells no
    number: then its whole title may be the name, too."""
    pieces = re.split(r"\s*[:–—|]\s*|\s-\s", title)
    wanted = [title, *pieces] if whole else pieces
    found = {" ".join(sorted(stems)) for piece in wanted if len(stems := title_stems(piece)) >= 2}
    return sorted(found)


def _speaks_of(facts: Facts, title: str) -> bool:
    words = title_stems(title)
    named = {name for name in facts.names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE)}
    return bool(named) or len(facts.words & words) >= 2


def _host(key: str) -> str:
    return host_of(f"https://{key}")
