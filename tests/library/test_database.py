"""One writer, many readers: what is told as written is on the disk, and one failing change takes no other with it.

Requirement B8 (a database).
"""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from storyreel.domain.errors import InvalidRequest, StoreUnusable
from storyreel.domain.events import FilmStarted
from storyreel.library import events, films
from storyreel.library.database import Database
from storyreel.library.home import Home
from tests.library.rows import NOW, a_film


def start(connection: Connection, film: str) -> int:
    return events.append(connection, film, FilmStarted(), NOW).number


def start_and_fail(connection: Connection, film: str) -> int:
    start(connection, film)
    raise ArithmeticError("after the row was written")


def break_a_rule(connection: Connection, film: str) -> int:
    start(connection, film)
    return start(connection, "no such film")


def fill(connection: Connection, film: str) -> int:
    """Write into a database that has hardly any page left, as on a disk that is full."""
    connection.exec_driver_sql("PRAGMA max_page_count=1")
    connection.exec_driver_sql("CREATE TABLE big AS SELECT zeroblob(1000000)")
    return start(connection, film)


async def test_many_at_once_are_all_written(database: Database, film_id: str) -> None:
    numbers = await asyncio.gather(*[database.write(start, film_id) for _ in range(300)])
    kept = await database.read(events.since, film_id, 1)
    assert sorted(numbers) == [event.number for event in kept]


@pytest.mark.parametrize("bad", [start_and_fail, break_a_rule, fill])
async def test_one_failing_change_takes_no_other_with_it(
    database: Database, film_id: str, bad: Callable[[Connection, str], int]
) -> None:
    changes = [bad if number % 7 == 3 else start for number in range(50)]
    outcomes = await asyncio.gather(*[database.write(change, film_id) for change in changes], return_exceptions=True)
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [change is bad for change in changes]
    assert len(await database.read(events.since, film_id, 1)) == changes.count(start)


async def test_what_is_told_as_written_is_read_by_everyone(database: Database, home: Home, film_id: str) -> None:
    number = await database.write(start, film_id)
    other = sqlite3.connect(home.database_path)
    assert other.execute("SELECT max(number) FROM events").fetchone() == (number,)
    other.close()


async def test_a_caller_that_gives_up_in_time_is_not_written_and_disturbs_nobody(database: Database, film_id: str) -> None:
    entered, held = threading.Event(), threading.Event()

    def hold(connection: Connection) -> bool:
        entered.set()
        return held.wait(10)

    holding = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(entered.wait, 10)
    waiting = [asyncio.create_task(database.write(start, film_id)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[1].cancel()
    await asyncio.wait([waiting[1]])
    await asyncio.sleep(0)
    held.set()
    assert await holding
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(outcome, asyncio.CancelledError) for outcome in outcomes] == [False, True, False]
    assert len(await database.read(events.since, film_id, 1)) == 2


def test_a_question_changes_nothing(database: Database, film_id: str) -> None:
    with pytest.raises(StoreUnusable):
        database.read_now(start, film_id)
    assert database.write_now(start, film_id)


def test_a_change_may_not_wait_for_another(database: Database, film_id: str) -> None:
    with pytest.raises(RuntimeError):
        database.write_now(lambda _connection: database.write_now(start, film_id))


def test_a_closed_database_takes_no_change(home: Home) -> None:
    database = Database.open(home.database_url)
    database.close()
    with pytest.raises(RuntimeError):
        database.write_now(films.start_film, "lighthouse-0001", NOW)
    database.close()


def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="no time zone"):
        database.write_now(films.insert_film, a_film(created=datetime(2026, 1, 1)))  # noqa: DTZ001  that is the point


def test_the_file_is_in_wal_and_every_commit_is_synced(database: Database) -> None:
    def settings(connection: Connection) -> list[object]:
        return [connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]

    assert database.write_now(settings) == ["wal", 2, 1]
    assert database.read_now(settings) == ["wal", 2, 1]


def test_reading_alone_needs_no_leave_to_write(database: Database, home: Home, film_id: str) -> None:
    with Database.open(home.database_url, read_only=True) as reader:
        assert reader.read_now(films.film, film_id).id == film_id
        with pytest.raises(RuntimeError):
            reader.write_now(start, film_id)


WORKER = """
import sys
from storyreel.domain.events import FilmStarted
from storyreel.library import events
from storyreel.library.database import Database
from tests.library.rows import NOW

with Database.open(sys.argv[1]) as database:
    for _ in range(int(sys.argv[3])):
        database.write_now(events.append, sys.argv[2], FilmStarted(), NOW)
        database.read_now(events.since, sys.argv[2], 0, 5)
"""


@pytest.mark.journey
def test_two_processes_write_and_read_side_by_side(database: Database, home: Home, film_id: str) -> None:
    command = [sys.executable, "-c", WORKER, home.database_url, film_id, "150"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as one, subprocess.Popen(command, stderr=subprocess.PIPE) as two:
        for _ in range(150):
            database.write_now(start, film_id)
        assert [process.communicate(timeout=60)[1] for process in (one, two)] == [b"", b""]
    assert len(database.read_now(events.since, film_id, 1)) == 450


@pytest.mark.journey
def test_processes_that_begin_a_database_at_once_make_one(home: Home) -> None:
    command = [sys.executable, "-c", WORKER, home.database_url, "nobody", "0"]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate(timeout=60)[1] for process in processes] == [b""] * 2
    Database.open(home.database_url).close()


OPENER = """
import sys
from storyreel.library.database import Database

for url in sys.argv[1:]:
    Database.open(url).close()
print("alembic" in sys.modules)
"""


@pytest.mark.journey
def test_neither_opening_nor_beginning_a_database_loads_alembic(home: Home, database: Database) -> None:
    urls = [home.database_url, f"sqlite:///{home.root / 'fresh.db'}"]
    done = subprocess.run([sys.executable, "-c", OPENER, *urls], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("url", ["", "sqlite://", "mysql://x/y", "storyreel.db"])
def test_a_url_that_is_no_database_is_refused(url: str) -> None:
    with pytest.raises(InvalidRequest):
        Database.open(url)


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "a b?mode=ro#%20 кино"
    folder.mkdir()
    Database.open(f"sqlite:///{folder / 'x.db'}").close()
    assert (folder / "x.db").is_file()


@pytest.mark.parametrize("address", ["mysql://user:s3cret@host/films", "s3cret", "postgresql://user:s3cret@host:port/films"])
def test_an_address_that_is_none_is_not_repeated_since_it_may_hold_a_password(address: str) -> None:
    with pytest.raises(InvalidRequest, match="STORYREEL_DATABASE") as caught:
        Database.open(address)
    assert "s3cret" not in str(caught.value)
