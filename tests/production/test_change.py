"""Films that change while they are made, and what a change makes again. Requirements B8 and F2."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.domain.film import Film, FilmState, Joins
from storyreel.domain.generation import GenerationState
from storyreel.domain.model import Quote
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.production.change import Change, Demand, change_film, lock, reasons_for
from storyreel.production.line import Line
from storyreel.production.stale import stale
from storyreel.production.standing import Standing, standing_of
from tests.production.conftest import CATALOGUE, board, film_of, line_of, until
from tests.production.scripted import Cloud

AGED = Demand(asked={}, seeds={}, aged=True)
FREE = Quote(expected_usd=Decimal(0), worst_usd=Decimal(0), seconds=(0, 0))


def reworded(storyboard: Storyboard, shot: str, **fields: object) -> Storyboard:
    """The storyboard with one shot otherwise."""

    def redone(one: Shot) -> Shot:
        return one.model_copy(update={"description": "A whale", **fields}) if one.id == shot else one

    scenes = tuple(scene.model_copy(update={"shots": tuple(map(redone, scene.shots))}) for scene in storyboard.scenes)
    return storyboard.model_copy(update={"scenes": scenes})


def change_of(film: Film, storyboard: Storyboard) -> Change:
    """The change to another storyboard while nothing is made yet: what has no take is made in any case."""
    return Change(
        film=film.id,
        what="edit",
        storyboard=storyboard,
        order=film.order,
        remakes=(),
        reasons={},
        stays={},
        at_hand=frozenset(),
        quote=FREE,
    )


async def standing(line: Line) -> Standing:
    return await line.database.read(standing_of, "ships-0001")


@pytest.mark.journey
async def test_what_was_asked_otherwise_meanwhile_is_kept_as_a_take_that_no_shot_uses(line: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    film = film_of(board(2))
    await line.produce(film)
    await until(lambda: len(cloud.jobs) == 2)

    change = change_of(film, reworded(film.storyboard, "s2"))
    changed = await line.database.write(change_film, change, datetime.now(UTC))
    await line.resume(film.id)
    cloud.looks_until_ready = 0
    made = await line.wait(film.id)

    assert (changed.state, made.state, cloud.paid) == (FilmState.QUEUED, FilmState.READY, 3)
    now = await standing(line)
    assert {shot: [take.state for take in every] for shot, every in now.made.items()} == {
        "s1": [GenerationState.READY],
        "s2": [GenerationState.READY] * 2,
    }
    assert (now.chosen["s1"].number, now.chosen["s2"].number) == (1, 2)
    assert stale(now, CATALOGUE) == {}


@pytest.mark.journey
async def test_a_change_by_another_process_reaches_the_one_that_makes_the_film(line: Line, home: Path, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    film = film_of(board(2), joins=Joins.CHAIN)
    await line.produce(film)
    await until(lambda: len(cloud.jobs) == 1)

    async with await line_of(home, cloud) as second:
        await second.database.write(change_film, change_of(film, reworded(film.storyboard, "s2")), datetime.now(UTC))
        await second.resume(film.id)
        cloud.looks_until_ready = 0
        made = await second.wait(film.id)

    asked = [(key.shot, request.prompt) for key, request in cloud.jobs.values()]
    assert (made.state, asked) == (FilmState.READY, [("s1", "A ship at sea, number 1"), ("s2", "A whale")])


@pytest.mark.journey
async def test_a_keyframe_ages_by_its_own_words_and_with_it_the_shots_that_begin_or_end_on_it(line: Line) -> None:
    await line.produce(film_of(board(3, 1), joins=Joins.KEYFRAMES))
    await line.wait("ships-0001")
    before = await standing(line)
    after = before.of(reworded(before.film.storyboard, "s2"), before.film.order)

    found = reasons_for(after, AGED, CATALOGUE)

    assert stale(before, CATALOGUE) == {}
    assert found == {
        "s2:keyframe": ("prompt",),
        "s1": ("last_frame",),
        "s2": ("description", "first_frame"),
    }
    await line.database.write(lock, "ships-0001", ("s1",), datetime.now(UTC), locked=True)
    locked = (await standing(line)).of(after.film.storyboard, after.film.order)
    assert set(reasons_for(locked, AGED, CATALOGUE)) == {"s2:keyframe", "s2"}


async def test_neither_another_seed_nor_another_size_of_the_same_shape_ages_a_take(line: Line) -> None:
    await line.produce(film_of(board(2)))
    await line.wait("ships-0001")
    now = await standing(line)
    order = now.film.order
    larger = order.size.model_copy(update={"width_px": 320, "height_px": 180})
    square = order.size.model_copy(update={"width_px": 180, "height_px": 180})

    def aged(**fields: object) -> dict[str, tuple[str, ...]]:
        return stale(now.of(now.film.storyboard, order.model_copy(update=fields)), CATALOGUE)

    assert aged(seed=7, size=larger, model="seedance-1-lite@replicate", budget_usd=Decimal(1)) == {}
    assert aged(size=square) == {"s1": ("shape",), "s2": ("shape",)}
    longer = reworded(now.film.storyboard, "s1", description="A ship at sea, number 1", seconds=0.75, prompt="Only for readers")
    assert stale(now.of(longer, order), CATALOGUE) == {"s1": ("seconds",)}


@pytest.mark.journey
async def test_an_aged_take_stays_in_use_until_somebody_wants_another(line: Line, cloud: Cloud) -> None:
    film = film_of(board(2))
    await line.produce(film)
    await line.wait(film.id)

    await line.database.write(change_film, change_of(film, reworded(film.storyboard, "s2")), datetime.now(UTC))
    await line.resume(film.id)
    made = await line.wait(film.id)

    assert (made.state, cloud.paid) == (FilmState.READY, 2)
    assert stale(await standing(line), CATALOGUE) == {"s2": ("description",)}
