"""What is asked each second or before each call is answered from an index: budgets of a user and a day, films to be delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes; the one of users takes the place of a narrower one."""
    op.drop_index("ix_calls_user", "calls")
    op.create_index("ix_calls_user", "calls", ["user", "reserved_micros", "cost_micros"])
    op.create_index("ix_calls_created", "calls", ["created", "reserved_micros", "cost_micros"])
    undelivered = sa.text("deliver_to IS NOT NULL AND delivered IS NULL")
    op.create_index("ix_films_undelivered", "films", ["state"], sqlite_where=undelivered, postgresql_where=undelivered)
