"""What is told and not kept while a call stands still, so that a person does not think that nothing happens."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime

from storyreel.domain.events import TakeDelayed, TakeSought
from storyreel.domain.generation import Take
from storyreel.library.ledger import Call
from storyreel.production.floor import Floor

PATIENT_S = 5.0  # a turn that comes sooner is not worth a word


@contextmanager
def telling_that_it_waits(floor: Floor, take: Take, call: Call) -> Generator[None]:
    """While the block runs, that a call waits for its turn, and how many are under way; not of a provider of our own."""
    if floor.turns.own(call.provider):
        yield
        return

    async def delayed() -> TakeDelayed:
        under_way, at_once = await floor.turns.crowd(call)
        return TakeDelayed(shot=take.shot, take=take.id, provider=call.provider, under_way=under_way, at_once=at_once)

    with floor.standstills.told(take.film, delayed, after_s=PATIENT_S / floor.pace):
        yield


@contextmanager
def telling_that_it_is_sought(floor: Floor, take: Take, call: Call, until: datetime) -> Generator[None]:
    """While the block runs, that a provider is to be asked whether a call arrived, and for how long that may take."""

    async def sought() -> TakeSought:
        left_s = max(0.0, (until - floor.now).total_seconds())
        return TakeSought(shot=take.shot, take=take.id, provider=call.provider, seconds=left_s)

    with floor.standstills.told(take.film, sought, after_s=0):
        yield
