"""Who got which issue, and by what: delivery goes on where it broke off.

A migration says what it makes in full and imports nothing of ours, so that it makes the same for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("profile", key, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("sink", key, primary_key=True),
        sa.Column("recipient", key, primary_key=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
    )
