"""A home, a database and a blob store of each test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyreel.library import films
from storyreel.library.blobs import Blobs
from storyreel.library.database import Database
from storyreel.library.home import Home
from tests.library.rows import a_film


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them, to be copied: making one costs more than most tests."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def database(home: Home, empty_database: Path) -> Iterator[Database]:
    shutil.copy(empty_database, home.database_path)
    with Database.open(home.database_url) as opened:
        yield opened


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
