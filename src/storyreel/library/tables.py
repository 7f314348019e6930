"""What is kept, as tables. A change here needs a migration and a new revision at the end of `REVISIONS`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storyreel.domain.film import Order
from storyreel.domain.generation import Request, Sighting
from storyreel.domain.storyboard import Storyboard
from storyreel.library.columns import Dollars, Json, Utc

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""Every revision that this code knows, oldest first; the last one is what it works with."""

ONLY = "only"
"""The key, in an index's `info`, of the rows that it holds. As an option of each dialect it would load them all."""
TAKE_ID = String(80).with_variant(String(160), "postgresql")  # SQLite stores what is longer, too

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

films = Table(
    "films",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("storyboard", Json(Storyboard), nullable=False),
    Column("order", Json(Order), nullable=False),
    Column("budget_micros", Dollars),  # the order's, for the ledger's check
    Column("deliver_to", Text),  # the order's output
    Column("cancel_requested", Boolean, nullable=False, default=False),
    Column("created", Utc, nullable=False, index=True),
    Column("ended", Utc),
    Column("output", String(64)),
    Column("seconds", Float),
    Column("error_code", String(40)),
    Column("error", Text),
    Column("delivered", Text),
    Column("user", String(64), nullable=False, server_default="local"),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("api_key", String(16)),  # by which it was asked for; its budget counts the film's calls
    Column("words", Text, nullable=False, server_default=""),  # what it is found by
    Index("ix_films_undelivered", "state", info={ONLY: "deliver_to IS NOT NULL AND delivered IS NULL"}),
)

takes = Table(
    "takes",
    metadata,
    Column("id", TAKE_ID, primary_key=True),
    Column("film", String(64), ForeignKey("films.id", ondelete="CASCADE"), nullable=False),
    Column("shot", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("model", String(120), nullable=False),
    Column("route", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("request", Json(Request), nullable=False),
    Column("inputs_digest", String(64), nullable=False, index=True),
    Column("output", String(64)),
    Column("last_frame", String(64)),
    Column("seconds", Float),
    Column("cost_micros", Dollars, nullable=False),
    Column("error_code", String(40)),
    Column("error", Text),
    Column("created", Utc, nullable=False),
    Column("ended", Utc),
    Column("saved_micros", Dollars, nullable=False, server_default="0"),  # what an equal take's clip spared
    UniqueConstraint("film", "shot", "number"),
)

selections = Table(
    "selections",
    metadata,
    Column("film", String(64), ForeignKey("films.id", ondelete="CASCADE"), nullable=False),
    Column("shot", String(64), nullable=False),
    Column("take", TAKE_ID, ForeignKey("takes.id", ondelete="CASCADE"), nullable=False),
    Column("locked", Boolean, nullable=False, server_default=false()),  # stays as it is, stale or not
    PrimaryKeyConstraint("film", "shot"),
)

cuts = Table(  # append-only: every film that was ever joined of a storyboard's takes
    "cuts",
    metadata,
    Column("film", String(64), ForeignKey("films.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("output", String(64), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("takes", Text, nullable=False),  # ids in order, as a JSON list
    Column("created", Utc, nullable=False),
    PrimaryKeyConstraint("film", "number"),
)

calls = Table(  # no foreign keys: what was paid stays on record when its film is deleted
    "calls",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("film", String(64), nullable=False, index=True),
    Column("shot", String(64), nullable=False),
    Column("number", Integer, nullable=False),  # the take's, within its shot
    Column("route", String(200), nullable=False),
    Column("take", TAKE_ID, nullable=False),
    Column("provider", String(60), nullable=False),
    Column("repeat", String(10), nullable=False),
    Column("state", String(12), nullable=False),
    Column("quote_micros", Dollars),
    Column("reserved_micros", Dollars, nullable=False),
    Column("cost_micros", Dollars, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(80)),
    Column("deadline", Utc),
    Column("remote_id", Text),
    Column("next_look", Utc),
    Column("looks", Integer, nullable=False),
    Column("lease_owner", String(80)),
    Column("lease_until", Utc),
    Column("sighting", Json(Sighting)),
    Column("cancel_requested", Boolean, nullable=False),
    Column("output", String(64)),
    Column("error_code", String(40)),
    Column("error", Text),
    Column("created", Utc, nullable=False),
    Column("changed", Utc, nullable=False),
    Column("user", String(64), nullable=False, server_default="local"),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("sent", Utc),  # when it was last about to be sent
    Column("api_key", String(16)),  # its film's
    Index("ix_calls_due", "state", "next_look"),
    Index("ix_calls_provider", "provider", "state"),
    Index("ix_calls_sent", "provider", "sent"),
    Index("ix_calls_user", "user", "reserved_micros", "cost_micros"),  # with all that a budget sums up
    Index("ix_calls_created", "created", "reserved_micros", "cost_micros"),
    Index("ix_calls_take", "take"),
    Index("ix_calls_remote_id", "remote_id"),
    Index("ix_calls_api_key", "api_key"),
)

workers = Table(  # who works on the line, where it is shared: a lease each, beaten by the database's clock
    "workers",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("host", String(255), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started", Utc, nullable=False),
    Column("beat", Utc, nullable=False),
    Column("gone", Utc),  # when it was found dead, or left
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("film", String(64), ForeignKey("films.id", ondelete="CASCADE"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("fact", Text, nullable=False),
    Index("ix_events_film", "film", "number"),
    sqlite_autoincrement=True,  # a number is never given twice, even after a film is deleted
)

api_keys = Table(  # by which programs and people reach the server; the secret itself is nowhere
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("user", String(64), nullable=False),
    Column("hash", String(64), nullable=False),  # SHA-256 of the whole key
    Column("scopes", String(200), nullable=False),  # separated by spaces
    Column("budget_micros", Dollars),
    Column("created", Utc, nullable=False),
    Column("revoked", Utc),
)

videos = Table(  # single clips that the server accepted; each becomes a film of one shot
    "videos",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("user", String(64), nullable=False),
    Column("api_key", String(16)),
    Column("film", String(64)),  # None: the line is to have it yet
    Column("model", String(200), nullable=False),  # as it was asked for
    Column("route", String(200), nullable=False),  # by which it is made, as "model@provider"
    Column("prompt", Text, nullable=False),
    Column("seconds", Float, nullable=False),  # as it is made
    Column("size", String(12), nullable=False),  # as it is made
    Column("first_frame", String(64)),
    Column("seed", BigInteger, nullable=False),
    Column("budget_micros", Dollars),
    Column("allow_unpriced", Boolean, nullable=False),
    Column("notes", Text, nullable=False),  # what is otherwise than asked, a line each
    Column("remixed_from", String(64)),
    Column("quote_micros", Dollars),
    Column("error_code", String(40)),  # why no film could be made of it
    Column("error", Text),
    Column("created", Utc, nullable=False),
    Column("deleted", Utc),
    Index("ix_videos_user", "user", "created", "id"),
    Index("ix_videos_film", "film", "created"),
)

replies = Table(  # what was answered to a request that may come twice
    "replies",
    metadata,
    Column("caller", String(64), nullable=False),
    Column("key", String(255), nullable=False),  # the Idempotency-Key, or a digest of the request
    Column("digest", String(64), nullable=False),  # of the request
    Column("status", Integer),  # None: being worked on
    Column("body", Text),
    Column("created", Utc, nullable=False, index=True),
    Column("token", String(32)),  # of the attempt that works on it
    Column("renewed", Utc),  # when that was last heard of
    PrimaryKeyConstraint("caller", "key"),
)

uploads = Table(  # whose a picture or a clip is that was sent in
    "uploads",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("user", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("name", String(255), nullable=False),  # as its sender called it; never a path
    Column("media_type", String(100), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("width_px", Integer),
    Column("height_px", Integer),
    Column("seconds", Float),
    Column("created", Utc, nullable=False),
    Index("ix_uploads_user", "user", "created", "id"),
)

messages = Table(  # single films that were asked for in a conversation, as the clients of an earlier service count them
    "messages",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("conversation", String(64), nullable=False),
    Column("user", String(64), nullable=False),
    Column("film", String(64)),  # once there is one
    Column("created", Utc, nullable=False),
    Index("ix_messages_user", "user", "created"),
)

webhooks = Table(  # who wants to be told of a user's films
    "webhooks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("user", String(64), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("kinds", Text, nullable=False),  # of events, separated by spaces
    Column("after", Integer, nullable=False),  # the event up to which deliveries were made of events
    Column("created", Utc, nullable=False),
    Column("stopped", Utc),
    Column("reason", Text),  # why it was stopped
)

deliveries = Table(  # what was, or is to be, told to a webhook
    "deliveries",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("webhook", String(64), ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("film", String(64), nullable=False),
    Column("event", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Utc),
    Column("status", Integer),  # of the last answer
    Column("error", Text),
    Column("created", Utc, nullable=False),
    Column("ended", Utc),
    Index("ix_deliveries_due", "state", "next_attempt"),
    UniqueConstraint("webhook", "event"),
)

known_blobs = Table(  # "assets" is what the database has called them from its first day
    "assets",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("bytes", BigInteger),  # None: not told
    Column("media_type", String(100)),
    Column("created", Utc, nullable=False),
)

chats = Table(  # how far a person is in a dialog with a bot, in one chat
    "chats",
    metadata,
    Column("bot", BigInteger, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("user", BigInteger, nullable=False),
    Column("talk", Text, nullable=False),  # as the bot writes it
    Column("working", Boolean, nullable=False),  # something is being worked out for it
    Column("updated", Utc, nullable=False),
    PrimaryKeyConstraint("bot", "chat", "user"),
)

chat_films = Table(  # where a film was asked for, and what was told of it there
    "chat_films",
    metadata,
    Column("bot", BigInteger, nullable=False),
    Column("film", String(64), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("user", BigInteger, nullable=False),
    Column("language", String(2), nullable=False),
    Column("state", String(12), nullable=False),
    Column("message", BigInteger),  # that tells how far it is
    Column("shown", Text, nullable=False),  # what that message says
    Column("output", String(64)),  # the film's blob that was sent
    Column("file", Text),  # by which the messenger knows it
    Column("updated", Utc, nullable=False),
    PrimaryKeyConstraint("bot", "film"),
    Index("ix_chat_films_state", "bot", "state"),
)

revision = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table: which revision the stored schema has."""
