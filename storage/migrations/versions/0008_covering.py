"""Wider indexes: how much sources published, what they wrote last and what of theirs is due is read from these alone.

A migration says what it makes in full and imports nothing of ours, so that it makes the same for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("articles_newest", "articles_label_due", "articles_page_due"):
        op.drop_index(name, "articles")
    newest = sa.text("coalesce(published_at, first_seen_at)")
    op.create_index(
        "articles_newest", "articles", [newest, "id", "first_seen_at", "source", "duplicate_of", "published_at"]
    )
    _partial("articles_label_due", "label_wanted AND NOT labelled", "id", "source")
    _partial("articles_page_due", "page_next_at IS NOT NULL", "id", "page_next_at", "source")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ANALYZE articles")  # what it knows of an expression it forgets with the index


def _partial(name: str, where: str, *columns: str) -> None:
    op.create_index(name, "articles", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
