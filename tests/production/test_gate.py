"""What is on its way is waited for; what has not left does not leave any more. Requirement F10."""

import asyncio

from storyreel.production.gate import Gate


async def at_once() -> None:
    """Nothing is in its way."""


async def test_a_gate_that_closes_waits_for_what_is_outside() -> None:
    gate, answered = Gate(), asyncio.Event()

    async def send() -> str:
        async with gate.outside(at_once):
            await answered.wait()
            return "kept"

    sending = asyncio.create_task(send())
    await asyncio.sleep(0)
    closing = asyncio.create_task(gate.close(10))
    await asyncio.sleep(0)
    assert (gate.open, closing.done()) == (False, False)
    answered.set()
    await closing
    assert await sending == "kept"


async def test_a_gate_waits_no_longer_than_it_may() -> None:
    gate = Gate()
    async with gate.outside(at_once):
        await gate.close(0.01)
    assert not gate.open


async def test_who_lost_his_place_sends_nothing() -> None:
    gate, held = Gate(), [True]
    gate.holds = lambda: held[0]
    assert gate.open
    held[0] = False
    assert not gate.open
