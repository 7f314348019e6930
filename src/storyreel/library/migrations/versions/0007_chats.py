"""Dialogs in chats, and the films that are told there."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "chats",
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("talk", sa.Text(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("updated", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "chat", "user", name=op.f("pk_chats")),
    )
    op.create_table(
        "chat_films",
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("film", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("message", sa.BigInteger()),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("output", sa.String(length=64)),
        sa.Column("file", sa.Text()),
        sa.Column("updated", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "film", name=op.f("pk_chat_films")),
    )
    op.create_index("ix_chat_films_state", "chat_films", ["bot", "state"])
