"""On PostgreSQL: several writers do no harm, a server that goes away comes back, and what is wrong is said in a sentence.

Requirements B8 (a database) and F10 (many machines).
"""

import asyncio
import threading
from collections.abc import Iterator
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import Connection, inspect, select

from storyreel.domain.errors import BudgetExceeded, InvalidRequest, StoreUnusable
from storyreel.domain.events import FilmStarted
from storyreel.domain.generation import Repeat, keyframe_of
from storyreel.domain.storyboard import LONGEST_SHOT_ID
from storyreel.library import events, films, ledger, takes
from storyreel.library.database import Database
from storyreel.library.known_blobs import know_blob
from storyreel.library.locks import exclusively
from storyreel.library.migrate import upgrade
from storyreel.library.names import new_film_id
from storyreel.library.postgres import Postgres
from storyreel.library.tables import films as table
from storyreel.library.tables import known_blobs
from tests.library.rows import CLIP, NOW, a_film, a_key, a_take
from tests.postgres import Server

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """The address of a database of the test's own, with nothing in it."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


def trouble(url: str) -> str:
    with pytest.raises(StoreUnusable) as caught:
        Database.open(url, patience_s=5)
    return str(caught.value)


def name_in(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def start(connection: Connection, film: str) -> int:
    return events.append(connection, film, FilmStarted(), NOW).number


def fail_by(connection: Connection, code: str) -> None:
    connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")


def break_off(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")


def schema(connection: Connection) -> dict[str, object]:
    """Every table with its columns, keys and indexes."""
    seen = inspect(connection)
    return {
        name: (
            sorted((one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(name)),
            sorted(str(one) for one in seen.get_foreign_keys(name)),
            sorted((str(one["name"]), tuple(one["column_names"])) for one in seen.get_indexes(name)),
            sorted(seen.get_pk_constraint(name)["constrained_columns"]),
        )
        for name in seen.get_table_names()
    }


@pytest.mark.journey
def test_migrating_from_nothing_gives_the_schema_that_is_made_at_once(url: str, on_postgres: Database) -> None:
    engine = Postgres.at(url).writing(patience_s=1)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    with Database.open(url) as migrated:
        assert migrated.read_now(schema) == on_postgres.read_now(schema)


@pytest.mark.journey
def test_processes_that_begin_a_database_at_once_make_one(url: str) -> None:
    failed: list[Exception] = []

    def begin() -> None:
        try:
            Database.open(url).close()
        except Exception as error:  # noqa: BLE001  the test tells it
            failed.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.journey
async def test_no_budget_is_passed_by_two_processes_at_once(shared_url: str, on_postgres: Database) -> None:
    await on_postgres.write(films.insert_film, a_film(budget="10"))
    with Database.open(shared_url) as other:
        tries = [
            (on_postgres, other)[take % 2].write(
                ledger.reserve, a_key(take=take), "t", "cloud", Repeat.NONE, Decimal("0.70"), NOW
            )
            for take in range(1, 41)
        ]
        outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(outcome, BudgetExceeded) for outcome in outcomes) == 40 - 14
    assert (await on_postgres.read(ledger.bill, "lighthouse-0001")).reserved_usd == Decimal("9.8")


@pytest.mark.journey
async def test_who_follows_a_film_misses_nothing_that_several_write(shared_url: str, on_postgres: Database) -> None:
    film = a_film().id
    await on_postgres.write(films.insert_film, a_film())
    with Database.open(shared_url) as other:
        writing = [asyncio.ensure_future((on_postgres, other)[turn % 2].write(start, film)) for turn in range(60)]
        after, seen = 1, list[int]()
        while not all(one.done() for one in writing) or len(seen) < len(writing):
            told = await other.read(events.since, film, after)
            seen += [event.number for event in told]
            after = seen[-1] if seen else after
        assert sorted(one.result() for one in writing) == seen


async def test_what_two_note_at_once_is_noted_once(on_postgres: Database) -> None:
    await asyncio.gather(*[on_postgres.write(know_blob, CLIP, NOW) for _ in range(20)])

    assert await on_postgres.read(lambda connection: connection.scalars(select(known_blobs.c.digest)).all()) == [CLIP]


async def test_changes_whose_locks_cross_are_both_made(on_postgres: Database) -> None:
    first, second = a_film("one-0001"), a_film("two-0002")
    for film in (first, second):
        await on_postgres.write(films.insert_film, film)
    both = threading.Barrier(2)
    met: set[str] = set()

    def cross(connection: Connection, mine: str, other: str) -> None:
        connection.execute(select(table.c.id).where(table.c.id == mine).with_for_update())
        if mine not in met:
            met.add(mine)
            both.wait(10)
        start(connection, other)

    await asyncio.gather(on_postgres.write(cross, first.id, second.id), on_postgres.write(cross, second.id, first.id))
    assert await on_postgres.read(events.latest) > 2


async def test_what_is_held_exclusively_is_held_by_one(on_postgres: Database) -> None:
    inside: list[int] = []

    def hold(connection: Connection) -> int:
        exclusively(connection, "user:ann")
        inside.append(1)
        connection.exec_driver_sql("SELECT pg_sleep(0.01)")
        return len(inside) - len([inside.pop()])

    assert await asyncio.gather(*[on_postgres.write(hold) for _ in range(6)]) == [0] * 6


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("53100", "disk is full"),
        ("53300", "no more connections"),
        ("25006", "takes no changes"),
        ("42501", "may not change"),
        ("55P03", "another program holds"),
        ("57P01", "broke off"),
        ("XX001", "damaged"),
    ],
)
def test_what_the_server_reports_is_said_in_a_sentence(on_postgres: Database, code: str, says: str) -> None:
    with pytest.raises(StoreUnusable, match=says):
        on_postgres.write_now(fail_by, code)
    assert on_postgres.write_now(films.insert_film, a_film()) is None


def test_what_a_broken_connection_undid_is_done_again_at_once(on_postgres: Database) -> None:
    tries: list[int] = []

    def insert(connection: Connection) -> None:
        films.insert_film(connection, a_film())
        tries.append(1)
        if len(tries) == 1:
            break_off(connection)

    def ask(connection: Connection) -> str:
        tries.append(1)
        if len(tries) == 3:
            break_off(connection)
        return films.film(connection, a_film().id).title

    on_postgres.write_now(insert)
    assert on_postgres.read_now(ask) == "A lighthouse"
    assert len(tries) == 4


def test_a_connection_that_breaks_off_is_told_and_the_next_change_has_another(on_postgres: Database) -> None:
    with pytest.raises(StoreUnusable, match="broke off"):
        on_postgres.write_now(break_off)
    on_postgres.write_now(films.insert_film, a_film())


@pytest.mark.journey
async def test_changes_wait_for_a_server_that_is_started_again(postgres: Server, on_postgres: Database) -> None:
    postgres.stop()
    waiting = asyncio.ensure_future(on_postgres.write(films.insert_film, a_film()))
    await asyncio.sleep(0.05)
    postgres.start()
    await waiting
    assert (await on_postgres.read(films.film, a_film().id)).title == "A lighthouse"


@pytest.mark.journey
def test_a_server_that_does_not_come_back_is_told_to_all_who_wait(postgres: Server, url: str) -> None:
    with Database.open(url, patience_s=0.2) as opened:
        postgres.stop()
        for _ in range(3):
            with pytest.raises(StoreUnusable, match="cannot be reached"):
                opened.write_now(films.insert_film, a_film())
        postgres.start()
        opened.write_now(films.insert_film, a_film())


def test_an_address_without_a_server_is_told_at_once_and_without_its_password() -> None:
    said = trouble("postgresql://me:secret@127.0.0.1:1/films")
    assert "cannot be reached" in said
    assert "secret" not in said


def test_a_database_or_user_that_is_not_there_is_told(postgres: Server, url: str) -> None:
    assert "no such database" in trouble(postgres.url("nothing"))
    assert "refuses this user" in trouble(postgres.url(name_in(url), user="nobody_here"))


def test_a_copy_that_takes_no_changes_is_told(postgres: Server, url: str) -> None:
    Database.open(url).close()
    postgres.execute(f"ALTER DATABASE {name_in(url)} SET default_transaction_read_only = on")
    with Database.open(url) as copy, pytest.raises(StoreUnusable, match="takes no changes"):
        copy.write_now(films.insert_film, a_film())


def test_a_newer_database_and_another_programs_are_left_alone(postgres: Server, url: str) -> None:
    Database.open(url).close()
    postgres.execute("UPDATE alembic_version SET version_num = '9999'", name_in(url))
    assert "newer Storyreel" in trouble(url)
    other = postgres.create()
    postgres.execute("CREATE TABLE songs (id INTEGER)", other)
    assert "another program's" in trouble(postgres.url(other))


def test_a_process_that_stops_in_mid_change_holds_its_locks_for_seconds_only(on_postgres: Database) -> None:
    def told(connection: Connection) -> object:
        return connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()

    assert on_postgres.write_now(told) == "5s"


def test_a_server_that_dies_or_does_not_end_while_it_is_waited_for_is_given_up(on_postgres: Database) -> None:
    def told(connection: Connection) -> tuple[dict[str, str], object]:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        return driver.info.get_parameters(), connection.exec_driver_sql("SHOW statement_timeout").scalar()

    def too_slow(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 1")
        connection.exec_driver_sql("SELECT pg_sleep(5)")

    known, longest = on_postgres.write_now(told)
    assert (known["keepalives_idle"], known["keepalives_interval"], known["keepalives_count"], longest) == ("5", "2", "3", "1min")
    with pytest.raises(StoreUnusable, match="did not carry out a change"):
        on_postgres.write_now(too_slow)


@pytest.mark.parametrize("url", ["postgresql://", "postgresql://a:b@c:port/x"])
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(InvalidRequest):
        Database.open(url)


def test_takes_of_the_longest_names_are_kept(url: str) -> None:
    film, shot = new_film_id("w" * 60 + " " + "x" * 60 + " " + "y" * 60, "7k2m"), keyframe_of("s" * LONGEST_SHOT_ID)
    take = a_take(f"{film}/{shot}/10000", film=film, shot=shot)

    def fill(connection: Connection) -> None:
        films.insert_film(connection, a_film(film))
        takes.insert_take(connection, take)
        takes.select_take(connection, film, shot, take.id, NOW)
        ledger.reserve(connection, a_key(film, shot=shot), take.id, "veo", Repeat.KEY, Decimal(1), NOW)

    with Database.open(url) as database:
        database.write_now(fill)
        assert database.read_now(takes.take, take.id) == take


def test_a_text_that_it_cannot_keep_is_a_mistake_of_who_sent_it(on_postgres: Database) -> None:
    with pytest.raises(InvalidRequest, match="NUL"):
        on_postgres.read_now(films.film, "lighthouse\0")
    with pytest.raises(InvalidRequest, match="NUL"):
        on_postgres.write_now(films.insert_film, a_film().model_copy(update={"title": "A light\0house"}))
