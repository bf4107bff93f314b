"""The store that most tests build their site from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.memory import MemoryStore
from tests.support.stores import WEEK, add_article
from tests.unit.publishing_site.make import NASTY, put_issue


@pytest.fixture
def store() -> MemoryStore:
    """Three issues, and enough articles for lists in several parts."""
    store = MemoryStore()
    for number in (1, 2, 3):
        put_issue(store, number)
    for n in range(240):
        add_article(
            store,
            f"https://acme.example/a{n}?b=1&c=2",
            title=f"Article {n}",
            deck="One sentence on what is in it, as long as such a sentence usually is in practice.",
            company=("Acme", "Acme!", None)[n % 3],
            kind=("case-study", "release", "unheard-of")[n % 3],
            tags=("rust", "performance", "unknown-tag", "networking", "observability"),
            published_at=WEEK.start_at - timedelta(days=n),
            text="x",
        )
    add_article(store, "https://evil.example/", title=NASTY, company=NASTY, deck=NASTY, tags=(NASTY,), kind="opinion")
    add_article(store, "https://acme.example/held", title="Held back", held=True)
    add_article(store, "https://acme.example/hidden", title="Barred from indexes", noindex=True)
    return store
