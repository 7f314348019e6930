"""What a kind of database brings: its connections, its locks, and what its errors mean in a sentence."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine


class Backend(Protocol):
    """One database, by its address; `sqlite.py` and `postgres.py` have the two kinds."""

    where: Path | str  # as a person is told of it: a file, or an address without its password
    elsewhere: str  # how another database is chosen
    writers: int  # connections that change things at once
    most_at_once: int  # changes that share one transaction

    def check_place(self, *, read_only: bool) -> None:
        """Raises StoreUnusable where nothing can be opened there."""
        ...

    def writing(self, *, patience_s: float) -> Engine:
        """Connections for changes; other writers are waited for that long."""
        ...

    def reading(self, *, patience_s: float, read_only: bool) -> Engine:
        """Connections for questions: each sees one moment, and can change nothing."""
        ...

    def settle(self, writing: Engine, *, patience_s: float) -> None:
        """Whatever must be set once for the whole database."""
        ...

    def lock_schema(self, connection: Connection) -> None:
        """No other process makes or changes tables until this transaction ends."""
        ...

    def may_pass(self, error: BaseException, *, before_commit: bool) -> bool:
        """Whether a change that failed so was certainly undone whole, and may succeed when it is tried again at once."""
        ...

    def plain_errors(self) -> AbstractContextManager[None]:
        """Say what a failure of the database means for a person; a fault of ours goes on as it is. Raises StoreUnusable."""
        ...
