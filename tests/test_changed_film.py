"""Films that change, at a paid model's stand-in: what is quoted is what is sent, and nothing else. Requirements B8, F2 and F3."""

from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.errors import BudgetExceeded, InvalidRequest
from storyreel.domain.film import Film, FilmState
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.orders import FilmWishes
from storyreel.production.change import Change
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.studio import Studio

pytestmark = pytest.mark.journey

__all__ = ["standin", "standin_studio"]

SPEED = 5000.0
STORY = "A fox runs through the snow. The fox stops. It looks up."


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin("replicate", speed=SPEED)


@pytest.fixture
async def studio(tmp_path: Path, cloud: Cloud) -> AsyncGenerator[Studio]:
    accounts = accounts_of(cloud.environment(cloud.url))
    async with Studio(tmp_path / "home", settings=Settings(pace=SPEED), accounts=accounts) as opened:
        yield opened


def asked(
    tmp_path: Path, *, shots: int = 3, joins: str = "cuts", approve: bool = False, budget: float | None = None
) -> FilmWishes:
    """A small film of short shots."""
    return FilmWishes(
        model="seedance-1-lite",
        shots=shots,
        seconds=2,
        size="854x480",
        joins=joins,
        approve=approve,
        budget=budget,
        output=tmp_path / "film.mp4",
    )


def film_with(board: Storyboard, *shots: Shot) -> Storyboard:
    """The storyboard of these shots, in one scene."""
    return board.model_copy(update={"scenes": (board.scenes[0].model_copy(update={"shots": shots}),)})


def paid(cloud: Cloud) -> Decimal:
    """What the provider charges for all it was sent."""
    return sum((one.cost_usd for one in cloud.submissions), Decimal(0))


async def carried_out(studio: Studio, cloud: Cloud, change: Change) -> tuple[Film, int]:
    """The film, and how many requests were sent, which cost what was told."""
    before = len(cloud.submissions), paid(cloud)
    film = await studio.wait(await studio.start_change(change))
    assert paid(cloud) - before[1] == change.quote.expected_usd
    assert film.cost_usd == paid(cloud)
    return film, len(cloud.submissions) - before[0]


async def test_a_retake_pays_for_its_shot_and_what_begins_on_it_and_a_choice_of_takes_for_nothing(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    film = await studio.make_film(STORY, **asked(tmp_path, joins="chain"))
    first = (tmp_path / "film.mp4").read_bytes()

    change = await studio.plan_retake(film, "2")
    film, sent = await carried_out(studio, cloud, change)
    assert (change.reasons, sent) == ({"s02": ("asked",), "s03": ("first_frame",)}, 2)

    alone = await studio.plan_retake(film, "s01", only=True)
    film, sent = await carried_out(studio, cloud, alone)
    assert (alone.stays, sent) == ({"s02": ("first_frame",)}, 1)
    assert await studio.stale(film) == {"s02": ("first_frame",)}

    film, sent = await carried_out(studio, cloud, await studio.plan_retake(film, "3", seed=0))  # the seed of the take there is
    assert (sent, len(cloud.submissions)) == (1, 7)

    film = await studio.select(film, "1", f"{film.id}/s01/1")

    assert (film.state, len(cloud.submissions), await studio.stale(film)) == (FilmState.READY, 7, {})
    cuts = await studio.cuts(film)
    assert [[take[-5:] for take in cut.takes] for cut in cuts[:3]] == [
        ["s01/1", "s02/1", "s03/1"],
        ["s01/1", "s02/2", "s03/2"],
        ["s01/2", "s02/2", "s03/2"],
    ]
    earlier = await studio.deliver_cut(film, 1, tmp_path / "earlier.mp4")
    assert earlier.read_bytes() == first != (tmp_path / "film.mp4").read_bytes()


async def test_after_the_last_seed_comes_the_first(studio: Studio, tmp_path: Path) -> None:
    wishes = asked(tmp_path, shots=1)
    wishes["seed"] = 2**31 - 1
    film = await studio.make_film("A fox stops.", **wishes)

    change = await studio.plan_retake(film, "1")

    assert [made.seed for made in change.remakes] == [0]


async def test_an_edit_pays_for_what_it_changes_and_for_no_locked_shot(studio: Studio, cloud: Cloud, tmp_path: Path) -> None:
    film = await studio.make_film(STORY, **asked(tmp_path))
    await studio.lock(film, "3")
    one, two, three = film.storyboard.shots
    new = two.model_copy(update={"id": "new", "description": "A hare sits in the snow."})
    barking = three.model_copy(update={"description": "It barks at the moon.", "prompt": "The fox barks."})

    change = await studio.plan_edit(
        film, film_with(film.storyboard, barking, two, new)
    )  # reordered, one gone, one new, one locked
    film, sent = await carried_out(studio, cloud, change)

    assert (change.reasons, change.stays, sent) == ({"new": ("missing",)}, {"s03": ("prompt",)}, 1)
    assert [take.rpartition("/")[0][-3:] for take in (await studio.cuts(film))[-1].takes] == ["s03", "s02", "new"]
    again = await studio.plan_edit(film, film.storyboard)
    assert (again.reasons, again.quote.expected_usd) == ({}, 0)
    with pytest.raises(InvalidRequest, match="storyreel unlock"):
        await studio.plan_retake(film, "s03")

    await studio.unlock(film, "s03")
    by_another = two.model_copy(update={"model": "seedance-1-pro", "seconds": 5})
    change = await studio.plan_edit(film, film_with(film.storyboard, barking, by_another, one))  # a shot comes back with its take
    film, sent = await carried_out(studio, cloud, change)

    assert change.reasons == {"s03": ("prompt",), "s02": ("model",)}
    assert (sent, [shot.model for shot in await studio.shots(film)]) == (
        2,
        ["seedance-1-lite", "seedance-1-pro", "seedance-1-lite"],
    )
    assert (one.id, film.state) == (film.storyboard.shots[2].id, FilmState.READY)


async def test_a_change_beyond_the_budget_or_after_another_one_is_refused_and_nothing_is_sent(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    film = await studio.make_film("A fox runs.", **asked(tmp_path, shots=1, budget=0.10))

    with pytest.raises(BudgetExceeded, match="of it spent; its budget is \\$0\\.10"):
        await studio.plan_retake(film, "1")
    studio.settings = studio.settings.model_copy(update={"budget_day": Decimal("0.10")})
    refused = r"The retake is refused\. .* this day .* STORYREEL_BUDGET_DAY allows \$0\.10\. .* The film stands as it was\."
    with pytest.raises(BudgetExceeded, match=refused):
        await studio.plan_retake(film, "1", budget=1)
    studio.settings = Settings(pace=SPEED)
    first = await studio.plan_retake(film, "1", budget=1)
    second = await studio.plan_retake(film, "1", budget=1)
    await studio.start_change(first)
    with pytest.raises(InvalidRequest, match="changed by somebody else meanwhile"):
        await studio.start_change(second)

    film = await studio.wait(film)
    assert (len(cloud.submissions), film.order.budget_usd) == (2, 1)


async def test_a_retake_that_fails_leaves_the_film_there_was_and_is_tried_again_by_resume(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    film = await studio.make_film("A fox runs.", **asked(tmp_path, shots=1))
    change = await studio.plan_retake(film, "1")
    cloud.faults.add("no_credit", "create", count=2)
    for attempt in (studio.start_change(change), studio.restart(film)):
        await attempt
        with pytest.raises(Exception, match="replicate"):
            await studio.wait(film)

    assert (len(await studio.cuts(film)), (tmp_path / "film.mp4").exists()) == (1, True)
    [film] = await studio.resume(film)

    assert (film.state, [take.state.value for take in (await studio.takes(film))["s01"]]) == (
        FilmState.READY,
        ["ready", "failed", "failed", "ready"],
    )
    assert film.cost_usd == paid(cloud)


async def test_a_film_waits_for_approval_and_costs_no_more_than_was_told(studio: Studio, cloud: Cloud, tmp_path: Path) -> None:
    film = await studio.make_film(STORY, **asked(tmp_path, approve=True))
    one, two, three = film.storyboard.shots
    change = await studio.plan_edit(film, film_with(film.storyboard, one, two))
    film = await studio.start_change(change)
    assert (film.state, len(cloud.submissions)) == (FilmState.AWAITING_APPROVAL, 0)
    assert await studio.told_usd(film) == change.quote.expected_usd == Decimal("0.144")

    await studio.cancel(film)
    [film] = await studio.resume(film)
    assert film.state is FilmState.AWAITING_APPROVAL  # nobody has agreed to its price
    with pytest.raises(InvalidRequest, match="storyreel approve"):
        await studio.resume(film)
    with pytest.raises(BudgetExceeded, match=r"costs \$0\.15 now; \$0\.07 was told"):
        studio.must_cost_as_told(await studio.plan_approval(film), Decimal("0.07"))

    film = await studio.approve(film)

    assert (film.state, film.cost_usd, len(cloud.submissions)) == (FilmState.READY, Decimal("0.144"), 2)
    assert three.id not in {shot.id for shot in film.storyboard.shots}
