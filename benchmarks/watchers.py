"""Watchers of films in production: how late each hears an event, what they cost the server, and a restart in the middle.

    python benchmarks/watchers.py [--watchers 500] [--films 20] [--shots 3]

`storyreel serve` makes the films at a stand-in of Replicate, both in processes of their own; every watcher follows one film by
server-sent events, and comes back by Last-Event-ID after a second, as a browser does, when the server is stopped and started
again. Prints a line of JSON: lateness from the event's time to the watcher, the server's CPU and memory, and what was lost or
heard twice, which must be nothing.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp

STORYREEL = str(Path(sys.executable).with_name("storyreel"))
FILM = {"model": "seedance-1-lite@replicate", "seconds": 2, "size": "854x480", "joins": "cuts", "cache": False}
WORDS = "A fox runs through the snow. It stops at a fence. It looks up. Snow falls."
AGAIN_S = 1.0


@dataclass(slots=True)
class Watcher:
    """Follows one film to its end."""

    film: str
    heard: list[int] = field(default_factory=list[int])
    late_s: list[float] = field(default_factory=list[float])
    came: list[float] = field(default_factory=list[float])  # when a stream began to tell

    async def watch(self, client: aiohttp.ClientSession) -> None:
        """Until the film ends."""
        while True:
            since = {"Last-Event-ID": str(self.heard[-1])} if self.heard else {}
            with suppress(aiohttp.ClientError):
                where = f"/v1/films/{self.film}/events"
                async with client.get(where, headers={"Accept": "text/event-stream", **since}) as response:
                    self.came.append(time.time())
                    if await self._told(response):
                        return
            await asyncio.sleep(AGAIN_S)

    async def _told(self, response: aiohttp.ClientResponse) -> bool:
        id, kind = 0, ""
        async for line in response.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "event":
                kind = value
            elif name == "id":
                id = int(value)
            elif name == "data" and kind not in {"end", "take.progressed", "take.delayed"}:
                self.heard.append(id)
                at = datetime.fromisoformat(json.loads(value)["at"]).timestamp()
                if at > self.came[-1]:  # what was before is not late
                    self.late_s.append(time.time() - at)
        return kind == "end"


@asynccontextmanager
async def running(*words: str, **environ: str) -> AsyncGenerator[tuple[asyncio.subprocess.Process, str]]:
    """A process of Storyreel's and the first line that it prints; ended as Ctrl-C does."""
    process = await asyncio.create_subprocess_exec(
        STORYREEL, *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env={**os.environ, **environ}
    )
    assert process.stdout is not None
    try:
        yield process, (await process.stdout.readline()).decode()
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        await process.wait()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return there.getsockname()[1]


async def measured(count: int, films: int, shots: int, home: str) -> dict[str, float]:
    """Everything, as a line of JSON has it."""
    port = free_port()
    serve = ("serve", "--port", str(port), "--json")
    async with (
        running("standin", "up", "replicate", "--speed", "4", "--json") as (_, line),
        aiohttp.ClientSession(
            f"http://127.0.0.1:{port}", connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None)
        ) as client,
    ):
        told = {"STORYREEL_HOME": home, "STORYREEL_WORKERS": "1", **json.loads(line)["env"]}
        async with running(*serve, **told) as (first, _):
            watchers = await begun(client, count, films, shots)
            tasks = [asyncio.ensure_future(one.watch(client)) for one in watchers]
            cpu = await used(first.pid, 8.0)
            memory = mib(first.pid)
        stopped = time.time()
        async with running(*serve, **told):
            await asyncio.gather(*tasks)
            kept = {film: await numbers(client, film) for film in {one.film for one in watchers}}
    again = [min(came for came in one.came if came > stopped) - stopped for one in watchers if one.came[-1] > stopped]
    late = sorted(late for one in watchers for late in one.late_s)
    return {
        "watchers": count,
        "films": films,
        "events": sum(len(one.heard) for one in watchers),
        "lost": sum(len(set(kept[one.film]) - set(one.heard)) for one in watchers),
        "twice": sum(len(one.heard) - len(set(one.heard)) for one in watchers),
        "late_p50_s": round(statistics.median(late), 4),
        "late_p99_s": round(late[int(len(late) * 0.99)], 4),
        "cpu": round(cpu, 3),
        "mib": round(memory),
        "resumed": len(again),
        "all_resumed_s": round(max(again), 2),
    }


async def begun(client: aiohttp.ClientSession, count: int, films: int, shots: int) -> list[Watcher]:
    """Watchers of films that were just asked for."""
    ids: list[str] = []
    for number in range(films):
        asked = {**FILM, "prompt": WORDS, "shots": shots, "seed": number, "budget": 5}
        async with client.post("/v1/films", json=asked) as response:
            response.raise_for_status()
            ids.append((await response.json())["id"])
    return [Watcher(ids[number % films]) for number in range(count)]


async def used(pid: int, seconds: float) -> float:
    """The share of a core that a process takes for so long."""
    before = cpu_s(pid)
    await asyncio.sleep(seconds)
    return (cpu_s(pid) - before) / seconds


def cpu_s(pid: int) -> float:
    """Seconds of a core that a process has taken, in its own code and the system's."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def mib(pid: int) -> float:
    """What a process holds of memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def numbers(client: aiohttp.ClientSession, film: str) -> list[int]:
    """The numbers of all events of a film."""
    async with client.get(f"/v1/films/{film}/events") as response:
        return [event["number"] for event in (await response.json())["data"]]


def main() -> None:
    """Print what was measured."""
    words = argparse.ArgumentParser()
    for name, usual in (("watchers", 500), ("films", 20), ("shots", 3)):
        words.add_argument(f"--{name}", type=int, default=usual)
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        print(json.dumps(asyncio.run(measured(told.watchers, told.films, told.shots, home))))


if __name__ == "__main__":
    main()
