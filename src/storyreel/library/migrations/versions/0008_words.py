"""What a film is found by lies beside it: its words, in which letters' case is gone."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_ONCE = 500


def upgrade() -> None:
    """Add the column, and fill it for the films that are there."""
    op.add_column("films", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    films = sa.table("films", *map(sa.column, ("id", "storyboard", "order", "words")))
    connection = op.get_bind()
    last = ""
    while rows := connection.execute(
        sa.select(films.c.id, films.c.storyboard, films.c.order).where(films.c.id > last).order_by(films.c.id).limit(AT_ONCE)
    ).all():
        for id, storyboard, order in rows:
            words = "\n".join(dict.fromkeys(filter(None, _words(id, json.loads(storyboard), json.loads(order)))))
            changed = sa.update(films).where(films.c.id == id).values(words=words.casefold().replace("ё", "е").replace("\0", ""))
            connection.execute(changed)
        last = rows[-1][0]


def _words(id: str, storyboard: dict[str, Any], order: dict[str, Any]) -> Iterator[str]:
    yield from (storyboard["title"], id, storyboard.get("source", ""), order["model"])
    for scene in storyboard["scenes"]:
        yield scene["heading"]
        for shot in scene["shots"]:
            yield from (shot["description"], shot.get("prompt", ""), shot.get("sound", ""), shot.get("model") or "")
            yield from (line["words"] for line in shot.get("dialogue", ()))
