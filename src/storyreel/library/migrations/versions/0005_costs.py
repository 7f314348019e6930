"""What a film has cost is asked of its calls: the column that was written and never read goes."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the column in its place: to make the table anew would take the takes with it, which refer to it."""
    op.drop_column("films", "cost_micros")
