"""The recorded history of a film replays under today's flows: no step runs again, none is missing, none has another name.

Where a flow must change, put the change behind a patch, and record a second history beside this one:
`python -m tests.production.record_history tests/production/history.json`.
"""

import json
import sqlite3
from pathlib import Path
from typing import cast

import pytest

from storyreel.domain.values import JSON
from storyreel.production.engine_dbos import DbosEngine
from storyreel.production.film import Films
from storyreel.production.floor import Floor
from storyreel.production.generation import Generations
from storyreel.production.runner import Runner
from tests.production.conftest import until

HISTORIES = [
    "history.json",  # of the first flows
    "history_retakes.json",  # with shots that were made again
]


@pytest.mark.parametrize("name", HISTORIES)
async def test_the_recorded_history_of_a_film_replays(tmp_path: Path, floor: Floor, name: str) -> None:
    path = tmp_path / "engine.db"
    films, strands = Films(floor), Generations(floor, Runner(floor))
    await make_empty(path)
    runs = restore(path, history(name))
    engine = DbosEngine(path, process="today")
    await engine.open({"film": films.make_film, "strand": strands.make_strand})

    assert await engine.start("film", "ships-0001/1", "ships-0001", "ships-0001/1")
    await until(lambda: {"PENDING", "ENQUEUED"}.isdisjoint(states(path)))
    await engine.close()

    assert states(path) == ["SUCCESS"] * runs
    assert steps(path) == sum(
        len(cast("list[JSON]", rows)) for table, rows in history(name).items() if table == "operation_outputs"
    )


async def make_empty(path: Path) -> None:
    engine = DbosEngine(path, process="nobody")
    await engine.open({})
    await engine.close()


def history(name: str) -> dict[str, list[dict[str, JSON]]]:
    return json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def restore(path: Path, tables: dict[str, list[dict[str, JSON]]]) -> int:
    """Put the history back as a process leaves it that dies after the last step; how many runs it holds."""
    with sqlite3.connect(path) as database:
        for table, rows in tables.items():
            for row in rows:
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" * len(row))
                database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))
    database.close()
    return len(tables["workflow_status"])


def states(path: Path) -> list[str]:
    database = sqlite3.connect(path)
    found = [state for (state,) in database.execute("SELECT status FROM workflow_status")]
    database.close()
    return found


def steps(path: Path) -> int:
    database = sqlite3.connect(path)
    (count,) = database.execute("SELECT count(*) FROM operation_outputs").fetchone()
    database.close()
    return count
