"""Workers that make every film of a home, to be killed: `python -m tests.soak.lives`.

It loads everything once and then forks a life for each line of JSON that it reads, and answers with its process id. A life takes
up whatever is unfinished, and ends when nothing is.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from storyreel.catalog.load import load_catalogue
from storyreel.domain.film import FilmState
from storyreel.settings import settings_of_environment
from storyreel.studio import Studio
from tests.loaded import load

OVER = {FilmState.READY, FilmState.NEEDS_ATTENTION}


async def live(home: Path) -> None:
    """Work until every film is ready, or waits for a person."""
    async with Studio(home, settings=settings_of_environment()) as studio:
        while any(film.state not in OVER for film in await studio.films(1000)):
            await studio.resume()


def fork_a_life(home: str, environment: dict[str, str]) -> int:
    """The process id of a new life."""
    if child := os.fork():
        return child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.environ.update(environment)
    asyncio.run(live(Path(home)))
    os._exit(0)


def main() -> None:
    """Answer each line with a life."""
    load("dbos._sys_db_sqlite")
    load_catalogue()  # the packaged one is then known to every life
    for order in sys.stdin:
        sys.stdout.write(f"{fork_a_life(*json.loads(order))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    main()
