"""The command line stays light: what is heavy loads where it is used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("asyncio", "av", "PIL", "numpy", "dbos", "sqlalchemy", "alembic", "pydantic", "aiohttp", "obstore", "aggdraw")
WRITING = ("storyreel.writing", "storyreel.lexicon", "storyreel.animatic", "av", "PIL", "numpy", "dbos", "structlog")
ELSEWHERE = ("aiohttp", "psycopg", "sqlalchemy.dialects.postgresql")
OBSERVING = ("structlog", "opentelemetry", "prometheus_client")


def test_help_loads_nothing_heavy() -> None:
    program = f"import sys, storyreel.doors.cli.main; print([name for name in {HEAVY + OBSERVING!r} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_python_runs_the_command_line_by_the_name_of_the_package() -> None:
    done = subprocess.run([sys.executable, "-m", "storyreel", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("storyreel ")


def test_importing_storyreel_loads_no_room_of_it() -> None:
    program = "import sys, storyreel; print([name for name in sys.modules if name.startswith('storyreel.')])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.journey
def test_a_server_that_starts_loads_neither_what_writes_nor_what_draws() -> None:
    program = f"import sys, storyreel.doors.server.running; print([name for name in {WRITING!r} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.journey
def test_telling_of_films_loads_no_client_of_the_web_and_no_other_database(tmp_path: Path) -> None:
    told = f"print([name for name in {ELSEWHERE!r} if name in sys.modules])"
    program = (
        f"import atexit, sys; atexit.register(lambda: {told});"
        " from storyreel.doors.cli.main import app; sys.argv = ['storyreel', 'films']; app()"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "STORYREEL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "[]"
