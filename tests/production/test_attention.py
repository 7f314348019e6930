"""A call of which nobody can know whether it arrived: the film waits, a person decides, and it goes on.

Requirements F2 and B8.
"""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from storyreel.domain.errors import InvalidRequest, SubmitOutcomeUnknown
from storyreel.domain.film import Film, FilmState, Joins
from storyreel.domain.generation import CallState, GenerationState, Repeat
from storyreel.library import events, films, ledger, takes
from storyreel.library.guard import ImpossibleChange
from storyreel.production import attention
from storyreel.production.attention import Doubt
from storyreel.production.line import Line
from tests.production.conftest import board, film_of
from tests.production.scripted import Cloud

LOST = SubmitOutcomeUnknown(provider="animatic", detail="read time-out")
FILM = "ships-0001"


async def left_in_doubt(line: Line, cloud: Cloud, shots: int = 2, *, joins: Joins = Joins.CUTS) -> Doubt:
    """The call in doubt of a film whose first request got no answer."""
    cloud.repeat = Repeat.NONE
    cloud.after_submit.append(LOST)
    await line.produce(film_of(board(shots), joins=joins))
    film = await line.wait(FILM)
    assert (film.state, film.error_code) == (FilmState.NEEDS_ATTENTION, "submit_outcome_unknown")
    [doubt] = await line.database.read(attention.doubts)
    return doubt


async def ended(line: Line) -> tuple[Film, dict[str, GenerationState], list[str]]:
    """The film, its takes, and what was told of decisions."""
    film = await line.wait(FILM)
    states = {take.id: take.state for take in await line.database.read(takes.takes_of, FILM)}
    told = [event.fact.kind for event in await line.database.read(events.since, FILM, 0)]
    return film, states, [kind for kind in told if kind in {"take.adopted", "take.resubmitted", "take.abandoned"}]


@pytest.mark.journey
async def test_the_other_shots_are_made_while_one_waits_for_a_person(line: Line, cloud: Cloud) -> None:
    doubt = await left_in_doubt(line, cloud, shots=3)

    made = {take.shot: take.state for take in await line.database.read(takes.takes_of, FILM)}
    others = {state for shot, state in made.items() if shot != doubt.call.key.shot}
    assert (len(made), others, cloud.paid) == (3, {GenerationState.READY}, 3)


@pytest.mark.journey
async def test_a_call_that_is_adopted_comes_home_and_the_film_goes_on_by_itself(line: Line, cloud: Cloud) -> None:
    doubt = await left_in_doubt(line, cloud, joins=Joins.CHAIN)
    [remote] = cloud.jobs

    await line.database.write(attention.adopt, doubt.call.key, remote, datetime.now(UTC))
    film, _, told = await ended(line)

    assert (film.state, cloud.paid, told) == (FilmState.READY, 2, ["take.adopted"])


@pytest.mark.journey
async def test_a_call_that_is_sent_again_is_the_same_take_with_the_same_money(line: Line, cloud: Cloud) -> None:
    doubt = await left_in_doubt(line, cloud)

    await line.database.write(attention.resubmit, doubt.call.key, datetime.now(UTC))
    film, states, told = await ended(line)

    assert (film.state, told, len(states)) == (FilmState.READY, ["take.resubmitted"], 2)
    assert cloud.submits.count(str(doubt.call.key)) == 2


@pytest.mark.journey
async def test_a_call_that_is_written_off_costs_what_is_said_and_resume_makes_another_take(line: Line, cloud: Cloud) -> None:
    doubt = await left_in_doubt(line, cloud)

    await line.database.write(attention.abandon, doubt.call.key, Decimal("0.35"), datetime.now(UTC))
    failed, _, _ = await ended(line)
    await line.resume(FILM)
    film, states, told = await ended(line)

    assert (failed.state, film.state, film.cost_usd) == (FilmState.FAILED, FilmState.READY, Decimal("0.35"))
    assert (told, len(states), states[doubt.call.take]) == (["take.abandoned"], 3, GenerationState.FAILED)


@pytest.mark.journey
async def test_a_decision_while_the_film_is_made_lets_it_go_on_at_its_end(line: Line, cloud: Cloud) -> None:
    cloud.repeat, cloud.looks_until_ready = Repeat.NONE, 1_000_000
    cloud.after_submit.append(LOST)
    await line.produce(film_of(board(2)))
    while not (found := await line.database.read(attention.doubts)) or not cloud.looks:  # noqa: ASYNC110  nobody tells
        await asyncio.sleep(0.01)
    [remote] = [id for id, (key, _) in cloud.jobs.items() if key == found[0].call.key]

    await line.database.write(attention.adopt, found[0].call.key, remote, datetime.now(UTC))
    making = (await line.database.read(films.film, FILM)).state
    cloud.looks_until_ready = 0

    assert making is FilmState.PRODUCING
    while (await ended(line))[0].state is not FilmState.READY:  # noqa: ASYNC110  it stops for a moment before it goes on
        await asyncio.sleep(0.01)
    assert cloud.paid == 2


async def test_a_call_is_named_by_its_number_or_its_take(line: Line, cloud: Cloud) -> None:
    doubt = await left_in_doubt(line, cloud)

    for name in (doubt.call.take, str(doubt.number)):
        assert await line.database.read(attention.find_doubt, name) == doubt
    with pytest.raises(InvalidRequest, match=rf"There are: {doubt.number} \({doubt.call.take}\)"):
        await line.database.read(attention.find_doubt, "7")


async def test_a_generation_is_not_adopted_twice_and_what_is_decided_is_not_decided_again(line: Line, cloud: Cloud) -> None:
    doubt = await left_in_doubt(line, cloud)
    [other] = [call for call in await line.database.read(ledger.calls_of, FILM) if call.state is CallState.DONE]

    with pytest.raises(InvalidRequest, match=f"is the generation of take {other.take} already"):
        await line.database.write(attention.adopt, doubt.call.key, str(other.remote_id), datetime.now(UTC))
    await line.database.write(attention.abandon, doubt.call.key, Decimal(0), datetime.now(UTC))

    with pytest.raises(ImpossibleChange):
        await line.database.write(attention.resubmit, doubt.call.key, datetime.now(UTC))
    with pytest.raises(ImpossibleChange):
        await line.database.write(attention.abandon, doubt.call.key, Decimal(1), datetime.now(UTC))
    with pytest.raises(ImpossibleChange):
        await line.database.write(attention.adopt, doubt.call.key, "job-9", datetime.now(UTC))
