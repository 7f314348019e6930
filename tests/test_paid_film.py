"""Films by a paid model at its stand-in: each shot starts where it should, and the bill is the provider's.

Requirements B4, F3 and F4.
"""

from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.domain.errors import BudgetExceeded, InsufficientCredit
from storyreel.domain.film import Film, FilmState
from storyreel.media.frames import first_frame, last_frame
from storyreel.orders import FilmWishes
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.studio import Studio

__all__ = ["standin", "standin_studio"]

SPEED = 5000.0
STORY = "A fox runs through the snow. The fox stops."
NEAR = 4.0  # what encoding changes, as the mean of a pixel's 0 to 255


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin("replicate", speed=SPEED)


@pytest.fixture
async def studio(tmp_path: Path, cloud: Cloud) -> AsyncGenerator[Studio]:
    accounts = accounts_of(cloud.environment(cloud.url))
    async with Studio(tmp_path / "home", settings=Settings(pace=SPEED), accounts=accounts) as opened:
        yield opened


def wishes(tmp_path: Path, joins: str) -> FilmWishes:
    """Two small, short shots."""
    return FilmWishes(
        model="seedance-1-lite",
        joins=joins,
        keyframe_model="flux-kontext-pro",
        shots=2,
        seconds=2,
        size="854x480",
        output=tmp_path / "film.mp4",
    )


def apart(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures differ."""
    small = [np.asarray(picture.convert("RGB").resize((160, 90)), dtype=np.float32) for picture in (one, other)]
    return float(np.abs(small[0] - small[1]).mean())


def clips(film: Film) -> list[Path]:
    """The film's takes, in order."""
    assert film.delivered is not None
    return sorted((film.delivered.parent / "takes").iterdir())


async def left_to_pay(studio: Studio, tmp_path: Path, joins: str) -> tuple[int, Decimal | None]:
    """How many takes of the same film are at hand, and what its quote is."""
    plan = await studio.plan_film(await studio.storyboard(STORY, shots=2, seconds=2), **wishes(tmp_path, joins))
    return len(plan.at_hand), plan.quote.expected_usd


@pytest.mark.journey
async def test_by_chain_each_shot_begins_on_the_last_frame_of_the_one_before(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    film = await studio.make_film(STORY, **wishes(tmp_path, "chain"))

    first, second = clips(film)
    assert await left_to_pay(studio, tmp_path, "chain") == (2, Decimal(0))
    assert apart(last_frame(first), first_frame(second)) < NEAR
    assert film.cost_usd == sum((one.cost_usd for one in cloud.submissions), Decimal(0)) > 0


@pytest.mark.journey
async def test_by_keyframes_each_shot_begins_on_its_own_and_ends_on_the_next(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    film = await studio.make_film(STORY, **wishes(tmp_path, "keyframes"))

    first, second = clips(film)
    frames = [Image.open(path) for path in sorted((tmp_path / "keyframes").iterdir())]
    assert [apart(first_frame(first), frames[0]) < NEAR, apart(first_frame(second), frames[1]) < NEAR] == [True, True]
    assert apart(last_frame(first), frames[1]) < NEAR
    assert await left_to_pay(studio, tmp_path, "keyframes") == (4, Decimal(0))
    assert len(cloud.submissions) == 4
    assert film.cost_usd == sum((one.cost_usd for one in cloud.submissions), Decimal(0))


@pytest.mark.journey
async def test_the_same_film_again_is_neither_paid_nor_quoted_again(studio: Studio, cloud: Cloud, tmp_path: Path) -> None:
    board = await studio.storyboard(STORY, shots=2, seconds=2)
    first = FilmWishes(model="seedance-1-lite", joins="cuts", size="854x480", output=tmp_path / "one" / "film.mp4")
    await studio.make_film(board, **first)
    paid = len(cloud.submissions)

    other = board.scenes[0].shots[1].model_copy(update={"description": "A hare sits in the snow."})
    changed = board.scenes[0].model_copy(update={"shots": (board.scenes[0].shots[0], other)})
    half = studio.plan(board.model_copy(update={"scenes": (changed,)}), **{**first, "budget": 0.10})
    assert (half.at_hand, half.quote.expected_usd) == ({"s01"}, cloud.submissions[0].cost_usd)

    second: FilmWishes = {**first, "budget": 0, "output": tmp_path / "two" / "film.mp4"}
    again = await studio.make_film(board, **second)

    assert (paid, len(cloud.submissions), again.cost_usd) == (2, 2, Decimal(0))


async def test_a_budget_that_is_too_small_is_told_before_anything_is_sent(studio: Studio, cloud: Cloud, tmp_path: Path) -> None:
    asked: FilmWishes = {**wishes(tmp_path, "chain"), "budget": 0.01}

    with pytest.raises(BudgetExceeded, match=r"its budget is \$0\.01"):
        await studio.make_film(STORY, **asked)

    assert cloud.submissions == []


@pytest.mark.journey
async def test_a_film_that_an_empty_account_stopped_goes_on_by_resume(studio: Studio, cloud: Cloud, tmp_path: Path) -> None:
    cloud.faults.add("no_credit", "create", count=1)
    with pytest.raises(InsufficientCredit, match="storyreel resume"):
        await studio.make_film(STORY, **wishes(tmp_path, "chain"))

    [film] = await studio.resume()

    assert film.state is FilmState.READY
    assert len(cloud.submissions) == 2


@pytest.mark.journey
async def test_a_black_take_is_paid_and_made_again_and_the_bill_is_the_provider_s(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    cloud.faults.add("black", "fetch", count=2)
    asked: FilmWishes = {**wishes(tmp_path, "chain"), "retakes": 1}

    film = await studio.make_film(STORY, **asked)

    first, second = await studio.shots(film)
    assert [path.name for path in clips(film)] == ["shot-01-take-1.mp4", "shot-01-take-2.mp4", "shot-02-take-1.mp4"]
    assert (first.rejected, first.findings, second.rejected, second.findings) == (1, (), 0, ())
    assert len(cloud.submissions) == 3
    assert film.cost_usd == sum((one.cost_usd for one in cloud.submissions), Decimal(0))
    board = await studio.storyboard(STORY, shots=2, seconds=2)
    assert (await studio.plan_film(board, **asked)).at_hand == {"s01", "s02"}
