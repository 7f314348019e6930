"""Processes that work on a shared line, to be killed or stopped: `python -m tests.production.hands`.

It loads everything once and then forks a worker for each line of JSON that it reads (a home, and the environment), and answers
with its process id; a worker is the leader of its own group, and ends by SIGTERM as `storyreel worker` does.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from storyreel.settings import settings_of_environment
from storyreel.studio import Studio
from tests.loaded import load


async def work(home: Path) -> None:
    """Until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await Studio(home, settings=settings_of_environment()).work(stop)


def fork_a_worker(home: str, environment: dict[str, str]) -> int:
    """The process id of a new worker."""
    if child := os.fork():
        return child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.environ.update(environment)
    asyncio.run(work(Path(home)))
    os._exit(0)


def main() -> None:
    load("dbos._sys_db_postgres", "storyreel.production.shared_line")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    for order in sys.stdin:
        sys.stdout.write(f"{fork_a_worker(*json.loads(order))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
