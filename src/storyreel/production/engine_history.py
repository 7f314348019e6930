"""Where the engine keeps its history: a file of its own, or a schema of its own in the database that many workers share.

Traps: WAL must be set on the file beforehand; the default serializer is pickle; a queue that is registered after the launch is
noticed a second late; each process takes 20 connections and more unless told not to.
"""

import importlib
import json
import logging
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from storyreel.library.sqlite import plain_errors
from storyreel.production.engine import StepFailed

if TYPE_CHECKING:
    from dbos import DBOSConfig, Serializer

VERSION = "1"  # constant: changes to flows go through patches and the replay test
THREADS = 8  # for the engine's database calls
CONNECTIONS = 6  # of a process to a server
STOPPED_S = 5.0  # a transaction in which nothing happens for so long is ended by the server
SCHEMA = "engine"


@dataclass(frozen=True, slots=True)
class History:
    """The place, by its address."""

    url: str
    shared: bool

    @classmethod
    def at(cls, where: Path | str) -> "History":
        """A file, or a server's database by its address."""
        if isinstance(where, Path):
            return cls(f"sqlite:///{where}", shared=False)
        return cls(f"postgresql://{where.partition('://')[2]}", shared=True)

    def prepare(self, queues: Mapping[str, int], *, poll_s: float) -> None:
        """Import DBOS, which takes about a second, and make tables and queues; a queue's number is how many a process runs.

        Raises StoreUnusable for a file that is damaged, or that another program holds.
        """
        dbos = importlib.import_module("dbos")
        _quiet()
        if self.shared:
            dbos.DBOS.migrate(self.url, schema=SCHEMA)
        else:
            path = Path(self.url.removeprefix("sqlite:///"))
            with plain_errors(path), closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                dbos.DBOS.migrate(self.url, schema=SCHEMA)
        client = dbos.DBOSClient(
            system_database_url=self.url,
            dbos_system_schema=SCHEMA,
            application_name="storyreel",
            serializer=_Json(),
            system_database_pool_size=1,
        )
        for kind, at_once in queues.items():
            client.register_queue(kind, worker_concurrency=at_once, polling_interval_sec=poll_s)
        client.destroy()

    def config(self, process: str) -> "DBOSConfig":
        """What DBOS is started with."""
        settings: DBOSConfig = {
            "name": "storyreel",
            "system_database_url": self.url,
            "dbos_system_schema": SCHEMA,
            "application_version": VERSION,
            "executor_id": process,
            "max_executor_threads": THREADS,
            "serializer": cast("Serializer", _Json()),  # theirs is an abstract class that is loaded later than this file
            "notification_listener_polling_interval_sec": 0.2,  # it has nothing to listen for; short, so that closing is quick
        }
        if self.shared:
            from storyreel.library.postgres import ASKED, ASKED_EVERY_S, IDLE_S, connect_for_engine

            alive = {"keepalives_idle": IDLE_S, "keepalives_interval": ASKED_EVERY_S, "keepalives_count": ASKED}
            connect = partial(connect_for_engine, self.url, application_name="storyreel-engine", **alive)
            settings["db_engine_kwargs"] = {"creator": connect}
            settings["sys_db_pool_size"] = CONNECTIONS
            settings["sys_db_idle_transaction_timeout_sec"] = STOPPED_S
        return settings


class _Json:
    """How history is written: plain JSON; an error as its code and message."""

    def name(self) -> str:
        return "storyreel_json"

    def serialize(self, data: Any) -> str:
        if isinstance(data, Exception):
            failure = StepFailed.told_of(data)
            return json.dumps({"__failed__": [failure.code, str(failure)]})
        return json.dumps(data)

    def deserialize(self, serialized_data: str) -> Any:
        data: Any = json.loads(serialized_data)
        match data:
            case {"__failed__": [str(code), str(message)]}:
                return StepFailed(code, message)
            case _:
                return data


def _quiet() -> None:
    logger = logging.getLogger("dbos")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
