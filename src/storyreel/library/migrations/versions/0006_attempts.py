"""A request that may come twice is worked on by one attempt, which tells now and then that it is still there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add whose attempt a request without an answer is, and when it was last renewed."""
    op.add_column("replies", sa.Column("token", sa.String(32)))
    op.add_column("replies", sa.Column("renewed", sa.DateTime()))
