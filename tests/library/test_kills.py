"""SIGKILL in mid-write: what was told as written is there, whole, and the next process goes on. Requirement F2."""

import random
import sqlite3
import subprocess
import sys
import time

import pytest

from storyreel.domain.generation import CallState
from storyreel.library import events, films, ledger
from storyreel.library.database import Database
from storyreel.library.home import Home
from tests.library.rows import a_film

WRITER = """
import asyncio, sys
from decimal import Decimal
from storyreel.domain.generation import Repeat
from storyreel.library import ledger
from storyreel.library.database import Database
from tests.library.rows import NOW, a_key, later

async def pay(database, number):
    key = a_key(shot=f"s{number}", take=number)
    await database.write(ledger.reserve, key, f"t{number}", "cloud", Repeat.NONE, Decimal(1), NOW)
    await database.write(ledger.mark_sending, key, "me", later(60))
    await database.write(ledger.mark_accepted, key, f"r{number}", NOW, NOW)
    print(number, flush=True)

async def main():
    with Database.open(sys.argv[1]) as database:
        first = int(sys.argv[2])
        for base in range(first, first + 1_000_000, 20):
            await asyncio.gather(*[pay(database, base + number) for number in range(20)])

asyncio.run(main())
"""


@pytest.mark.kill
def test_what_was_told_as_written_outlives_a_kill(home: Home) -> None:
    chance = random.Random(7)
    with Database.open(home.database_url) as database:
        database.write_now(films.insert_film, a_film())
    told: set[int] = set()
    for round in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, home.database_url, str(1 + round * 1_000_000)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        told.add(int(process.stdout.readline()))  # it has begun
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        told |= {int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")}
        process.stdout.close()
        process.wait()
    raw = sqlite3.connect(home.database_path)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
    with Database.open(home.database_url) as database:
        calls = {call.key.take: call.state for call in database.read_now(ledger.calls_of, "lighthouse-0001")}
        sent = [event for event in database.read_now(events.since, None, 0, 1_000_000) if event.fact.kind == "take.sent"]
    assert {take for take in told if calls.get(take) is not CallState.ACCEPTED} == set()
    assert len(sent) == sum(state is CallState.ACCEPTED for state in calls.values())
