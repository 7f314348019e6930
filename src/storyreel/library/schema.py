"""The stored schema: made at once, brought up to date by migrations, and checked before anything else is asked."""

from functools import lru_cache

from sqlalchemy import Connection, Engine, create_mock_engine, insert, select
from sqlalchemy.schema import CreateIndex, ExecutableDDLElement

from storyreel.domain.errors import StoreUnusable
from storyreel.library.backend import Backend
from storyreel.library.tables import ONLY, REVISIONS, metadata, revision


def make_ready(backend: Backend, writing: Engine, reading: Engine, *, patience_s: float) -> None:
    """Make the tables, or bring them up to date; a newer database is left alone. Raises StoreUnusable for another program's."""
    with reading.connect() as connection:
        stored = stored_revision(connection, backend)
    if stored is not None and stored not in REVISIONS:
        return  # newer: not a byte of it is touched
    backend.settle(writing, patience_s=patience_s)
    if stored == REVISIONS[-1]:
        return
    with writing.begin() as connection:
        backend.lock_schema(connection)
        stored = stored_revision(connection, backend)  # asked again: another process may have made it meanwhile
        if stored is None:
            for statement in _statements(connection.engine.url.drivername):
                connection.exec_driver_sql(statement)
            connection.execute(insert(revision).values(version_num=REVISIONS[-1]))
        elif stored in REVISIONS[:-1]:
            from storyreel.library.migrate import upgrade

            upgrade(connection)


def check_revision(backend: Backend, reading: Engine) -> None:
    """Raises StoreUnusable where the stored schema is not the one that this code works with."""
    with reading.connect() as connection:
        stored = stored_revision(connection, backend)
    if stored is None or stored in REVISIONS[:-1]:
        remedy = "Run any storyreel command that writes, such as `storyreel gc`, once."
        raise StoreUnusable(backend.where, "the database is from an older Storyreel", remedy=remedy)
    if stored != REVISIONS[-1]:
        problem = f"the database is from a newer Storyreel (its revision is {stored})"
        raise StoreUnusable(backend.where, problem, remedy=f"Update Storyreel, or {backend.elsewhere}")


def stored_revision(connection: Connection, backend: Backend) -> str | None:
    """The revision of the stored schema; None for an empty database. Raises StoreUnusable for another program's."""
    dialect = connection.dialect
    if dialect.has_table(connection, revision.name):
        return connection.scalar(select(revision.c.version_num))
    if dialect.get_table_names(connection):
        remedy = f"Move it away, or {backend.elsewhere}"
        raise StoreUnusable(backend.where, "this is another program's database", remedy=remedy)
    return None


@lru_cache
def _statements(driver: str) -> tuple[str, ...]:
    """What makes every table in an empty database: written once, since that takes longer than to carry it out."""
    made: list[str] = []

    def write(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        told = str(statement.compile(dialect=mock.dialect))
        only = statement.element.info.get(ONLY) if isinstance(statement, CreateIndex) else None
        made.append(f"{told} WHERE {only}" if only else told)

    mock = create_mock_engine(f"{driver}://", write)
    metadata.create_all(mock, checkfirst=False)
    revision.create(mock, checkfirst=False)
    return tuple(made)
