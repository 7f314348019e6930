"""A hundred films at one stand-in, made by 1, 2 and 4 workers on PostgreSQL, and the film bot's way beside them.

    python benchmarks/workers.py [--films 60] [--shots 3]

The stand-in of Replicate takes some seconds for a clip and serves as many at once as are asked for. The film bot's way: one shot
after another, state in memory, a look every half second, no check of what arrives; it is measured on a tenth of the films, since
it takes so long. PostgreSQL is begun from the package that the tests use. Prints a line of JSON each.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from many_films import MODEL, STORYREEL, board, cloud, tell

sys.path.insert(0, str(Path(__file__).parents[1]))
SPEED = 30.0  # a clip in about two seconds
IN_FLIGHT = 24
BOT = """
import json, sys, time, urllib.request
url, token, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
for number in range(count):
    asked = json.dumps({"input": {"prompt": f"A ship at sea, number {number}", "duration": 5}}).encode()
    create = urllib.request.Request(f"{url}/v1/models/kwaivgi/kling-v2.5-turbo-pro/predictions", asked, head)
    told = json.load(urllib.request.urlopen(create))
    while told["status"] in ("starting", "processing"):
        time.sleep(0.5)
        told = json.load(urllib.request.urlopen(urllib.request.Request(f"{url}/v1/predictions/{told['id']}", headers=head)))
    urllib.request.urlopen(told["output"]).read()
"""


def made_by(workers: int, films: int, shots: int, url: str, home: Path, environment: dict[str, str]) -> float:
    """Seconds in which so many workers make the films, from the moment that all of them are up."""
    from storyreel.domain.film import FilmState
    from storyreel.library import films as shelf
    from storyreel.library.database import Database

    told = {**os.environ, **environment, "STORYREEL_DATABASE": url, "STORYREEL_HOME": str(home)}
    told |= {"STORYREEL_REPLICATE_IN_FLIGHT": str(IN_FLIGHT), "STORYREEL_LOG": "off", "OPENBLAS_NUM_THREADS": "1"}
    with Database.open(url) as database:
        crew = [
            subprocess.Popen([STORYREEL, "worker"], env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(workers)
        ]
        try:
            time.sleep(6 + 2 * workers)  # until they are up
            began = time.perf_counter()
            for number in range(films):
                database.write_now(shelf.insert_film, film(number, shots))
            while any(one.state is not FilmState.READY for one in database.read_now(shelf.films, limit=films)):
                time.sleep(0.2)
            return time.perf_counter() - began
        finally:
            for one in crew:
                one.terminate()
            for one in crew:
                one.wait(90)


def film(number: int, shots: int):
    """A film whose shots need not wait for one another, and serve no other film."""
    from datetime import UTC, datetime

    from storyreel.domain.film import Film, FilmState, Joins, Order

    order = Order(model=MODEL, joins=Joins.CUTS, sound=False, cache=False)
    return Film(
        id=f"ships-{number:04}",
        title="Ships",
        state=FilmState.QUEUED,
        storyboard=board(shots),
        order=order,
        created=datetime.now(UTC),
    )


def main() -> int:
    """Measure 1, 2 and 4 workers, and the bot."""
    from tests.postgres import Server

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=int, default=60)
    parser.add_argument("--shots", type=int, default=3)
    told = parser.parse_args()
    server = Server()
    try:
        with cloud(SPEED) as environment:
            seconds: dict[int, float] = {}
            for workers in (1, 2, 4):
                with tempfile.TemporaryDirectory() as folder:
                    url = server.url(server.create())
                    seconds[workers] = made_by(workers, told.films, told.shots, url, Path(folder), environment)
                tell(
                    "workers",
                    workers=workers,
                    films=told.films,
                    shots=told.shots,
                    seconds=seconds[workers],
                    films_per_minute=told.films / seconds[workers] * 60,
                )
            few = max(1, told.films // 10)
            began = time.perf_counter()
            asked = [environment["REPLICATE_BASE_URL"], environment["REPLICATE_API_TOKEN"], str(few * told.shots)]
            subprocess.run([sys.executable, "-c", BOT, *asked], check=True)
            theirs = time.perf_counter() - began
        tell("the film bot's way", films=few, shots=told.shots, seconds=theirs, films_per_minute=few / theirs * 60)
        ratio = (theirs / few) / (seconds[1] / told.films)
        print(
            json.dumps(
                {
                    "name": "workers",
                    "ours": seconds[1] / told.films,
                    "theirs": theirs / few,
                    "ratio": round(ratio, 2),
                    "goal": None,
                    "met": True,
                }
            )
        )
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
