"""Opens a line: which kind it is, by what it shares with other processes, and the floor that it works on."""

import asyncio
import os
import random
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.accounts import Account
from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.money import NO_BUDGETS, Budgets
from storyreel.library.bucket import open_blobs
from storyreel.library.database import PATIENCE_S, Database
from storyreel.library.home import Home
from storyreel.observing.observer import SILENT, Observer
from storyreel.production.engine import Engine
from storyreel.production.floor import AT_HAND, Clock, Floor, Opener
from storyreel.production.line import Line
from storyreel.production.sharing import Sharing
from storyreel.providers.port import open_provider

if TYPE_CHECKING:
    from storyreel.library.pulse import Pulse

ALONE = Sharing()
WORKER_PATIENCE_S = 60.0  # how long a worker waits for a database that is being started again


async def open_line(
    home: Path | None,
    *,
    catalogue: Catalogue,
    accounts: Mapping[str, Account] | None = None,
    workers: int | None = None,
    pace: float = 1.0,
    at_hand: int = AT_HAND,
    budgets: Budgets = NO_BUDGETS,
    sharing: Sharing = ALONE,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    opener: Opener = open_provider,
    make_engine: Callable[[Path, str], Engine] | None = None,
    as_worker: bool = False,
    hands_over: bool = False,
    observer: Observer = SILENT,
) -> Line:
    """The line of a home, made where it is not there: nothing is locked or started. Raises StoreUnusable.

    `workers` is how many processes may draw at once; as many as there are cores where it is None. `pace` is how many times
    sooner than the catalogue says generations are looked at, `at_hand` how many are waited for in memory. `budgets` hold beside
    each film's own. Where `sharing` names a server's database, the line is a WorkerLine, which goes by that server's clock, or a
    ClientLine. With `hands_over` nothing is made by this process. `observer` is told what is done, and closed with the line.
    """
    where = Home(home) if home is not None else Home.find(os.environ)
    url = sharing.database or where.create().database_url
    database = await asyncio.to_thread(partial(Database.open, url, patience_s=WORKER_PATIENCE_S if as_worker else PATIENCE_S))
    process = f"{os.getpid()}-{secrets.token_hex(4)}"
    pulse = _pulse(url, process, sharing) if sharing.by_workers and as_worker else None
    floor = Floor(
        home=where,
        database=database,
        blobs=open_blobs(sharing.blobs, where.create().blobs, sharing.environ, patient=as_worker),
        catalogue=catalogue,
        clock=Clock(now=pulse.time if pulse else now, sleep=asyncio.sleep, chance=random.random),
        process=process,
        opener=opener,
        threads=ThreadPoolExecutor(max_workers=4, thread_name_prefix="storyreel-floor"),
        accounts=accounts or {},
        processes=workers,
        pace=pace,
        at_hand=at_hand,
        budgets=budgets,
        shared=sharing.by_workers,
        delivers=pulse is None,
        observer=observer,
    )
    place = url if sharing.by_workers else where.engine_path
    durable = partial(_durable, place, process, sharing.kept_days)
    engine = partial(make_engine, where.engine_path, process) if make_engine else durable
    if sharing.by_workers or hands_over:
        return _handing_over(floor, engine, sharing, pulse)
    return Line(floor, engine)


def _handing_over(floor: Floor, engine: Callable[[], Engine], sharing: Sharing, pulse: "Pulse | None") -> Line:
    """A line whose films are made by other processes, or that makes theirs."""
    from storyreel.production.shared_line import AcceptingLine, ClientLine, WorkerLine

    if not sharing.by_workers:
        return AcceptingLine(floor, engine)
    return WorkerLine(floor, engine, pulse) if pulse else ClientLine(floor, engine, sharing.lease)


def _pulse(url: str, process: str, sharing: Sharing) -> "Pulse":
    from storyreel.library.pulse import Pulse

    return Pulse(url, process, sharing.lease)


def _durable(place: Path | str, process: str, kept_days: float) -> Engine:
    from storyreel.production.engine_dbos import DbosEngine

    return DbosEngine(place, process=process, kept_days=kept_days)
