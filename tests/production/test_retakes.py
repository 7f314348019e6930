"""A take that does not pass its checks: told, kept, paid; made again where the order allows it. Requirement F5."""

import pytest

from storyreel.domain.events import Fact, TakeFound, TakeReady, TakeRejected, TakeSelected
from storyreel.domain.film import Film, FilmState
from storyreel.domain.generation import GenerationState
from storyreel.library import events, takes
from storyreel.library.findings import findings_of
from storyreel.production.line import Line
from tests.production.conftest import board, film_of
from tests.production.scripted import Cloud


async def made(line: Line, film: Film) -> Film:
    """The film once it has ended."""
    await line.produce(film)
    return await line.wait(film.id)


def ordered(retakes: int, *, id: str = "ships-0001", cache: bool = True) -> Film:
    """A film of one shot."""
    film = film_of(board(1), id)
    return film.model_copy(update={"order": film.order.model_copy(update={"retakes": retakes, "cache": cache})})


async def facts(line: Line, film: str = "ships-0001") -> list[Fact]:
    """What happened to its takes, without what happens to any."""
    told = await line.database.read(events.since, film, 0)
    kinds = TakeFound | TakeReady | TakeRejected | TakeSelected
    return [event.fact for event in told if isinstance(event.fact, kinds)]


async def test_a_black_take_is_told_kept_and_used_where_no_retake_is_allowed(line: Line, cloud: Cloud) -> None:
    cloud.black_seeds = {0}

    film = await made(line, ordered(0))

    assert [fact.kind for fact in await facts(line)] == ["take.ready", "take.found", "take.selected"]
    [finding] = (await line.database.read(findings_of, film.id))["ships-0001/s1/1"]
    assert (finding.kind, finding.at_s, finding.detail) == ("black", 0.0, (0.5,))
    assert (film.state, cloud.paid, cloud.fetches) == (FilmState.READY, 1, 2)


@pytest.mark.journey
async def test_a_black_take_is_made_again_with_another_seed_and_kept_unused(line: Line, cloud: Cloud) -> None:
    cloud.black_seeds = {0, 1}

    film = await made(line, ordered(3))

    every = await line.database.read(takes.takes_of, film.id)
    told = [fact.kind for fact in await facts(line)]
    assert [(take.state, take.request.seed) for take in every] == [(GenerationState.READY, seed) for seed in range(3)]
    assert await line.database.read(takes.selections, film.id) == {"s1": "ships-0001/s1/3"}
    assert told == [*["take.ready", "take.found", "take.rejected"] * 2, "take.ready", "take.selected"]
    assert [fact.left for fact in await facts(line) if isinstance(fact, TakeRejected)] == [3, 2]
    assert (film.state, cloud.paid) == (FilmState.READY, 3)


@pytest.mark.journey
async def test_after_the_last_retake_the_best_take_serves(line: Line, cloud: Cloud) -> None:
    cloud.black_seeds = {0, 1}

    film = await made(line, ordered(1))

    assert (film.state, cloud.paid) == (FilmState.READY, 2)
    assert await line.database.read(takes.selections, film.id) == {"s1": "ships-0001/s1/1"}


async def test_a_retake_that_is_refused_leaves_the_take_that_there_is(line: Line, cloud: Cloud) -> None:
    cloud.black_seeds, cloud.fails = {0}, {"s1/2": "no"}

    film = await made(line, ordered(2))

    assert (film.state, cloud.paid) == (FilmState.READY, 2)
    assert await line.database.read(takes.selections, film.id) == {"s1": "ships-0001/s1/1"}


async def test_a_clip_that_stays_broken_is_fetched_again_and_then_made_again(line: Line, cloud: Cloud) -> None:
    cloud.broken_downloads = 3

    film = await made(line, ordered(1))

    assert (film.state, cloud.paid, cloud.fetches) == (FilmState.READY, 2, 4)


@pytest.mark.journey
async def test_an_equal_film_uses_what_was_made_again_and_tells_what_was_found(line: Line, cloud: Cloud) -> None:
    cloud.black_seeds = {0}
    await made(line, ordered(1))

    again = await made(line, ordered(1, id="ships-0002"))

    assert (again.state, cloud.paid) == (FilmState.READY, 2)
    assert [fact.kind for fact in await facts(line, "ships-0002")] == [fact.kind for fact in await facts(line)]


async def test_without_the_cache_an_equal_take_is_made_all_the_same(line: Line, cloud: Cloud) -> None:
    await made(line, ordered(0))

    await made(line, ordered(0, id="ships-0002", cache=False))

    assert cloud.paid == 2


@pytest.mark.journey
async def test_a_film_that_goes_on_without_the_cache_keeps_its_own_takes_and_uses_no_others(line: Line, cloud: Cloud) -> None:
    cloud.fails = {"s2": "no"}
    stopped = await made(line, film_of(board(2), "ships-0001"))
    cloud.fails = {}
    await made(line, film_of(board(2), "ships-0002"))  # has what the first one lacks, and the first one's shot
    paid = cloud.paid

    await line.resume("ships-0001", cache=False)

    assert (stopped.state, (await line.wait("ships-0001")).state) == (FilmState.FAILED, FilmState.READY)
    assert (paid, cloud.paid) == (3, 4)
