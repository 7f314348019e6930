"""Many films at once: how fast they are accepted, what ten thousand that wait cost, and how soon one that is alone is sent.

    python benchmarks/many_films.py [--films 100] [--shots 100] [--watch 60]

One stand-in of Replicate, in a process of its own, takes them all and finishes none meanwhile. The peer is a program that keeps
its state in memory and waits for each clip in a coroutine of its own, a look every ten seconds, as a bot does it: measured on
the same stand-in. Prints a line of JSON for each figure.
"""

import argparse
import asyncio
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from storyreel.accounts import accounts_of
from storyreel.domain.film import Film
from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.studio import Studio

STORYREEL = str(Path(sys.executable).with_name("storyreel"))
MODEL = "kling-2.5-turbo@replicate"
CLOUD = """
import asyncio, json, sys
from decimal import Decimal
from storyreel.standins.replicate import Replicate
async def main():
    async with Replicate(speed=float(sys.argv[1])) as cloud:
        cloud.credit_usd = Decimal(1_000_000)
        print(json.dumps(cloud.environment(cloud.url)), flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""
BOT = """
import asyncio, json, re, sys, time
from pathlib import Path
import aiohttp
url, token, count, watch = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
head = {"Authorization": f"Bearer {token}"}
async def one(session, gate, sent):
    asked = {"input": {"prompt": "A ship at sea", "duration": 5}}
    async with gate, session.post(f"{url}/models/kwaivgi/kling-v2.5-turbo-pro/predictions", json=asked, headers=head) as answer:
        told = await answer.json()
    sent.append(told["id"])
    while told["status"] in ("starting", "processing"):
        await asyncio.sleep(10)
        async with session.get(f"{url}/predictions/{told['id']}", headers=head) as answer:
            told = await answer.json()
async def main():
    sent, gate = [], asyncio.Semaphore(50)
    async with aiohttp.ClientSession() as session:
        tasks = [asyncio.ensure_future(one(session, gate, sent)) for _ in range(count)]
        while len(sent) < count:
            await asyncio.sleep(0.1)
        cpu, began = time.process_time(), time.perf_counter()
        await asyncio.sleep(watch)
        used = (time.process_time() - cpu) / (time.perf_counter() - began)
        most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())  # rusage remembers who started it
        print(json.dumps({"cpu": used, "mib": int(most[1]) / 1024}))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
asyncio.run(main())
"""


def tell(what: str, **figures: float | str | bool) -> None:
    """A line of JSON."""
    print(
        json.dumps(
            {"what": what} | {name: round(value, 3) if isinstance(value, float) else value for name, value in figures.items()}
        ),
        flush=True,
    )


@contextmanager
def cloud(speed: float) -> Generator[dict[str, str]]:
    """The environment of a stand-in of that speed, whose account can pay for them all."""
    process = subprocess.Popen([sys.executable, "-c", CLOUD, str(speed)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


def board(shots: int) -> Storyboard:
    """So many shots that need not wait for one another."""
    made = tuple(
        Shot(id=f"s{number}", beat=f"b{number}", description=f"A ship at sea, number {number}", seconds=5)
        for number in range(1, shots + 1)
    )
    return Storyboard(title="Ships", scenes=(Scene(id="sea", heading="SEA", location="sea", shots=made),))


def calls(home: Path) -> dict[str, int]:
    """How many calls stand in each state."""
    with sqlite3.connect(home / "storyreel.db") as database:
        rows = dict(database.execute("SELECT state, count(*) FROM calls GROUP BY state").fetchall())
    database.close()
    return rows


def size_of(home: Path) -> int:
    """Bytes of the two databases with their logs."""
    return sum(path.stat().st_size for path in home.iterdir() if path.name.startswith(("storyreel.db", "engine.db")))


async def accepted(studio: Studio, films: int, shots: int) -> float:
    """Films accepted in a second; each is on the disk when its call comes back."""
    story = board(shots)
    began = time.perf_counter()
    gate = asyncio.Semaphore(50)

    async def one() -> Film:
        async with gate:
            return await studio.start_film(story, model=MODEL, joins="cuts", seed=1, output=None)

    await asyncio.gather(*[one() for _ in range(films)])
    return films / (time.perf_counter() - began)


async def idle_latency(studio: Studio, rounds: int = 21) -> list[float]:
    """Seconds from accepted to sent, for one film at a time."""
    told: list[float] = []
    for number in range(rounds):
        story = board(1)
        film = await studio.start_film(story, model=MODEL, joins="cuts", seed=number + 10)
        began = time.perf_counter()
        async for event in studio.events(film):
            if event.fact.kind == "take.sent":
                break
        told.append(time.perf_counter() - began)
        await asyncio.sleep(0.3)
    return told[1:]  # the first opens the connections


async def ours(home: Path, environment: dict[str, str], told: argparse.Namespace) -> bool:
    """Every figure of ours; whether each goal was met."""
    count = told.films * told.shots
    accounts = accounts_of({**environment, "STORYREEL_REPLICATE_IN_FLIGHT": "100000"})
    met: list[bool] = []
    async with Studio(home, accounts=accounts) as studio:
        latencies = await idle_latency(studio)
        middle = statistics.median(latencies)
        met.append(middle < 0.15)
        tell("accepted to sent, one film alone", p50_s=middle, worst_s=max(latencies), goal_s=0.15, met=met[-1])
        before = size_of(home)
        tell("films accepted in a second", shots=told.shots, per_second=await accepted(studio, told.films, told.shots))
        began = time.perf_counter()
        while calls(home).get("accepted", 0) < count:  # noqa: ASYNC110  another process would ask the same
            await asyncio.sleep(1)
        tell("all at the provider", generations=count, after_s=time.perf_counter() - began)
        await asyncio.sleep(5)
        cpu, at = time.process_time(), time.perf_counter()
        await asyncio.sleep(told.watch)
        used = (time.process_time() - cpu) / (time.perf_counter() - at)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        met.append(memory < 300 and used < 0.25)
        tell("waiting", generations=count, mib=memory, core=used, goal_mib=300, goal_core=0.25, met=met[-1])
        tell("on the disk", bytes_per_film=(size_of(home) - before) // told.films, shots=told.shots)
    return all(met)


def main() -> int:
    """Measure both; fails where a goal was not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=int, default=100)
    parser.add_argument("--shots", type=int, default=100)
    parser.add_argument("--watch", type=float, default=60.0, help="seconds over which the waiting is measured")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, cloud(speed=0.01) as environment:
        met = asyncio.run(ours(Path(folder) / "home", environment, told))
    with cloud(speed=0.01) as environment:
        url, token = environment["REPLICATE_BASE_URL"] + "/v1", environment["REPLICATE_API_TOKEN"]
        asked = [sys.executable, "-c", BOT, url, token, str(told.films * told.shots), str(told.watch)]
        done = subprocess.run(asked, capture_output=True, text=True, check=True, env=dict(os.environ))
    theirs = json.loads(done.stdout)
    tell("waiting, in memory, a coroutine each", generations=told.films * told.shots, mib=theirs["mib"], core=theirs["cpu"])
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
