"""Figures for Prometheus: what the database has, the same whichever worker tells it, and what this process counts of its own."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from storyreel.accounts import Account
from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import InvalidRequest, StoreUnusable, UnknownModel
from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState
from storyreel.library.blobs import Blobs
from storyreel.library.database import Database
from storyreel.library.figures import CallFigures, Figures, figures
from storyreel.observing.tally import Tally

IN_FLIGHT = (CallState.SENDING, CallState.ACCEPTED)
MEASURED_EVERY = timedelta(minutes=1)
WHOLE = ""  # the route of what is told of an account as a whole
TEXT = "text/plain; version=0.0.4; charset=utf-8"

Row = tuple[Sequence[str], float]


@dataclass(frozen=True, slots=True)
class Room:
    """What the store of clips and pictures takes, and what is left on this machine's disk."""

    blobs: int
    blob_bytes: int
    free_bytes: int


@dataclass(slots=True)
class Metrics:
    """What one process tells Prometheus."""

    database: Database
    blobs: Blobs
    catalogue: Catalogue
    accounts: Mapping[str, Account]
    free_bytes: Callable[[], int]  # of this machine's disk
    now: Callable[[], datetime]
    tally: Tally | None = None  # what this process counts of its own
    _room: tuple[datetime, Room] | None = None
    _listing: asyncio.Future[Room] | None = None

    async def text(self) -> str:
        """All figures in Prometheus's text format. Raises StoreUnusable."""
        return await metrics_text(
            self.database,
            now=self.now(),
            limits=lambda calls: limits(calls, self.accounts, self.catalogue),
            room=await self._measured(),
            tally=self.tally,
        )

    async def _measured(self) -> Room:
        """The store is listed seldom, and once for all who ask meanwhile, since that may take long."""
        if self._room is not None and self.now() - self._room[0] <= MEASURED_EVERY:
            return self._room[1]
        if self._listing is None:
            self._listing = asyncio.ensure_future(self._listed())
        return await asyncio.shield(self._listing)

    async def _listed(self) -> Room:
        try:
            files = [file for file in await self.blobs.stored() if file.digest is not None]
            room = Room(len(files), sum(file.bytes for file in files), self.free_bytes())
            self._room = self.now(), room
            return room
        finally:
            self._listing = None

    async def answer(self, _request: web.Request) -> web.Response:
        """The same as an answer; a database that does not answer is told as 503."""
        try:
            return web.Response(body=(await self.text()).encode(), headers={"Content-Type": TEXT})
        except StoreUnusable as error:
            return web.Response(status=503, text=f"{error}\n")

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncGenerator[str]:
        """Answer at /metrics while the block runs; gives the address. Raises InvalidRequest for a port that cannot be used."""
        app = web.Application()
        app.router.add_get("/metrics", self.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        watch = None if self.tally is None else asyncio.ensure_future(self.tally.watch_loop())
        try:
            try:
                await web.TCPSite(runner, host, port).start()
            except OSError as error:
                message = f"Figures cannot be served at {host}:{port}: {error.strerror}. Give another --metrics HOST:PORT."
                raise InvalidRequest(message, field="metrics") from error
            yield f"http://{host}:{runner.addresses[0][1]}/metrics"
        finally:
            if watch is not None:
                watch.cancel()
            await runner.cleanup()


async def metrics_text(
    database: Database,
    *,
    now: datetime,
    limits: Callable[[Sequence[CallFigures]], Iterable[Row]] = lambda _calls: (),
    room: Room | None = None,
    tally: Tally | None = None,
) -> str:
    """The figures that all processes share, and with a tally this one's own, in Prometheus's text format. Raises StoreUnusable.

    `limits` tells how many calls each account or route may have in flight.
    """
    found = await database.read(figures)
    registry = CollectorRegistry()
    registry.register(_Told([*_films(found, now), *_calls(found, now), *_money(found), *_limits(limits(found.calls))]))
    if room is not None:
        registry.register(_Told(_disk(room)))
    own = b"" if tally is None else generate_latest(tally.registry)
    return (generate_latest(registry) + own).decode()


def limits(calls: Iterable[CallFigures], accounts: Mapping[str, Account], catalogue: Catalogue) -> Iterator[Row]:
    """How many calls may be in flight: of an account where it says so, otherwise of each route that was ever called."""
    for provider, route in sorted({(one.provider, one.route) for one in calls}):
        account = accounts.get(provider)
        if account is not None and account.in_flight is not None:
            yield (provider, WHOLE), account.in_flight
        else:
            with suppress(UnknownModel):  # a language model's, or one of a catalogue that is gone
                yield (provider, route), catalogue.known_route(route)[1].concurrency


class _Told:
    """Families of figures that are known already, as a registry collects them."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = [*families]

    def collect(self) -> Iterable[Metric]:
        """The families, in the order they were given."""
        return self._families


def _films(found: Figures, now: datetime) -> Iterator[Metric]:
    counts = [((state.value,), found.films[state].films if state in found.films else 0) for state in FilmState]
    queued = found.films.get(FilmState.QUEUED)
    age = (now - queued.oldest).total_seconds() if queued else 0.0
    yield _gauge("storyreel_films", "Films by state.", ["state"], counts)
    yield _gauge("storyreel_queue_age_seconds", "Since the first film was accepted that nobody took up yet.", [], [((), age)])


def _calls(found: Figures, now: datetime) -> Iterator[Metric]:
    states, going, waiting, age = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[str](), dict[str, float]()
    for one in found.calls:
        states[one.provider, one.state.value] += one.calls
        going[one.provider, one.route] += one.calls if one.state in IN_FLIGHT else 0
        waiting[one.provider] += one.calls if one.state is CallState.RESERVED else 0
        if one.state is CallState.RESERVED:
            age[one.provider] = max(age.get(one.provider, 0.0), (now - one.oldest).total_seconds())
    failed = [((one.provider, one.code), one.calls) for one in found.failures]
    yield _gauge("storyreel_calls", "Calls by state.", ["provider", "state"], states.items())
    yield _gauge("storyreel_in_flight", "Calls that are sent or accepted.", ["provider", "route"], going.items())
    yield _gauge("storyreel_waiting", "Calls that wait for their turn.", ["provider"], _alone(waiting))
    yield _gauge("storyreel_waiting_age_seconds", "Since the first of them was reserved.", ["provider"], _alone(age))
    yield _counter("storyreel_failures", "Calls that failed.", ["provider", "code"], failed)


def _money(found: Figures) -> Iterator[Metric]:
    reserved, settled = dict[str, Decimal](), dict[str, Decimal]()
    for one in found.calls:
        reserved[one.provider] = reserved.get(one.provider, Decimal(0)) + one.reserved_usd
        settled[one.provider] = settled.get(one.provider, Decimal(0)) + one.settled_usd
    yield _gauge("storyreel_reserved_dollars", "US dollars held for open calls.", ["provider"], _alone(reserved))
    yield _counter("storyreel_settled_dollars", "US dollars paid.", ["provider"], _alone(settled))


def _limits(rows: Iterable[Row]) -> Iterator[Metric]:
    told = dict(rows)
    text = "How many calls may be in flight; without a route, of the account as a whole."
    yield _gauge("storyreel_in_flight_limit", text, ["provider", "route"], told.items())


def _disk(room: Room) -> Iterator[Metric]:
    yield _gauge("storyreel_blobs", "Clips and pictures that are kept.", [], [((), room.blobs)])
    yield _gauge("storyreel_blob_bytes", "Their bytes.", [], [((), room.blob_bytes)])
    yield _gauge("storyreel_disk_free_bytes", "Free where this process keeps its files.", [], [((), room.free_bytes)])


def _gauge(name: str, text: str, labels: Sequence[str], rows: Iterable[Row]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=labels)
    for values, figure in rows:
        family.add_metric(values, float(figure))
    return family


def _counter(name: str, text: str, labels: Sequence[str], rows: Iterable[Row]) -> Metric:
    family = CounterMetricFamily(name, text, labels=labels)
    for values, figure in rows:
        family.add_metric(values, float(figure))
    return family


def _alone(figures: Mapping[str, float] | Mapping[str, Decimal]) -> list[Row]:
    return [((name,), float(figure)) for name, figure in figures.items()]
