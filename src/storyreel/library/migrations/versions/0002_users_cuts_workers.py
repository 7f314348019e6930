"""Whose a film is and how urgent, what a reuse spared, locked selections, earlier cuts, the workers of a shared line."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables."""
    for table in ("films", "calls"):
        op.add_column(table, sa.Column("user", sa.String(length=64), nullable=False, server_default="local"))
        op.add_column(table, sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("takes", sa.Column("saved_micros", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("calls", sa.Column("sent", sa.DateTime()))
    op.add_column("selections", sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_calls_provider", "calls", ["provider", "state"])
    op.create_index("ix_calls_sent", "calls", ["provider", "sent"])
    op.create_index("ix_calls_user", "calls", ["user", "created"])
    op.create_index("ix_calls_take", "calls", ["take"])
    op.create_index("ix_calls_remote_id", "calls", ["remote_id"])
    _cuts()
    _workers()
    if op.get_bind().dialect.name == "postgresql":  # which refuses what is longer; SQLite does not
        for table, column in (("takes", "id"), ("selections", "take"), ("calls", "take")):
            op.alter_column(table, column, type_=sa.String(length=160))


def _cuts() -> None:
    op.create_table(
        "cuts",
        sa.Column("film", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("output", sa.String(length=64), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("takes", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["film"], ["films.id"], name=op.f("fk_cuts_film"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("film", "number", name=op.f("pk_cuts")),
    )


def _workers() -> None:
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("beat", sa.DateTime(), nullable=False),
        sa.Column("gone", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
