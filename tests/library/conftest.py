"""A home, a database and a blob store of each test's own. A test marked `postgres` runs on PostgreSQL too."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyreel.library import films
from storyreel.library.blobs import Blobs
from storyreel.library.database import Connection, Database
from storyreel.library.home import Home
from storyreel.library.tables import metadata
from tests.library.rows import a_film
from tests.postgres import Server


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them, to be copied: making one costs more than most tests."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Database.open(f"sqlite:///{path}").close()
    return path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("postgres") and "database" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", pytest.param("postgres", marks=pytest.mark.journey)], indirect=True)


@pytest.fixture(scope="session")
def shared_url(postgres: Server) -> str:
    """The address of a PostgreSQL database that tests share, one after the other."""
    return postgres.url(postgres.create())


@pytest.fixture(scope="session")
def shared_database(shared_url: str) -> Iterator[Database]:
    """That database, open for the whole run: opening it costs more than most tests."""
    with Database.open(shared_url) as opened:
        yield opened


@pytest.fixture
def on_postgres(shared_database: Database) -> Database:
    """An empty database on PostgreSQL."""
    shared_database.write_now(wipe)
    return shared_database


@pytest.fixture
def database(request: pytest.FixtureRequest, home: Home, empty_database: Path) -> Iterator[Database]:
    """Open and empty; on SQLite where a test does not ask for more."""
    if getattr(request, "param", "sqlite") == "postgres":
        yield request.getfixturevalue("on_postgres")
        return
    shutil.copy(empty_database, home.database_path)
    with Database.open(home.database_url) as opened:
        yield opened


def wipe(connection: Connection) -> None:
    """Leave no row, and begin the numbers anew."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    connection.exec_driver_sql("ALTER SEQUENCE events_number_seq RESTART")


@pytest.fixture
def blobs(home: Home) -> Iterator[Blobs]:
    store = Blobs(home.blobs)
    yield store
    store.close()


@pytest.fixture
def film_id(database: Database) -> str:
    """A queued film without a budget."""
    film = a_film()
    database.write_now(films.insert_film, film)
    return film.id
