"""What is told and not kept while a call stands still, so that a person does not think that nothing happens."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from storyreel.domain.events import Passing, TakeDelayed, TakeSought
from storyreel.domain.generation import Take
from storyreel.library.ledger import Call
from storyreel.production.floor import Floor

AGAIN_S = 2.0
PATIENT_S = 5.0  # a turn that comes sooner is not worth a word


@asynccontextmanager
async def telling_that_it_waits(floor: Floor, take: Take, call: Call) -> AsyncGenerator[None]:
    """While the block runs, that a call waits for its turn, and how many are under way; not of a provider of our own."""
    if floor.turns.own(call.provider):
        yield
        return

    async def delayed() -> TakeDelayed:
        under_way, at_once = await floor.turns.crowd(call)
        return TakeDelayed(shot=take.shot, take=take.id, provider=call.provider, under_way=under_way, at_once=at_once)

    async with _telling(floor, take.film, delayed, after_s=PATIENT_S / floor.pace):
        yield


@asynccontextmanager
async def telling_that_it_is_sought(floor: Floor, take: Take, call: Call, until: datetime) -> AsyncGenerator[None]:
    """While the block runs, that a provider is to be asked whether a call arrived, and for how long that may take."""

    async def sought() -> TakeSought:
        left_s = max(0.0, (until - floor.now).total_seconds())
        return TakeSought(shot=take.shot, take=take.id, provider=call.provider, seconds=left_s)

    async with _telling(floor, take.film, sought, after_s=0):
        yield


@asynccontextmanager
async def _telling(floor: Floor, film: str, fact: Callable[[], Awaitable[Passing]], *, after_s: float) -> AsyncGenerator[None]:
    telling = asyncio.ensure_future(_tell(floor, film, fact, after_s))
    try:
        yield
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _tell(floor: Floor, film: str, fact: Callable[[], Awaitable[Passing]], after_s: float) -> None:
    await asyncio.sleep(after_s)
    while True:
        if floor.hub.followed(film):
            floor.hub.tell(film, await fact(), floor.now)
        await asyncio.sleep(AGAIN_S)
