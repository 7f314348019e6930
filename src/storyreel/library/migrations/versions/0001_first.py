"""The first schema: films, takes, selections, calls, events, assets."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _assets()
    _calls()
    _films()
    _events()
    _takes()
    _selections()


def _assets() -> None:
    op.create_table(
        "assets",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger()),
        sa.Column("media_type", sa.String(length=100)),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_assets")),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("film", sa.String(length=64), nullable=False),
        sa.Column("shot", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("take", sa.String(length=80), nullable=False),
        sa.Column("provider", sa.String(length=60), nullable=False),
        sa.Column("repeat", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("quote_micros", sa.BigInteger()),
        sa.Column("reserved_micros", sa.BigInteger(), nullable=False),
        sa.Column("cost_micros", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=80)),
        sa.Column("deadline", sa.DateTime()),
        sa.Column("remote_id", sa.Text()),
        sa.Column("next_look", sa.DateTime()),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=80)),
        sa.Column("lease_until", sa.DateTime()),
        sa.Column("sighting", sa.Text()),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("output", sa.String(length=64)),
        sa.Column("error_code", sa.String(length=40)),
        sa.Column("error", sa.Text()),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_calls")),
    )
    op.create_index("ix_calls_due", "calls", ["state", "next_look"])
    op.create_index(op.f("ix_calls_film"), "calls", ["film"])


def _films() -> None:
    op.create_table(
        "films",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("storyboard", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("budget_micros", sa.BigInteger()),
        sa.Column("deliver_to", sa.Text()),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime()),
        sa.Column("output", sa.String(length=64)),
        sa.Column("seconds", sa.Float()),
        sa.Column("cost_micros", sa.BigInteger(), nullable=False),
        sa.Column("error_code", sa.String(length=40)),
        sa.Column("error", sa.Text()),
        sa.Column("delivered", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_films")),
    )
    op.create_index(op.f("ix_films_created"), "films", ["created"])
    op.create_index(op.f("ix_films_state"), "films", ["state"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("film", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["film"], ["films.id"], name=op.f("fk_events_film"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_film", "events", ["film", "number"])


def _takes() -> None:
    op.create_table(
        "takes",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("film", sa.String(length=64), nullable=False),
        sa.Column("shot", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("inputs_digest", sa.String(length=64), nullable=False),
        sa.Column("output", sa.String(length=64)),
        sa.Column("last_frame", sa.String(length=64)),
        sa.Column("seconds", sa.Float()),
        sa.Column("cost_micros", sa.BigInteger(), nullable=False),
        sa.Column("error_code", sa.String(length=40)),
        sa.Column("error", sa.Text()),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime()),
        sa.ForeignKeyConstraint(["film"], ["films.id"], name=op.f("fk_takes_film"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takes")),
        sa.UniqueConstraint("film", "shot", "number", name=op.f("uq_takes_film")),
    )
    op.create_index(op.f("ix_takes_inputs_digest"), "takes", ["inputs_digest"])


def _selections() -> None:
    op.create_table(
        "selections",
        sa.Column("film", sa.String(length=64), nullable=False),
        sa.Column("shot", sa.String(length=64), nullable=False),
        sa.Column("take", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["film"], ["films.id"], name=op.f("fk_selections_film"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["take"], ["takes.id"], name=op.f("fk_selections_take"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("film", "shot", name=op.f("pk_selections")),
    )
