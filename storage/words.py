"""What a search for words means, for every store, and the tokens by which a database finds it quickly.

A word is found where it begins a word of title, summary or text, in any case: `index` finds "indexes" and "B-tree
index", not "reindex". An index of tokens only says where to look; the meaning is `Words.found_in`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.model import Article

_TOKEN = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[^\x00-\x7f]")
_LONGEST = 64


class Words:
    """The words of a query, all of which must be found."""

    def __init__(self, query: str | None) -> None:
        words = dict.fromkeys((query or "").lower().split())
        self._patterns = [re.compile((r"(?<![^\W_])" if word[0].isalnum() else "") + re.escape(word)) for word in words]
        self.whole: tuple[str, ...] = ()
        self.beginnings: tuple[str, ...] = ()
        """Tokens that an article must have, and beginnings of tokens that it must have."""
        for word in words:
            *inner, last = tokens_in(word) or [""]
            self.whole += tuple(inner)
            self.beginnings += (last,) if last else ()

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def found_in(self, article: Article) -> bool:
        """Whether an article has all of the words."""
        if not self._patterns:
            return True
        texts = [text.lower() for text in texts_of(article)]
        return all(any(pattern.search(text) for text in texts) for pattern in self._patterns)


def texts_of(article: Article) -> tuple[str, str, str]:
    """The texts of an article that are searched."""
    return article.title, article.summary, article.text


def tokens_in(text: str) -> list[str]:
    """The tokens of a text in order: ASCII, so that every database cuts and compares them alike."""
    return [_ascii(token)[:_LONGEST] for token in _TOKEN.findall(text.lower())]


def tokens_of(texts: Iterable[str]) -> list[str]:
    """Each token of some texts once, sorted."""
    text = " ".join(texts).lower()
    found = set(_TOKEN.findall(text))
    if not text.isascii():
        found = set(map(_ascii, found))
    return sorted({token[:_LONGEST] for token in found})


def _ascii(token: str) -> str:
    return token if token.isascii() else _OTHER.sub(_spelled, token)


def _spelled(match: re.Match[str]) -> str:
    return f"x{match[0].encode().hex()}"
