"""A database that cannot be used says so in a sentence, with what to do."""

import asyncio
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection

from storyreel.domain.errors import StoreUnusable
from storyreel.library import films
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.library.sqlite import plain_errors
from tests.library.rows import a_film


def raw(path: Path, *statements: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    return connection


def trouble(path: Path, *, read_only: bool = False) -> str:
    with pytest.raises(StoreUnusable) as caught:
        Database.open(f"sqlite:///{path}", read_only=read_only, patience_s=0.05)
    return str(caught.value)


@pytest.fixture
def path(home: Home) -> Path:
    Database.open(home.database_url).close()
    return home.database_path


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_database_is_left_alone(path: Path, read_only: bool) -> None:
    raw(path, "UPDATE alembic_version SET version_num='9999'", "PRAGMA journal_mode=DELETE").close()
    before = path.read_bytes()
    said = trouble(path, read_only=read_only)
    assert "newer Storyreel" in said
    assert "9999" in said
    assert path.read_bytes() == before


def test_a_database_that_another_holds_is_waited_for_and_then_told(path: Path) -> None:
    holder = raw(path, "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "UPDATE alembic_version SET version_num='0001'")
    said = trouble(path)
    holder.close()
    assert "another program holds" in said
    Database.open(f"sqlite:///{path}").close()


def test_a_writer_that_another_keeps_waiting_says_so(path: Path) -> None:
    with Database.open(f"sqlite:///{path}", patience_s=0.05) as database:
        holder = raw(path, "BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable, match="another program holds"):
            database.write_now(films.insert_film, a_film())
        holder.close()
        database.write_now(films.insert_film, a_film())


@pytest.mark.timeout(20)  # one after the other, they would take a minute
async def test_many_that_wait_for_another_wait_once(path: Path) -> None:
    with Database.open(f"sqlite:///{path}", patience_s=0.3) as database:
        holder = raw(path, "BEGIN IMMEDIATE")
        films_at_once = [database.write(films.insert_film, a_film(f"film-{number}")) for number in range(200)]
        outcomes = await asyncio.gather(*films_at_once, return_exceptions=True)
        holder.close()
        assert {type(outcome) for outcome in outcomes} == {StoreUnusable}


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "film.db"
    path.write_bytes(b"ftypisom" * 1000)
    assert "not a database" in trouble(path)
    assert path.read_bytes() == b"ftypisom" * 1000


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    raw(path, "CREATE TABLE songs (id INTEGER)").close()
    before = path.read_bytes()
    assert "another program's" in trouble(path)
    assert path.read_bytes() == before


def test_a_damaged_database_is_told_where_it_is_read(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreUnusable, match="damaged"), Database.open(f"sqlite:///{path}") as database:
        database.read_now(films.films)


def test_a_cut_off_database_is_told(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreUnusable), Database.open(f"sqlite:///{path}") as database:
        database.read_now(films.films)


def test_a_full_disk_is_told_and_survived(path: Path) -> None:
    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # the file may not grow
        connection.exec_driver_sql("CREATE TABLE big AS SELECT zeroblob(1000000)")

    def grow(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=100000")

    with Database.open(f"sqlite:///{path}") as database:
        with pytest.raises(StoreUnusable, match="disk is full"):
            database.write_now(fill)
        database.write_now(grow)
        database.write_now(films.insert_film, a_film())


@pytest.mark.parametrize(("free", "says"), [(4096, "the disk is full, so"), (1 << 30, "does not read or write")])
def test_a_disk_that_cannot_be_read_is_told_as_full_where_it_is(monkeypatch: pytest.MonkeyPatch, free: int, says: str) -> None:
    def usage(_: Path) -> SimpleNamespace:
        return SimpleNamespace(free=free)

    unread = sqlite3.OperationalError("disk I/O error")
    unread.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    monkeypatch.setattr("shutil.disk_usage", usage)
    with pytest.raises(StoreUnusable, match=says), plain_errors(Path("storyreel.db")):
        raise unread


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    assert "a folder is where" in trouble(tmp_path)


def test_a_file_in_place_of_its_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    assert "no such folder" in trouble(tmp_path / "home" / "storyreel.db")


def test_a_folder_that_cannot_be_written_is_told() -> None:
    assert "cannot be opened" in trouble(Path("/proc/storyreel.db"))


def test_reading_alone_begins_no_database(tmp_path: Path) -> None:
    assert "no database here yet" in trouble(tmp_path / "storyreel.db", read_only=True)
    assert list(tmp_path.iterdir()) == []
