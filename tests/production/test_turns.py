"""No provider has more of us than it allows, counted over every process; nobody's many films keep another's one waiting.

Requirements B8, F10.
"""

import asyncio
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.accounts import Account
from storyreel.domain.events import TakeDelayed
from storyreel.domain.generation import CallState, GenerationState, Key, Repeat, Take
from storyreel.library import films, ledger, takes
from storyreel.library.ledger import Allowance, Call, UnderWay
from storyreel.library.ledger.turns import next_turns
from storyreel.production.floor import Floor
from storyreel.production.plan import inputs_digest, request_for, take_for
from storyreel.production.runner import Runner
from storyreel.production.submit import submit_once
from tests.library.rows import NOW
from tests.production.conftest import TestClock, board, film_of, until
from tests.production.scripted import Cloud

ROUTE = "animatic@animatic"


def a_call(user: str, number: int, *, priority: int = 0, route: str = "veo@cloud") -> Call:
    return Call(
        key=Key(film=f"{user}-{number}", shot="s1", take=1, route=route),
        take=f"{user}-{number}/s1/1",
        provider="cloud",
        repeat=Repeat.KEY,
        state=CallState.RESERVED,
        quote_usd=None,
        reserved_usd=Decimal(0),
        cost_usd=Decimal(0),
        attempts=0,
        process=None,
        deadline=None,
        remote_id=None,
        next_look=None,
        looks=0,
        lease_process=None,
        lease_until=None,
        sighting=None,
        cancel_requested=False,
        output=None,
        error_code=None,
        error=None,
        created=NOW + timedelta(seconds=number),
        user=user,
        priority=priority,
        sent=None,
        changed=NOW,
    )


calls = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 99), st.integers(0, 2), st.sampled_from(["veo@cloud", "wan@cloud"])),
    unique_by=lambda told: told[:2],
    max_size=30,
).map(lambda told: [a_call(user, number, priority=priority, route=route) for user, number, priority, route in told])


@given(waiting=calls, going=calls, in_flight=st.none() | st.integers(1, 9), per_minute=st.none() | st.integers(1, 9))
def test_turns_never_pass_what_is_allowed(
    waiting: list[Call], going: list[Call], in_flight: int | None, per_minute: int | None
) -> None:
    under_way = UnderWay(
        users=Counter(call.user for call in going), routes=Counter(call.key.route for call in going), last_minute=len(going)
    )
    chosen = list(next_turns(waiting, under_way, Allowance(in_flight=in_flight, per_minute=per_minute), lambda _route: 3))

    assert len({str(call.key) for call in chosen}) == len(chosen)
    if per_minute is not None:
        assert len(chosen) <= max(0, per_minute - len(going))
    if in_flight is not None:
        assert len(chosen) <= max(0, in_flight - len(going))
    else:
        routes = Counter(call.key.route for call in (*going, *chosen))
        assert all(routes[call.key.route] <= 3 for call in chosen)


def test_the_one_film_of_a_user_does_not_wait_for_a_hundred_of_another() -> None:
    crowd = [a_call("crowd", number) for number in range(100)]
    under_way = UnderWay(users={"crowd": 4}, routes={"veo@cloud": 4}, last_minute=4)
    chosen = list(next_turns([*crowd, a_call("one", 500)], under_way, Allowance(in_flight=8), lambda _route: 1))
    assert [call.user for call in chosen] == ["one", "crowd", "crowd", "crowd"]


def test_what_is_urgent_goes_first() -> None:
    waiting = [a_call("one", 1), a_call("one", 2, priority=1)]
    nothing = UnderWay(users={}, routes={}, last_minute=0)
    assert [call.priority for call in next_turns(waiting, nothing, Allowance(), lambda _route: 1)] == [1]


async def asked_for(floor: Floor, count: int) -> list[Take]:
    """Takes that were asked for and not sent."""
    film = film_of(board(count))
    await floor.database.write(films.insert_film, film)
    made: list[Take] = []
    for shot in film.storyboard.shots:
        request = request_for(film, shot.id, floor.catalogue.model("animatic"))
        digest = inputs_digest(request, ROUTE, "")
        wanted = take_for(film, request, shot=shot.id, number=1, route=ROUTE, digest=digest, now=floor.now)
        made.append(await floor.database.write(takes.insert_take, wanted))
    return made


def key_of(take: Take) -> Key:
    return Key(film=take.film, shot=take.shot, take=1, route=ROUTE)


@pytest.fixture
def narrow(floor: Floor) -> Floor:
    """A floor whose provider allows two at once."""
    floor.accounts = {"animatic": Account("animatic", setting="", in_flight=2)}
    return floor


async def test_a_call_waits_until_another_one_has_ended(narrow: Floor, cloud: Cloud) -> None:
    three = await asked_for(narrow, 3)
    sending = [asyncio.ensure_future(submit_once(narrow, take.id)) for take in three]
    await until(lambda: len(cloud.submits) == 2)
    await asyncio.wait(sending, timeout=0.05)
    assert len(cloud.submits) == 2

    sent = next(key for key in map(key_of, three) if str(key) == cloud.submits[0])
    await narrow.database.write(ledger.mark_failed, sent, "timed_out", "Too slow.", narrow.now)
    narrow.turns.give_back("animatic", sent)
    await asyncio.gather(*sending)

    assert len(cloud.submits) == 3


async def test_who_follows_a_film_hears_that_it_waits_for_a_turn(narrow: Floor, cloud: Cloud) -> None:
    narrow.pace = 25  # the first word after a fifth of a second
    three = await asked_for(narrow, 3)
    hearing = narrow.hub.follow(narrow.database, three[0].film)
    sending = [asyncio.ensure_future(submit_once(narrow, take.id)) for take in three]
    fact = await anext(event.fact async for event in hearing if isinstance(event.fact, TakeDelayed))
    await hearing.aclose()
    narrow.turns.call_off(three[0].film)
    await asyncio.gather(*sending)

    assert (fact.provider, fact.under_way, fact.at_once) == ("animatic", 2, 2)


async def test_a_film_that_is_called_off_does_not_wait_for_its_turn(narrow: Floor, cloud: Cloud) -> None:
    three = await asked_for(narrow, 3)
    sending = [asyncio.ensure_future(submit_once(narrow, take.id)) for take in three]
    await until(lambda: len(cloud.submits) == 2)

    await narrow.database.write(films.request_cancel, three[0].film)
    narrow.turns.call_off(three[0].film)
    await asyncio.gather(*sending)

    states = [(await narrow.database.read(takes.take, take.id)).state for take in three]
    assert sorted(states) == ["cancelled", "running", "running"]
    assert len(cloud.submits) == 2


async def test_who_stops_waiting_in_the_middle_of_getting_a_turn_holds_none(floor: Floor) -> None:
    floor.accounts = {"animatic": Account("animatic", setting="", in_flight=1)}
    calls = [
        await floor.database.write(ledger.reserve, key_of(take), take.id, "animatic", Repeat.NONE, None, floor.now)
        for take in await asked_for(floor, 2)
    ]
    first = asyncio.ensure_future(floor.turns.take(calls[0]))
    await asyncio.sleep(0)
    first.cancel()

    assert await floor.turns.take(calls[1])
    assert (await floor.database.read(ledger.known_call, calls[0].key, wanted="read")).state is CallState.RESERVED


async def test_a_call_that_a_crash_left_on_its_way_holds_no_turn_for_ever(floor: Floor, clock: TestClock) -> None:
    floor.accounts = {"animatic": Account("animatic", setting="", in_flight=1)}
    calls = [
        await floor.database.write(ledger.reserve, key_of(take), take.id, "animatic", Repeat.NONE, None, floor.now)
        for take in await asked_for(floor, 2)
    ]
    assert await floor.turns.take(calls[0])
    waiting = asyncio.ensure_future(floor.turns.take(calls[1]))
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()

    clock.now += timedelta(minutes=10)

    assert await waiting


async def test_a_provider_s_wish_for_patience_is_kept_no_longer_where_the_clock_is_set_back(
    floor: Floor, clock: TestClock
) -> None:
    [take] = await asked_for(floor, 1)
    call = await floor.database.write(ledger.reserve, key_of(take), take.id, "animatic", Repeat.NONE, None, floor.now)
    floor.turns.hold("animatic", 30)
    waiting = asyncio.ensure_future(floor.turns.take(call))
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()

    clock.now -= timedelta(hours=1)

    assert await waiting


async def test_who_waited_long_for_a_turn_is_not_given_up_for_it(floor: Floor, cloud: Cloud, clock: TestClock) -> None:
    [take] = await asked_for(floor, 1)
    await floor.database.write(ledger.reserve, key_of(take), take.id, "animatic", cloud.repeat, None, floor.now)
    clock.now += timedelta(hours=3)
    await submit_once(floor, take.id)
    cloud.looks_until_ready = 2
    runner = Runner(floor)
    runner.start([])
    waiting = asyncio.ensure_future(runner.wait(take.id))
    await until(lambda: bool(cloud.looks))

    while not waiting.done():
        clock.now += timedelta(seconds=30)
        await asyncio.sleep(0.05)
    ended = await waiting
    await runner.close()

    assert (ended.state, cloud.cancelled) == (GenerationState.READY, set())
