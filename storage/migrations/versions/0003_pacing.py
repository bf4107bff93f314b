"""What a feed asks of those who poll it, since when it is asked, and since when it says that it moved.

A migration says what it makes in full and imports nothing of ours, so that it makes the same for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("move_since", sa.BigInteger()),
        ("asked_at", sa.BigInteger()),
        ("wait_seconds", sa.Integer()),
        ("skip_hours", sa.Text()),
        ("skip_days", sa.Text()),
    ):
        op.add_column("feeds", sa.Column(name, kind))
