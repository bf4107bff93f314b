"""Whose turn it is at a host, over all processes; and which feeds are due, by an index.

A migration says what it makes in full and imports nothing of ours, so that it makes the same for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "turns",
        sa.Column("lane", key, primary_key=True),
        sa.Column("holder", sa.Text()),
        sa.Column("held_until", sa.BigInteger()),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("feeds_due", "feeds", ["next_check_at", "source"])
