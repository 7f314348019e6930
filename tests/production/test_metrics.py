"""What Prometheus is told: counts, money, limits and waits, the same from every process that asks the database."""

import asyncio
from collections.abc import Generator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import aiohttp
import pytest
from typing_extensions import override

from storyreel.accounts import Account
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.generation import Key, Repeat
from storyreel.library import films, ledger
from storyreel.library.blobs import Blobs, Stored
from storyreel.library.database import Connection, Database
from storyreel.observing.observer import Observer
from storyreel.observing.tally import Tally
from storyreel.production.metrics import Metrics
from tests.library.rows import NOW, a_film, later
from tests.production.conftest import until

ROUTE = "kling-2.5-turbo@replicate"
PRICE = Decimal("0.25")


def key(shot: str) -> Key:
    return Key(film="lighthouse-0001", shot=shot, take=1, route=ROUTE)


def fill(connection: Connection) -> None:
    """A film that waits, and four calls: one waits, one is sent, one failed, one is paid."""
    films.insert_film(connection, a_film())
    for shot in ("s1", "s2", "s3", "s4"):
        ledger.reserve(connection, key(shot), f"take-{shot}", "replicate", Repeat.LOOKUP, PRICE, NOW)
    for shot in ("s2", "s3", "s4"):
        ledger.mark_sending(connection, key(shot), "me", later(60))
        ledger.mark_accepted(connection, key(shot), f"remote-{shot}", later(30), NOW)
    ledger.mark_failed(connection, key("s3"), "content_refused", "the moderator says no", NOW)
    ledger.mark_done(connection, key("s4"), "c" * 64, Decimal("0.2"), NOW)


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    with Database.open(f"sqlite:///{tmp_path / 'storyreel.db'}") as opened:
        opened.write_now(fill)
        yield opened


@pytest.fixture
def blobs(tmp_path: Path) -> Generator[Blobs]:
    opened = Blobs(tmp_path / "blobs")
    yield opened
    opened.close()


def metrics(database: Database, blobs: Blobs, tally: Tally | None = None, *, in_flight: int | None = None) -> Metrics:
    accounts = {"replicate": Account("replicate", setting="REPLICATE_API_TOKEN", in_flight=in_flight)}
    now = NOW + timedelta(seconds=90)
    return Metrics(database, blobs, load_catalogue(None), accounts, lambda: 5_000, lambda: now, tally)


async def test_films_calls_money_and_waits_are_told_as_the_database_has_them(database: Database, blobs: Blobs) -> None:
    await blobs.put_bytes(b"a clip")

    lines = (await metrics(database, blobs, in_flight=7).text()).splitlines()

    assert set(lines) >= {
        'storyreel_films{state="queued"} 1.0',
        'storyreel_films{state="failed"} 0.0',
        "storyreel_queue_age_seconds 90.0",
        'storyreel_calls{provider="replicate",state="done"} 1.0',
        f'storyreel_in_flight{{provider="replicate",route="{ROUTE}"}} 1.0',
        'storyreel_in_flight_limit{provider="replicate",route=""} 7.0',
        'storyreel_waiting{provider="replicate"} 1.0',
        'storyreel_waiting_age_seconds{provider="replicate"} 90.0',
        'storyreel_failures_total{code="content_refused",provider="replicate"} 1.0',
        'storyreel_reserved_dollars{provider="replicate"} 0.5',
        'storyreel_settled_dollars_total{provider="replicate"} 0.2',
        "storyreel_blob_bytes 6.0",
        "storyreel_disk_free_bytes 5000.0",
    }


class SlowBlobs(Blobs):
    """A store that takes long to list, and knows how often it was."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.listings, self.listed = 0, asyncio.Event()

    @override
    async def stored(self) -> list[Stored]:
        """What there is, once that may be told."""
        self.listings += 1
        await self.listed.wait()
        return await super().stored()


async def test_the_store_is_listed_once_for_all_who_ask_meanwhile(database: Database, tmp_path: Path) -> None:
    store = SlowBlobs(tmp_path / "blobs")
    told = metrics(database, store)
    gone = asyncio.ensure_future(told.text())  # who asks first does not wait for the answer
    await until(lambda: store.listings > 0)

    asking = [asyncio.ensure_future(told.text()) for _ in range(3)]
    await asyncio.sleep(0)
    gone.cancel()
    store.listed.set()

    assert all("storyreel_blobs 0.0" in text for text in await asyncio.gather(*asking))
    assert store.listings == 1
    store.close()


async def test_without_a_bound_of_the_account_each_route_s_own_is_told(database: Database, blobs: Blobs) -> None:
    text = await metrics(database, blobs).text()
    bound = load_catalogue(None).known_route(ROUTE)[1].concurrency

    assert f'storyreel_in_flight_limit{{provider="replicate",route="{ROUTE}"}} {float(bound)}' in text


async def test_a_process_counts_its_own_waits_generations_and_looks_and_answers_http(database: Database, blobs: Blobs) -> None:
    tally = Tally()
    observer = Observer(tally.hear)
    observer.note("call.sending", provider="replicate", waited_s=0.2)
    observer.note("call.settled", provider="replicate", model="kling-2.5-turbo", state="done", took_s=42.0)
    observer.detail("look.done", provider="replicate", state="running")
    observer.warn("look.failed", provider="replicate", code="provider_unavailable")

    async with metrics(database, blobs, tally).served("127.0.0.1", 0) as address, aiohttp.ClientSession() as session:
        async with session.get(address) as answer:
            text = await answer.text()
        with pytest.raises(InvalidRequest, match="--metrics"):
            async with metrics(database, blobs).served("127.0.0.1", int(address.split(":")[2].partition("/")[0])):
                pass

    assert answer.content_type == "text/plain"
    assert 'storyreel_submit_wait_seconds_bucket{le="0.25",provider="replicate"} 1.0' in text
    assert 'storyreel_generation_seconds_sum{model="kling-2.5-turbo"} 42.0' in text
    assert 'storyreel_looks_total{outcome="answered",provider="replicate"} 1.0' in text
    assert 'storyreel_looks_total{outcome="provider_unavailable",provider="replicate"} 1.0' in text
    assert 'storyreel_calls{provider="replicate",state="reserved"} 1.0' in text
