"""Statements compiled once for all tests of a process: each of their thousand databases would compile its own anew."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

if TYPE_CHECKING:
    import pytest

MOST = 2_000  # statements; ours and the engine's are some hundreds


def compile_once(patch: "pytest.MonkeyPatch") -> None:
    """Have SQLite's engines share what they compile; their dialects are alike, and are part of what it is kept under."""
    compiled: LRUCache[Any, Any] = LRUCache(MOST)
    begin = Engine.__init__

    def begin_sharing(engine: Engine, *given: Any, **named: Any) -> None:
        begin(engine, *given, **named)
        if type(engine.dialect) is SQLiteDialect_pysqlite:
            engine._compiled_cache = compiled  # pyright: ignore[reportPrivateUsage] - there is no public way

    def are_alike(one: SQLiteDialect_pysqlite, other: object) -> bool:
        return type(one) is type(other)

    def of_all(one: SQLiteDialect_pysqlite) -> int:
        return hash(type(one))

    patch.setattr(Engine, "__init__", begin_sharing)
    patch.setattr(SQLiteDialect_pysqlite, "__eq__", are_alike)
    patch.setattr(SQLiteDialect_pysqlite, "__hash__", of_all)
