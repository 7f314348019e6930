"""Record the engine's history of a film with a chain and a cut: `python -m tests.production.record_history FILE [RETAKES]`.

With retakes, every shot's first take is black and is made again.
"""

import asyncio
import json
import sqlite3
import sys
import tempfile
from pathlib import Path

from storyreel.catalog.load import load_catalogue
from storyreel.domain.film import Joins
from storyreel.domain.values import JSON
from storyreel.production.opening import open_line
from tests.production.conftest import board, film_of
from tests.production.scripted import Cloud

TABLES = ("workflow_status", "workflow_input", "operation_outputs")
LEFT = {"status": "PENDING", "executor_id": "a process that is gone"}


async def history(retakes: int) -> dict[str, list[dict[str, JSON]]]:
    """What the engine wrote while a film was made, as if the process had died at its very end."""
    with tempfile.TemporaryDirectory() as folder:
        clips = Path(folder) / "cloud"
        clips.mkdir()
        home = Path(folder) / "home"
        cloud = Cloud(clips, black_seeds={0} if retakes else set())
        film = film_of(board(2, 1), joins=Joins.CHAIN)
        film = film.model_copy(update={"order": film.order.model_copy(update={"retakes": retakes})})
        async with await open_line(home, catalogue=load_catalogue(), opener=cloud.open) as line:
            await line.produce(film)
            await line.wait("ships-0001")
            await asyncio.sleep(1)
        database = sqlite3.connect(home / "engine.db")
        database.row_factory = sqlite3.Row
        tables = {table: [_plain(row) for row in database.execute(f'SELECT * FROM "{table}"')] for table in TABLES}
        database.close()
    return tables


def _plain(row: sqlite3.Row) -> dict[str, JSON]:
    """A row without what is empty, and without its run's own end."""
    values = {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118  a row has no items
    return {name: LEFT.get(name, value) for name, value in values.items() if name != "completed_at"}


if __name__ == "__main__":
    text = json.dumps(asyncio.run(history(int(sys.argv[2]) if len(sys.argv) > 2 else 0)), indent=1)
    Path(sys.argv[1]).write_text(f"{text}\n", encoding="utf-8")
