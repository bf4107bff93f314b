"""What a search for words means, for both stores: every word occurs in title, summary or text, in any case."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.model import Article


def words_in(text: str | None) -> list[str]:
    """The words of a query."""
    return (text or "").split()


def mentions_all(article: Article, words: Iterable[str]) -> bool:
    """Whether an article mentions all of the words. Databases fold the case of ASCII only; this folds all."""
    texts = (article.title.lower(), article.summary.lower(), article.text.lower())
    return all(any(word.lower() in text for text in texts) for word in words)
