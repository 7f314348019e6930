"""A call is paid once, whatever breaks off: by the three ways in which providers know a repeated submit, and by state.

Requirement F2.
"""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import (
    AuthenticationFailed,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import CallState, GenerationState, Key, Repeat, Take
from storyreel.library import films, ledger, takes
from storyreel.library.database import Database
from storyreel.production.engine import StepFailed
from storyreel.production.floor import Floor
from storyreel.production.patience import BUSY_S, MOST_SENDINGS
from storyreel.production.plan import inputs_digest, request_for, take_for
from storyreel.production.submit import LISTING_S, MOST_QUESTIONS, submit_once
from tests.production.conftest import TestClock, board, film_of
from tests.production.scripted import Cloud

ROUTE = "animatic@animatic"
KEY = Key(film="ships-0001", shot="s1", take=1, route=ROUTE)
LOST = SubmitOutcomeUnknown(provider="animatic", detail="read time-out")
AWAY = ProviderUnavailable(provider="animatic", detail="HTTP 503")
REFUSED = AuthenticationFailed(provider="animatic", setting="A_KEY", refused=True)


@pytest.fixture
async def take(floor: Floor) -> Take:
    """A take that was asked for and not sent."""
    film = film_of(board(1))
    request = request_for(film, "s1", load_catalogue().model("animatic"))
    digest = inputs_digest(request, ROUTE, "")
    wanted = take_for(film, request, shot="s1", number=1, route=ROUTE, digest=digest, now=floor.now)
    await floor.database.write(films.insert_film, film)
    return await floor.database.write(takes.insert_take, wanted)


async def state_of(floor: Floor) -> CallState:
    call = await floor.database.read(ledger.call, KEY)
    assert call is not None
    return call.state


async def break_off_while_sending(floor: Floor, take: Take, cloud: Cloud, *, arrived: bool) -> None:
    """As a process leaves it that dies between SENDING and ACCEPTED."""
    until = floor.now + timedelta(seconds=60)
    await floor.database.write(ledger.reserve, KEY, take.id, "animatic", cloud.repeat, None, floor.now)
    await floor.database.write(ledger.mark_sending, KEY, "a process that is gone", until)
    if arrived:
        cloud.jobs["job-1"] = (KEY, take.request)


async def test_a_call_is_sent_once_however_often_its_step_runs(floor: Floor, take: Take, cloud: Cloud) -> None:
    for _ in range(3):
        await submit_once(floor, take.id)

    assert cloud.submits == [str(KEY)]
    assert await state_of(floor) is CallState.ACCEPTED
    assert (await floor.database.read(takes.take, take.id)).state is GenerationState.RUNNING


@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "did not arrive"])
@pytest.mark.parametrize("repeat", [Repeat.KEY, Repeat.LOOKUP])
async def test_after_a_crash_while_sending_the_provider_has_one_generation(
    floor: Floor, take: Take, cloud: Cloud, repeat: Repeat, arrived: bool
) -> None:
    cloud.repeat = repeat
    await break_off_while_sending(floor, take, cloud, arrived=arrived)

    await submit_once(floor, take.id)

    assert cloud.paid == 1
    assert await state_of(floor) is CallState.ACCEPTED


async def test_a_listing_is_asked_only_when_an_answer_cannot_come_any_more(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock
) -> None:
    cloud.repeat = Repeat.LOOKUP
    await break_off_while_sending(floor, take, cloud, arrived=True)

    await submit_once(floor, take.id)

    assert clock.slept == [70.0]
    assert cloud.submits == []


@pytest.mark.parametrize(("hours", "waits"), [(-1, [61 + LISTING_S]), (1, [LISTING_S])])
async def test_a_clock_that_was_set_meanwhile_neither_shortens_the_wait_for_a_listing_nor_draws_it_out(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock, hours: int, waits: list[float]
) -> None:
    cloud.repeat = Repeat.LOOKUP
    await break_off_while_sending(floor, take, cloud, arrived=True)
    clock.now += timedelta(hours=hours)

    await submit_once(floor, take.id)

    assert (clock.slept, cloud.submits) == (waits, [])


@pytest.mark.parametrize("reading", range(1, 9))
async def test_a_clock_that_is_set_back_between_two_looks_at_it_does_not_draw_the_wait_out(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock, reading: int
) -> None:
    cloud.repeat = Repeat.LOOKUP
    await break_off_while_sending(floor, take, cloud, arrived=True)
    left = reading

    def now() -> datetime:
        nonlocal left
        left -= 1
        clock.now -= timedelta(hours=not left)
        return clock.now

    floor.clock = replace(floor.clock, now=now)

    await submit_once(floor, take.id)

    assert (sum(clock.slept) <= 61 + LISTING_S, cloud.submits) == (True, [])


@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "did not arrive"])
async def test_where_nobody_can_know_a_person_decides_and_nothing_is_sent(
    floor: Floor, take: Take, cloud: Cloud, arrived: bool
) -> None:
    cloud.repeat = Repeat.NONE
    await break_off_while_sending(floor, take, cloud, arrived=arrived)

    await submit_once(floor, take.id)

    assert cloud.submits == []
    assert await state_of(floor) is CallState.ATTENTION
    assert (await floor.database.read(takes.take, take.id)).state is GenerationState.NEEDS_ATTENTION


@pytest.mark.parametrize(
    ("repeat", "submits", "state"),
    [(Repeat.KEY, 2, CallState.ACCEPTED), (Repeat.LOOKUP, 1, CallState.ACCEPTED), (Repeat.NONE, 1, CallState.ATTENTION)],
)
async def test_a_lost_answer_is_not_paid_twice(
    floor: Floor, take: Take, cloud: Cloud, repeat: Repeat, submits: int, state: CallState
) -> None:
    cloud.repeat = repeat
    cloud.after_submit.append(LOST)

    await submit_once(floor, take.id)

    assert (cloud.paid, len(cloud.submits)) == (1, submits)
    assert await state_of(floor) is state


@pytest.mark.parametrize("repeat", list(Repeat))
async def test_a_refusal_before_the_request_counted_is_tried_again_with_longer_pauses(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock, repeat: Repeat
) -> None:
    cloud.repeat = repeat
    cloud.before_submit.extend([AWAY, RateLimited(provider="animatic", retry_after_s=30)])

    await submit_once(floor, take.id)

    assert (cloud.paid, clock.slept) == (1, [1.0, 30.0])


@pytest.mark.parametrize(
    ("refusal", "sendings"), [(AWAY, MOST_SENDINGS), (RateLimited(provider="animatic", retry_after_s=BUSY_S / 5), 6)]
)
async def test_a_provider_that_stays_away_fails_the_take_and_one_that_is_busy_is_given_time(
    floor: Floor, take: Take, cloud: Cloud, refusal: StoryreelError, sendings: int
) -> None:
    cloud.before_submit.extend([refusal] * 10)

    await submit_once(floor, take.id)

    assert (cloud.paid, len(cloud.submits)) == (0, sendings)
    assert await state_of(floor) is CallState.FAILED
    assert (await floor.database.read(takes.take, take.id)).error_code == refusal.code


async def test_a_call_by_key_that_no_sending_answers_stays_open_and_is_the_same_one_the_next_time(
    floor: Floor, take: Take, cloud: Cloud
) -> None:
    cloud.after_submit.extend([LOST] * MOST_SENDINGS)

    with pytest.raises(StepFailed, match=r"read time-out.* `storyreel resume` sends the same call again") as caught:
        await submit_once(floor, take.id)
    left = await floor.database.read(takes.take, take.id)
    assert (caught.value.code, left.state, await state_of(floor)) == (AWAY.code, GenerationState.SUBMITTING, CallState.SENDING)
    await submit_once(floor, take.id)

    assert await state_of(floor) is CallState.ACCEPTED
    assert (cloud.paid, set(cloud.submits)) == (1, {str(KEY)})


@pytest.mark.parametrize("then", [AWAY, RateLimited(provider="animatic", retry_after_s=BUSY_S), REFUSED])
async def test_a_call_by_key_that_may_have_arrived_is_not_given_up_for_what_becomes_of_a_later_sending(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock, then: StoryreelError
) -> None:
    async def from_then_on(seconds: float) -> None:
        cloud.before_submit.append(then)
        await clock.sleep(seconds)

    cloud.after_submit.append(LOST)
    steady = floor.clock
    floor.clock = replace(steady, sleep=from_then_on)
    with pytest.raises(StepFailed, match=r"`storyreel resume` sends the same call again") as caught:
        await submit_once(floor, take.id)
    assert (caught.value.code, await state_of(floor)) == (then.code, CallState.SENDING)

    floor.clock = steady
    await submit_once(floor, take.id)
    assert (cloud.paid, set(cloud.submits), await state_of(floor)) == (1, {str(KEY)}, CallState.ACCEPTED)


async def test_a_call_that_is_in_no_listing_after_its_last_sending_fails_for_nothing(
    floor: Floor, take: Take, cloud: Cloud
) -> None:
    cloud.repeat = Repeat.LOOKUP
    cloud.before_submit.extend([LOST] * MOST_SENDINGS)

    await submit_once(floor, take.id)

    assert (cloud.paid, await state_of(floor)) == (0, CallState.FAILED)
    assert (await floor.database.read(takes.take, take.id)).error_code == AWAY.code


async def test_what_the_provider_said_is_told_to_who_must_decide(floor: Floor, take: Take, cloud: Cloud) -> None:
    cloud.repeat = Repeat.NONE
    cloud.after_submit.append(LOST)

    await submit_once(floor, take.id)

    assert "read time-out" in ((await floor.database.read(takes.take, take.id)).error or "")


async def test_a_refused_key_fails_the_take_and_holds_no_money(floor: Floor, take: Take, cloud: Cloud) -> None:
    cloud.before_submit.append(REFUSED)

    await submit_once(floor, take.id)

    bill = await floor.database.read(ledger.bill, "ships-0001")
    assert bill.reserved_usd == 0
    assert (await floor.database.read(takes.take, take.id)).error_code == "authentication_failed"


async def test_a_film_that_was_called_off_sends_nothing(floor: Floor, take: Take, cloud: Cloud) -> None:
    await floor.database.write(films.request_cancel, "ships-0001")

    await submit_once(floor, take.id)

    assert cloud.submits == []
    assert (await floor.database.read(takes.take, take.id)).state is GenerationState.CANCELLED


async def test_a_listing_that_does_not_answer_is_asked_again_before_anything_is_sent(
    floor: Floor, take: Take, cloud: Cloud
) -> None:
    cloud.repeat = Repeat.LOOKUP
    cloud.after_submit.append(LOST)
    cloud.before_find.extend([AWAY, RateLimited(provider="animatic", retry_after_s=7)])

    await submit_once(floor, take.id)

    assert cloud.paid == 1
    assert await state_of(floor) is CallState.ACCEPTED


async def test_a_listing_that_stays_away_leaves_the_call_open_and_is_asked_when_the_film_goes_on(
    floor: Floor, take: Take, cloud: Cloud
) -> None:
    cloud.repeat = Repeat.LOOKUP
    cloud.after_submit.append(LOST)
    cloud.before_find.extend([AWAY] * MOST_QUESTIONS)

    with pytest.raises(StepFailed, match="asks again before anything is sent"):
        await submit_once(floor, take.id)
    assert await state_of(floor) is CallState.SENDING

    await submit_once(floor, take.id)
    assert cloud.paid == 1
    assert await state_of(floor) is CallState.ACCEPTED


async def test_what_a_provider_has_taken_is_kept_as_soon_as_our_own_store_can(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock
) -> None:
    """Another program holds the database when the answer comes, for longer than a write waits."""
    holder = sqlite3.connect(floor.home.database_path, isolation_level=None, check_same_thread=False)
    impatient = Database.open(floor.home.database_url, patience_s=0.05)
    floor.database = impatient

    async def hold(remote: str) -> None:
        holder.execute("BEGIN IMMEDIATE")

    async def let_go(seconds: float) -> None:
        if holder.in_transaction:
            holder.execute("ROLLBACK")
        await TestClock.sleep(clock, seconds)

    cloud.after_answer = hold
    floor.clock = replace(floor.clock, sleep=let_go)
    await submit_once(floor, take.id)
    holder.close()
    impatient.close()

    assert cloud.paid == 1
    assert await state_of_call(take, floor.home.database_url) is CallState.ACCEPTED


async def state_of_call(take: Take, url: str) -> CallState:
    with Database.open(url) as database:
        return (await database.read(ledger.known_call, KEY, wanted="read")).state


async def test_after_an_answer_that_tells_nothing_only_the_listing_is_waited_for(
    floor: Floor, take: Take, cloud: Cloud, clock: TestClock
) -> None:
    cloud.repeat = Repeat.LOOKUP
    cloud.after_submit.append(SubmitOutcomeUnknown(provider="animatic", detail="HTTP 503", answered=True))

    await submit_once(floor, take.id)

    assert max(clock.slept) <= LISTING_S
    assert cloud.paid == 1


async def test_a_listing_that_cannot_tell_either_leaves_it_to_a_person(floor: Floor, take: Take, cloud: Cloud) -> None:
    cloud.repeat = Repeat.LOOKUP
    cloud.after_submit.append(LOST)
    cloud.before_find.append(SubmitOutcomeUnknown(provider="animatic", detail="two could be this one"))

    await submit_once(floor, take.id)

    assert await state_of(floor) is CallState.ATTENTION
