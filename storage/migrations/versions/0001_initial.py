"""The first schema: sources, entries, articles, copies, issues.

A migration says what it makes in full and imports nothing of ours, so that it makes the same for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _make_sources()
    _make_entries()
    _make_articles()
    _make_copies()
    _make_issues()


def _make_sources() -> None:
    op.create_table(
        "feeds",
        sa.Column("source", key, primary_key=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("current_url", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("last_checked_at", sa.BigInteger()),
        sa.Column("begun_at", sa.BigInteger()),
        sa.Column("backfilled_at", sa.BigInteger()),
        sa.Column("last_success_at", sa.BigInteger()),
        sa.Column("next_check_at", sa.BigInteger()),
        sa.Column("interval", sa.Float()),
        sa.Column("usual_new", sa.Float()),
        sa.Column("move_target", sa.Text()),
        sa.Column("move_seen", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text()),
    )
    op.create_table(
        "hosts",
        sa.Column("host", key, primary_key=True),
        sa.Column("robots_text", sa.Text()),
        sa.Column("robots_status", sa.Integer()),
        sa.Column("robots_expires_at", sa.BigInteger()),
        sa.Column("blocked_until", sa.BigInteger()),
        sa.Column("pause", sa.Float()),
    )


def _make_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("source", key, primary_key=True),
        sa.Column("key", key, primary_key=True),
        sa.Column("article_id", key, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("guid_hash", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("updated_at", sa.BigInteger()),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("image", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("summary_html", sa.Text(), nullable=False),
        sa.Column("content_html", sa.Text(), nullable=False),
    )
    op.create_table(
        "aliases",
        sa.Column("key", key, primary_key=True),
        sa.Column("article_id", key, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("entries_article", "entries", ["article_id"])
    op.create_index("entries_guid", "entries", ["source", "guid_hash"])
    op.create_index("aliases_article", "aliases", ["article_id"])


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", key, primary_key=True),
        sa.Column("source", key, nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("canonical_key", key),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("duplicate_of", key),
        sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("noindex", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("labelled", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("label_wanted", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("searched", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("page", sa.Text(), nullable=False, server_default="none"),
        sa.Column("page_tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("page_next_at", sa.BigInteger()),
        sa.Column("page_error", sa.Text()),
        sa.Column("authors", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("company", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False, server_default=""),
        sa.Column("words", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("minutes", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("kind", sa.Text(), nullable=False, server_default=""),
        sa.Column("tags", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("roles", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("audience", sa.Text(), nullable=False, server_default=""),
        sa.Column("summary", sa.Text(), nullable=False, server_default=""),
        sa.Column("deck", sa.Text(), nullable=False, server_default=""),
        sa.Column("image", sa.Text()),
        sa.Column("description", sa.Text(), nullable=False, server_default=""),
        sa.Column("categories", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("signals", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("also_at", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("title_key", sa.BigInteger()),
        sa.Column("shingles", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("signature", sa.LargeBinary()),
        sa.Column("signature_keys", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False, server_default=""),
        sa.Column("content_html", sa.Text(), nullable=False, server_default=""),
    )
    _partial("articles_canonical", "canonical_key IS NOT NULL", "canonical_key")
    _partial("articles_copies", "duplicate_of IS NOT NULL", "duplicate_of")
    _partial("articles_held", "held", "source")
    _partial("articles_label_due", "label_wanted AND NOT labelled", "id")
    op.create_index(
        "articles_newest", "articles", [sa.text("coalesce(published_at, first_seen_at)"), "id", "first_seen_at"]
    )
    _partial("articles_page_due", "page_next_at IS NOT NULL", "id", "page_next_at")
    _partial("articles_title", "title_key IS NOT NULL", "title_key")
    _partial("articles_unsearched", "NOT searched", "id")


def _partial(name: str, where: str, *columns: str) -> None:
    op.create_index(name, "articles", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _make_copies() -> None:
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), primary_key=True),
        sa.Column("article_id", key, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "edges",
        sa.Column("a", key, primary_key=True),
        sa.Column("b", key, primary_key=True),
        sa.Column("reason", key, primary_key=True),
        sa.Column("similarity", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("edges_b", "edges", ["b"])


def _make_issues() -> None:
    op.create_table(
        "issues",
        sa.Column("profile", key, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "composed",
        sa.Column("profile", key, primary_key=True),
        sa.Column("start_at", sa.BigInteger(), primary_key=True),
        sa.Column("end_at", sa.BigInteger(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "ledger",
        sa.Column("profile", key, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("article_id", key, nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
    )
    op.create_index("ledger_article", "ledger", ["article_id", "profile", "number"])
