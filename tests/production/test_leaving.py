"""Between a call's turn and its request its pictures are made ready: whether it may leave, when it left, what an answer cost.

Requirement F2.
"""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from storyreel.domain.errors import OutputBroken, ProviderUnavailable
from storyreel.domain.generation import CallState, Repeat, Take
from storyreel.domain.values import Size
from storyreel.library import films, ledger, takes
from storyreel.library.database import Database
from storyreel.production import attention
from storyreel.production.floor import Floor
from storyreel.production.patience import MOST_SENDINGS
from storyreel.production.plan import inputs_digest, request_for, take_for
from storyreel.production.submit import submit_once
from tests.production.conftest import TestClock, board, film_of
from tests.production.scripted import Cloud
from tests.production.test_submit import KEY, ROUTE, break_off_while_sending, state_of, take

__all__ = ["take"]


async def test_who_loses_his_place_while_pictures_are_made_ready_sends_nothing(floor: Floor, take: Take, cloud: Cloud) -> None:
    cloud.repeat = Repeat.LOOKUP

    async def place_is_lost() -> None:
        floor.gate.holds = lambda: False

    cloud.making_ready = place_is_lost
    with pytest.raises(asyncio.CancelledError):
        await submit_once(floor, take.id)

    assert (cloud.submits, cloud.paid) == ([], 0)
    assert await state_of(floor) is CallState.RESERVED


async def test_who_was_found_gone_while_pictures_were_made_ready_leaves_the_sending_to_his_successor(
    floor: Floor, take: Take, cloud: Cloud
) -> None:
    cloud.repeat = Repeat.LOOKUP

    async def another_takes_it_up() -> None:
        await floor.database.write(ledger.mark_unsent, KEY, floor.now)
        await floor.database.write(ledger.mark_sending, KEY, "another", floor.now + timedelta(seconds=60))

    cloud.making_ready = another_takes_it_up
    with pytest.raises(asyncio.CancelledError):
        await submit_once(floor, take.id)

    call = await floor.database.read(ledger.known_call, KEY, wanted="read")
    assert (cloud.submits, call.state, call.process) == ([], CallState.SENDING, "another")


@pytest.mark.parametrize("repeat", Repeat)
async def test_a_request_is_sent_when_it_leaves_and_not_when_it_had_its_turn(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock, repeat: Repeat
) -> None:
    cloud.repeat = repeat

    async def slowly() -> None:
        clock.now += timedelta(minutes=10)

    cloud.making_ready = slowly
    if repeat is Repeat.KEY:
        await break_off_while_sending(floor, take, cloud, arrived=True)  # the same is sent once more
    await submit_once(floor, take.id)

    call = await floor.database.read(ledger.known_call, KEY, wanted="read")
    assert (call.state, call.sent, cloud.paid) == (CallState.ACCEPTED, floor.now, 1)
    assert call.deadline is not None
    assert call.deadline > floor.now


async def test_what_its_provider_tells_of_while_it_is_made_ready_once_more_is_not_sent_again(
    floor: Floor, take: Take, cloud: Cloud
) -> None:
    await break_off_while_sending(floor, take, cloud, arrived=True)

    async def a_webhook_comes() -> None:
        await floor.write(KEY.film, attention.adopt, KEY, "job-1", floor.now, by_webhook=True)

    cloud.making_ready = a_webhook_comes
    await submit_once(floor, take.id)

    assert (cloud.submits, await state_of(floor)) == ([], CallState.ACCEPTED)


async def test_a_database_that_is_held_for_a_while_leaves_no_doubt_of_a_request_that_did_not_leave(
    floor: Floor, take: Take, cloud: Cloud
) -> None:
    cloud.repeat, sleep = Repeat.NONE, floor.clock.sleep
    with (
        closing(sqlite3.connect(floor.home.root / "storyreel.db", isolation_level=None)) as other,
        Database.open(floor.home.database_url, patience_s=0.02) as floor.database,
    ):

        async def another_writes() -> None:
            other.execute("BEGIN IMMEDIATE")

        async def until_it_has_written(seconds: float) -> None:
            await sleep(seconds)
            other.rollback()

        cloud.making_ready, floor.clock = another_writes, replace(floor.clock, sleep=until_it_has_written)
        await submit_once(floor, take.id)

        assert (cloud.paid, await state_of(floor)) == (1, CallState.ACCEPTED)


async def test_an_answer_that_is_of_no_use_is_charged_all_the_same(floor: Floor, take: Take, cloud: Cloud) -> None:
    cloud.repeat, price = Repeat.NONE, Decimal("0.04")
    await floor.database.write(ledger.reserve, KEY, take.id, "animatic", cloud.repeat, price, floor.now)
    cloud.after_submit.append(OutputBroken("the picture in the answer is not base64"))

    await submit_once(floor, take.id)

    call = await floor.database.read(ledger.known_call, KEY, wanted="read")
    assert (call.state, call.cost_usd, call.reserved_usd) == (CallState.FAILED, price, 0)
    assert (await floor.database.read(takes.take, take.id)).cost_usd == price


@pytest.mark.parametrize(
    ("fallback", "waits"), [("kling-2.5-turbo@replicate", False), ("kling-2.5-turbo@fal", True), ("flux-2-pro@replicate", True)]
)
async def test_a_provider_that_is_away_is_waited_for_where_no_other_route_makes_that(
    floor: Floor, cloud: Cloud, clock: TestClock, fallback: str, waits: bool
) -> None:
    film = film_of(board(1, seconds=5))
    film = film.model_copy(update={"order": film.order.model_copy(update={"fallbacks": (fallback,)})})
    request = request_for(film, "s1", floor.catalogue.model("animatic")).model_copy(update={"size": Size.of_aspect("16:9", 720)})
    wanted = take_for(film, request, shot="s1", number=1, route=ROUTE, digest=inputs_digest(request, ROUTE, ""), now=floor.now)
    await floor.database.write(films.insert_film, film)
    take = await floor.database.write(takes.insert_take, wanted)
    cloud.before_submit.extend([ProviderUnavailable(provider="animatic", detail="refused", unreached=True)] * MOST_SENDINGS)

    await submit_once(floor, take.id)

    assert await state_of(floor) is (CallState.ACCEPTED if waits else CallState.FAILED)
