"""Alembic's way and our own short way come to the same schema, and nothing stands in the tables that it does not know."""

import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from storyreel.library import films, takes
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.library.migrate import revisions, upgrade
from storyreel.library.sqlite import writer_engine
from storyreel.library.tables import REVISIONS, metadata
from tests.library.rows import a_take


def schema(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Each table's columns, foreign keys and indexes as stored, in no order: a column that came later stands last."""
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    told: dict[str, set[tuple[object, ...]]] = {}
    for table in tables:
        columns: set[tuple[object, ...]] = {("column", *row[1:]) for row in connection.execute(f"PRAGMA table_info({table})")}
        keys: set[tuple[object, ...]] = {("key", *row[2:]) for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        listed = connection.execute(f"PRAGMA index_list({table})")
        indexes: set[tuple[object, ...]] = {("index", *row[1:3], *row[4:]) for row in listed}
        told[table] = columns | keys | indexes
    connection.close()
    return told


def migrated(path: Path) -> Path:
    engine = writer_engine(path, patience_s=1)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    return path


def test_the_code_knows_the_revisions_that_there_are() -> None:
    assert revisions() == REVISIONS


def test_migrating_from_nothing_gives_the_schema_that_is_made_at_once(tmp_path: Path) -> None:
    Database.open(f"sqlite:///{tmp_path / 'made.db'}").close()
    assert schema(migrated(tmp_path / "migrated.db")) == schema(tmp_path / "made.db")


def test_alembic_finds_no_difference_to_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    assert database.read_now(differences) == []


def test_a_database_that_is_brought_up_to_date_keeps_its_films_and_takes(database: Database, home: Home, film_id: str) -> None:
    database.write_now(takes.insert_take, a_take(film=film_id))
    before = schema(home.database_path)
    database.close()
    with sqlite3.connect(home.database_path) as old:  # as revision 0004 left it
        old.execute("ALTER TABLE films ADD COLUMN cost_micros BIGINT NOT NULL DEFAULT 0")
        for column in ("token", "renewed"):
            old.execute(f"ALTER TABLE replies DROP COLUMN {column}")
        [[words]] = old.execute("SELECT words FROM films")
        old.execute("ALTER TABLE films DROP COLUMN words")
        for table in ("chats", "chat_films"):
            old.execute(f"DROP TABLE {table}")
        old.execute("UPDATE alembic_version SET version_num = '0004'")
    old.close()

    with Database.open(home.database_url) as newer:
        assert [take.film for take in newer.read_now(takes.takes_of, film_id)] == [film_id]
        assert newer.read_now(lambda connection: connection.scalar(text("SELECT words FROM films"))) == words
    assert schema(home.database_path) == before


def test_a_migrated_database_is_opened_like_any_other(tmp_path: Path) -> None:
    path = migrated(tmp_path / "migrated.db")
    before = schema(path)

    with Database.open(f"sqlite:///{path}") as database:
        assert database.read_now(films.unfinished_films) == []
    assert schema(path) == before
