"""Webhooks in, over real sockets: what they name is adopted or looked at; what is forged or repeated changes nothing.

Requirements F2 and B8.
"""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.events import TakeAdopted
from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState, GenerationState, Key, Repeat, Request
from storyreel.domain.values import Size
from storyreel.library import events, films, ledger, takes
from storyreel.library.ledger import Call
from storyreel.production.floor import Floor
from storyreel.production.hooks import serve_hooks
from storyreel.production.plan import inputs_digest, take_for
from storyreel.providers.port import open_provider
from storyreel.providers.sent import token_of
from storyreel.settings import Settings
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.standins.hooks import signed
from storyreel.standins.replicate import Replicate
from storyreel.studio import Studio
from tests.production.conftest import board, film_of

__all__ = ["standin", "standin_studio"]

ROUTE = "seedance-1-lite@replicate"
KEY = Key(film="ships-0001", shot="s1", take=1, route=ROUTE)
SPEED = 5000.0


@pytest.fixture
async def standing(standin: Standin) -> Replicate:
    return await standin(Replicate, speed=SPEED)


@pytest.fixture
async def hooked(floor: Floor, standing: Replicate) -> AsyncGenerator[str]:
    """The address of a process whose only call is one in doubt at Replicate."""
    floor.opener, floor.accounts = open_provider, accounts_of(standing.environment(standing.url))
    await in_doubt(floor, KEY, Request(prompt="A ship", seconds=5, size=Size(width_px=854, height_px=480)))
    async with serve_hooks(floor, "127.0.0.1", 0) as address:
        yield address
    await floor.close()


async def in_doubt(floor: Floor, key: Key, request: Request) -> None:
    """A film of which nobody knows whether its only call arrived."""
    film, why = film_of(board(1)), ("submit_outcome_unknown", "Who knows?")
    digest = inputs_digest(request, key.route, "")
    take = take_for(film, request, shot="s1", number=1, route=key.route, digest=digest, now=floor.now)
    await floor.database.write(films.insert_film, film)
    await floor.database.write(films.start_film, film.id, floor.now)
    await floor.database.write(takes.insert_take, take)
    await floor.database.write(ledger.reserve, key, take.id, key.route.partition("@")[2], Repeat.LOOKUP, None, floor.now)
    await floor.database.write(ledger.mark_sending, key, "tester", floor.now)
    await floor.database.write(ledger.mark_attention, key, *why, floor.now)
    await floor.database.write(takes.fail_take, take.id, *why, floor.now, attention=True)
    await floor.database.write(films.fail_film, film.id, *why, floor.now, attention=True)


async def told(address: str, *, secret: str, when: datetime, delivery: str = "msg_1", name: str = token_of(KEY)) -> int:
    """The status of one webhook about the prediction p1."""
    body = json.dumps({"id": "p1", "status": "succeeded"}).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}/replicate/{name}", data=body, headers=signed(secret, delivery, when, body)) as answer,
    ):
        return answer.status


async def the_call(floor: Floor, key: Key = KEY) -> Call:
    return await floor.database.read(ledger.known_call, key, wanted="seen")


async def adoptions(floor: Floor) -> int:
    return sum(isinstance(event.fact, TakeAdopted) for event in await floor.database.read(events.since, KEY.film, 0))


async def test_a_webhook_that_names_a_call_in_doubt_settles_it_once(floor: Floor, standing: Replicate, hooked: str) -> None:
    statuses = [await told(hooked, secret=standing.hook_secret, when=floor.now) for _ in range(2)]

    call = await the_call(floor)
    take, film = await floor.database.read(takes.take, call.take), await floor.database.read(films.film, KEY.film)
    assert (statuses, call.state, call.remote_id) == ([200, 200], CallState.ACCEPTED, "p1")
    assert (take.state, film.state, await adoptions(floor)) == (GenerationState.RUNNING, FilmState.QUEUED, 1)


async def test_what_is_forged_too_old_or_about_nothing_changes_nothing(floor: Floor, standing: Replicate, hooked: str) -> None:
    secret = standing.hook_secret
    statuses = [
        await told(hooked, secret="whsec_Zm9yZ2VkIQ==", when=floor.now),
        await told(hooked, secret=secret, when=floor.now - timedelta(minutes=6)),
        await told(hooked, secret=secret, when=floor.now, name="0" * 32),
        await told(hooked.replace("/hooks", "/hooks/animatic"), secret=secret, when=floor.now),
    ]

    assert (statuses, (await the_call(floor)).state) == ([401, 401, 200, 404], CallState.ATTENTION)


async def test_a_call_that_is_under_way_is_looked_at_at_once(floor: Floor, standing: Replicate, hooked: str) -> None:
    later = floor.now + timedelta(hours=1)
    await floor.database.write(ledger.mark_accepted, KEY, "p1", later, floor.now)

    status = await told(hooked, secret=standing.hook_secret, when=floor.now)

    assert (status, (await the_call(floor)).next_look, await adoptions(floor)) == (200, floor.now, 0)


@pytest.mark.journey
async def test_an_answer_that_was_lost_is_told_by_the_webhook_and_nobody_waits_for_a_listing(
    standing: Replicate, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    account = accounts_of(standing.environment(standing.url))["replicate"]
    listening = replace(account, facts={"hooks": f"http://127.0.0.1:{port}/hooks/replicate"})
    standing.faults.add("reset_after", "create", count=1)

    async with Studio(tmp_path / "home", settings=Settings(pace=SPEED), accounts={"replicate": listening}) as studio:
        async with asyncio.timeout(30), studio.webhooks(port=port):  # to search the list takes longer
            film = await studio.make_film(
                board(1, seconds=2), model=ROUTE, size="854x480", output=tmp_path / "film.mp4", allow_unpriced=True
            )
        told = [event.fact async for event in studio.events(film)]

    assert (film.state, len(standing.submissions)) == (FilmState.READY, 1)
    assert [fact.by_webhook for fact in told if isinstance(fact, TakeAdopted)] == [True]


@pytest.mark.parametrize(
    ("name", "route"), [("fal", "seedance-1.5-pro@fal"), ("kling", "kling-2.5-turbo@kling"), ("ark", "seedance-1.5-pro@ark")]
)
async def test_what_a_cloud_tells_of_a_call_in_doubt_settles_it(floor: Floor, standin: Standin, name: str, route: str) -> None:
    cloud, key = await standin(name, speed=SPEED), KEY.model_copy(update={"route": route})
    size = Size(width_px=1280, height_px=720) if name == "kling" else Size(width_px=854, height_px=480)
    request = Request(prompt="A ship", seconds=5, size=size, sound=False)
    floor.opener = open_provider
    await in_doubt(floor, key, request)
    async with serve_hooks(floor, "127.0.0.1", 0) as address:
        floor.accounts = accounts_of({**cloud.environment(cloud.url), f"{name.upper()}_WEBHOOK_URL": f"{address}/{name}"})
        floor.clock = replace(floor.clock, now=lambda: datetime.now(UTC))
        _, way = floor.catalogue.known_route(route)
        floor.adoptions[key] = asyncio.Event()
        remote = await floor.provider(name).submit(request, way, key)
        await asyncio.wait_for(floor.adoptions[key].wait(), 10)
    await floor.close()

    call = await the_call(floor, key)
    assert (call.state, call.remote_id) == (CallState.ACCEPTED, remote)
