"""Parts of a series and editions of a recurring post, told by their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from crawler.compose.facts import title_stems
from crawler.model import Article, Reason

_NUMERALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
             "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}  # fmt: skip
_PART = re.compile(
    rf"[(\[:,–—-]?\s*\b(?:part|pt\.?|chapter|episode|volume|vol\.?)\s*#?(\d{{1,3}}|{'|'.join(_NUMERALS)})\b[)\]]?"
    r"|\s#(\d{1,3})\b|[(\[](\d{1,2})\s*(?:/|of)\s*\d{1,2}[)\]]|[(\[]([ivx]{1,4}|\d{1,2})[)\]]",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\bv?\d[\w.]*\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring"
    r"|summer|autumn|fall|winter|q[1-4])\b",
    re.IGNORECASE,
)
_PARTING = re.compile(r"\s*[:–—|]\s*|\s-\s")


class Scored(Protocol):
    """What stands in a ranking."""

    @property
    def article(self) -> Article:
        """The article that is ranked."""
        ...


def part_of(title: str) -> tuple[int, str]:
    """The number of a part and the title without it; 0 for a title that tells of none."""
    match = _PART.search(title)
    if not match:
        return 0, title
    word = next(group for group in match.groups() if group).lower()
    rest = f"{title[: match.start()]} : {title[match.end() :]}"
    return (int(word) if word.isdigit() else _NUMERALS.get(word, 0)), rest


def names_of_series(title: str, *, whole: bool = False) -> list[str]:
    """How a series may be called: the title's pieces of two content words and more. A first part often tells no
    number: then its whole title may be the name, too."""
    pieces = _pieces_of(title)
    wanted = [title, *pieces] if whole else pieces
    found = {" ".join(sorted(stems)) for piece in wanted if len(stems := title_stems(piece)) >= 2}
    return sorted(found)


def _pieces_of(title: str) -> list[str]:
    return _PARTING.split(title) if any(mark in title for mark in ":–—|-") else [title]


def edition_of(title: str) -> str:
    """What the editions of a recurring post have in common, such as "rust" for "Announcing Rust 1.71"; empty for a
    title without a number or month."""
    head = _pieces_of(title)[0]
    if not _MARK.search(head):
        return ""
    return " ".join(sorted(title_stems(_MARK.sub(" ", head))))


def standing_back(ranked: Sequence[Scored]) -> dict[str, Reason]:
    """Articles, by id, that give way to another one of their source: later parts of a series to the first that is
    there, and editions to the best. `ranked` is best first."""
    back: dict[str, Reason] = {}
    parts: dict[tuple[str, str], list[tuple[int, Article]]] = {}
    editions: dict[tuple[str, str], Article] = {}
    for one in ranked:
        article = one.article
        number, name = part_of(article.title)
        for key in names_of_series(name, whole=not number):
            parts.setdefault((article.source, key), []).append((number or 1, article))
        if number or not (edition := edition_of(article.title)):
            continue
        best = editions.setdefault((article.source, edition), article)
        if best is not article:
            back[article.id] = _behind(f"an edition of “{best.title}”, which is there")
    for group in parts.values():
        first_number, first = min(group, key=lambda one: (one[0], one[1].id))
        for number, article in group:
            if number > first_number and part_of(article.title)[0]:
                back.setdefault(article.id, _behind(f"a later part of “{first.title}”, which is there"))
    return back


def _behind(evidence: str) -> Reason:
    return Reason("excluded", "same series", "series", evidence, "title")
