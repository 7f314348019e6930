"""How the line of an installation stands: what waits, who works, what is open and held, what failed, how full the disk is."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from storyreel.accounts import Account
from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import UnknownModel
from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState
from storyreel.domain.values import Usd, Value
from storyreel.library import workers
from storyreel.library.columns import dollars
from storyreel.library.database import Connection, Database
from storyreel.library.figures import CallFigures, FailureFigures, Figures, failures, figures
from storyreel.library.home import Home
from storyreel.library.ledger.call import OPEN
from storyreel.library.ledger.rest import Rest
from storyreel.library.ledger.rest import resting as resting_routes
from storyreel.library.workers import Worker
from storyreel.production.lease import Lease

LATELY = timedelta(days=1)


class Queue(Value):
    """The films that are not over."""

    waiting: int
    waiting_s: float  # since the first of them was accepted
    producing: int
    awaiting_approval: int
    needs_attention: int


class WorkerSeen(Value):
    """A worker of a shared line."""

    id: str
    host: str
    pid: int
    heard_s: float  # since it was last heard of
    gone: bool


class Open(Value):
    """The open calls to one provider."""

    provider: str
    waiting: int  # for their turn
    sending: int
    accepted: int
    attention: int  # in doubt: a person decides
    reserved_usd: Usd
    oldest_s: float  # since the first of them was reserved
    limit: int | None  # how many may be sent or accepted at once; None: each route has its own bound
    per_minute: int | None


class Disk(Value):
    """Bytes on this machine."""

    database: int | None  # None: it is on a server
    engine: int | None
    blobs: int
    work: int
    free: int


class Condition(Value):
    """Everything that `storyreel doctor` tells of the line."""

    queue: Queue
    owner: int | None  # the process that owns the line of the home; None: nobody does, or it is shared
    workers: tuple[WorkerSeen, ...] | None  # None: the line is not shared
    calls: tuple[Open, ...]
    failed: tuple[FailureFigures, ...]  # of the last day
    resting: tuple[Rest, ...]  # routes that are passed over for a while, as they keep failing
    disk: Disk

    @property
    def living(self) -> int:
        """How many processes work on the line."""
        return int(self.owner is not None) + sum(not one.gone for one in self.workers or ())


def condition_of(
    database: Database,
    home: Home,
    *,
    shared: bool,
    lease: timedelta,
    accounts: Mapping[str, Account],
    catalogue: Catalogue,
    now: datetime,
) -> Condition:
    """How the line stands now. Raises StoreUnusable."""
    found, failed, resting, seen = database.read_now(_asked, now, lease)
    return Condition(
        queue=_queue(found, now),
        owner=None if shared else Lease(home.lock).holder(),
        workers=seen if shared else None,
        calls=tuple(_open(found.calls, accounts, catalogue, now)),
        failed=failed,
        resting=resting,
        disk=Disk(
            database=None if shared else _size(home.database_path),
            engine=None if shared else _size(home.engine_path),
            blobs=_under(home.blobs),
            work=_under(home.work),
            free=home.free_bytes(),
        ),
    )


def _asked(
    connection: Connection, now: datetime, lease: timedelta
) -> tuple[Figures, tuple[FailureFigures, ...], tuple[Rest, ...], tuple[WorkerSeen, ...]]:
    clock = workers.clock(connection)
    seen = tuple(_seen(one, clock, lease) for one in workers.all_workers(connection))
    return figures(connection), failures(connection, now - LATELY), tuple(resting_routes(connection, now)), seen


def _seen(worker: Worker, clock: datetime, lease: timedelta) -> WorkerSeen:
    silent = clock - worker.beat
    gone = worker.gone is not None or silent > lease
    return WorkerSeen(id=worker.id, host=worker.host, pid=worker.pid, heard_s=silent.total_seconds(), gone=gone)


def _queue(found: Figures, now: datetime) -> Queue:
    def of(state: FilmState) -> int:
        return found.films[state].films if state in found.films else 0

    queued = found.films.get(FilmState.QUEUED)
    return Queue(
        waiting=of(FilmState.QUEUED),
        waiting_s=(now - queued.oldest).total_seconds() if queued else 0.0,
        producing=of(FilmState.PRODUCING),
        awaiting_approval=of(FilmState.AWAITING_APPROVAL),
        needs_attention=of(FilmState.NEEDS_ATTENTION),
    )


def _open(calls: Iterable[CallFigures], accounts: Mapping[str, Account], catalogue: Catalogue, now: datetime) -> Iterator[Open]:
    """Of each provider that has open calls, or whose account has a bound."""
    by_provider = {name: [*mine] for name, mine in groupby(calls, key=lambda one: one.provider)}
    bounded = {name for name, account in accounts.items() if account.in_flight or account.per_minute}
    for provider in sorted({*by_provider, *bounded}):
        mine = [one for one in by_provider.get(provider, []) if one.state in OPEN]
        if not mine and provider not in bounded:
            continue
        many = {state: sum(one.calls for one in mine if one.state is state) for state in OPEN}
        account = accounts.get(provider)
        yield Open(
            provider=provider,
            waiting=many[CallState.RESERVED],
            sending=many[CallState.SENDING],
            accepted=many[CallState.ACCEPTED],
            attention=many[CallState.ATTENTION],
            reserved_usd=sum((one.reserved_usd for one in mine), dollars(0)),
            oldest_s=max(((now - one.oldest).total_seconds() for one in mine), default=0.0),
            limit=account.in_flight if account and account.in_flight else _bound(mine, catalogue),
            per_minute=account.per_minute if account else None,
        )


def _bound(calls: Iterable[CallFigures], catalogue: Catalogue) -> int | None:
    """What the catalogue says, where all calls go by one route."""
    routes = {one.route for one in calls}
    try:
        return catalogue.known_route(routes.pop())[1].concurrency if len(routes) == 1 else None
    except UnknownModel:  # of a catalogue that is gone
        return None


def _size(path: Path) -> int:
    """A database's bytes, with what it has not taken in yet."""
    beside = (path, path.with_name(f"{path.name}-wal"))
    return sum(one.stat().st_size for one in beside if one.exists())


def _under(folder: Path) -> int:
    """The bytes of all files in a folder; one that goes meanwhile counts as nothing."""
    total = 0
    for here, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(here) / name).stat().st_size
            except OSError:
                continue
    return total
