"""The narrower form of an article within its kind, as new labels tell it; articles that are there have none.

A migration says what it makes in full and imports nothing of ours, so that it makes the same for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("subkind", sa.Text(), nullable=False, server_default=""))
