"""Articles and their addresses as one transaction sees them: loaded once, changed here, written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.model import Signature
from storage import rules
from storage.rows import Row, Tables
from storage.words import texts_of


class Batch:
    """The rows of `ids` and of the articles known under `keys`, and what is to become of them."""

    def __init__(self, tables: Tables, keys: Iterable[str], ids: Iterable[str]) -> None:
        self._tables = tables
        self._owners = tables.owners(set(keys))
        self._rows = tables.rows({*ids, *self._owners.values()})
        self._before = dict(self._rows)
        self._claimed: dict[str, str] = {}
        self._joins: list[tuple[str, str]] = []

    def owner(self, key: str) -> str | None:
        """The article that is known under an address."""
        return self._owners.get(key)

    def row(self, article_id: str) -> Row | None:
        """An article as the batch has left it so far."""
        return self._rows.get(article_id)

    def put(self, row: Row) -> None:
        """Take an article's new state, to be written with the batch."""
        self._rows[row.article.id] = row

    def claim(self, key: str, article_id: str) -> str:
        """Make `key` an address of the article; an article that has it already and this one become one.

        Returns the id under which the article goes on.
        """
        other = self._owners.get(key)
        if other is None or other not in self._rows:
            self._owners[key] = self._claimed[key] = article_id
            return article_id
        return article_id if other == article_id else self._join(article_id, other)

    def changed(self) -> list[Row]:
        """The articles that are not, or not so, in the tables."""
        return [row for id_, row in self._rows.items() if row != self._before.get(id_)]

    def flush(self) -> None:
        """Write what differs."""
        changed = self.changed()
        for loser, winner in self._joins:
            self._tables.join(loser, winner)
        self._tables.put_rows(changed)
        self._tables.replace_bands(*self._bands(changed))
        self._tables.put_words(row for row in changed if self._reads_anew(row))
        self._tables.put_aliases(self._claimed)

    def _reads_anew(self, row: Row) -> bool:
        former = self._before.get(row.article.id)
        return former is None or texts_of(former.article) != texts_of(row.article)

    def _join(self, a: str, b: str) -> str:
        winner, loser = rules.first_of(self._rows[a], self._rows[b])
        keep, gone = winner.article.id, loser.article.id
        del self._rows[gone]
        self._rows[keep] = rules.joined(winner, loser)
        for id_, row in self._rows.items():
            if row.article.duplicate_of == gone:
                self._rows[id_] = replace(row, article=replace(row.article, duplicate_of=None if id_ == keep else keep))
        for owners in (self._owners, self._claimed):
            owners.update({key: keep for key, id_ in owners.items() if id_ == gone})
        self._owners[gone] = self._claimed[gone] = keep  # the old id stays an address
        self._joins.append((gone, keep))
        return keep

    def _bands(self, changed: Iterable[Row]) -> tuple[dict[str, Signature], dict[str, Signature]]:
        old: dict[str, Signature] = {}
        new: dict[str, Signature] = {}
        for row in changed:
            id_ = row.article.id
            former = self._before[id_].signature if id_ in self._before else None
            if row.signature != former:
                if former is not None:
                    old[id_] = former
                if row.signature is not None:
                    new[id_] = row.signature
        return old, new
