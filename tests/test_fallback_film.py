"""Films whose provider fails, at three stand-ins at once: who was paid, how often, and what is told. Requirement F2."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.errors import CapabilityMissing, ContentRejected, StoryreelError
from storyreel.domain.events import Event, PromptReworded, RouteChanged, TakeRetried
from storyreel.domain.film import Film, FilmState
from storyreel.orders import FilmWishes
from storyreel.production.patience import MOST_SENDINGS
from storyreel.production.submit import LISTING_S
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Kind
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.studio import Studio

__all__ = ["standin", "standin_studio"]

SPEED = 5000.0
STORY = "A fox runs through the snow. The fox stops."


@pytest.fixture
async def clouds(standin: Standin) -> dict[str, Cloud]:
    return {name: await standin(name, speed=SPEED) for name in ("replicate", "fal", "kling", "openai")}


@pytest.fixture
async def studio(tmp_path: Path, clouds: dict[str, Cloud]) -> AsyncGenerator[Studio]:
    environment = {name: value for cloud in clouds.values() for name, value in cloud.environment(cloud.url).items()}
    async with Studio(tmp_path / "home", settings=Settings(pace=SPEED), accounts=accounts_of(environment)) as opened:
        yield opened


def wishes(tmp_path: Path, **others: object) -> FilmWishes:
    """One short shot by Kling."""
    asked: dict[str, object] = {"model": "kling-2.5-turbo", "shots": 1, "output": tmp_path / "film.mp4", **others}
    return FilmWishes(**asked)  # pyright: ignore[reportArgumentType]  a test's own


async def told(studio: Studio, film: Film) -> list[Event]:
    return [event async for event in studio.events(film)]


def paid(clouds: dict[str, Cloud]) -> dict[str, int]:
    """How many generations each was paid for."""
    return {name: len(cloud.submissions) for name, cloud in clouds.items() if name != "openai"}


async def test_a_provider_that_fails_is_left_for_the_next_one_and_the_bill_is_both(
    studio: Studio, clouds: dict[str, Cloud], tmp_path: Path
) -> None:
    clouds["replicate"].faults.add("fails_later", "create")

    film = await studio.make_film(STORY, **wishes(tmp_path, retries=0))

    changed = [event.fact for event in await told(studio, film) if isinstance(event.fact, RouteChanged)]
    assert [(fact.before, fact.after, fact.reason) for fact in changed] == [
        ("kling-2.5-turbo@replicate", "kling-2.5-turbo@kling", "provider_unavailable")
    ]
    assert paid(clouds) == {"replicate": 1, "fal": 0, "kling": 1}  # that one at fal begins on pictures only
    assert film.cost_usd == sum((one.cost_usd for cloud in clouds.values() for one in cloud.submissions), Decimal(0)) > 0


@pytest.mark.journey
@pytest.mark.parametrize(
    ("fault", "count", "bills"),
    [
        ("unavailable", None, {"replicate": 0, "fal": 0, "kling": 1}),
        ("internal_after", 1, {"replicate": 1, "fal": 0, "kling": 0}),
    ],
    ids=["nothing arrives", "it arrived"],
)
async def test_a_provider_that_breaks_when_it_is_asked_is_searched_before_anything_is_sent_again_or_elsewhere(
    studio: Studio, clouds: dict[str, Cloud], tmp_path: Path, fault: str, count: int | None, bills: dict[str, int]
) -> None:
    replicate = clouds["replicate"]
    replicate.faults.add(fault, "create", count=count)

    film = await studio.make_film(STORY, **wishes(tmp_path, retries=0))

    asked = [call for call in replicate.log if call.kind in {Kind.CREATE, Kind.LIST}]
    assert [call.kind for call in asked] == [Kind.CREATE, Kind.LIST] * (MOST_SENDINGS if count is None else count)
    shown = timedelta(seconds=LISTING_S / SPEED)
    assert all(after.when - before.when >= shown for before, after in zip(asked[::2], asked[1::2], strict=True))
    assert (film.state, paid(clouds)) == (FilmState.READY, bills)
    assert film.cost_usd == sum((one.cost_usd for cloud in clouds.values() for one in cloud.submissions), Decimal(0)) > 0


@pytest.mark.journey
async def test_a_generation_that_breaks_there_is_asked_for_again_and_every_one_is_a_call_of_its_own(
    studio: Studio, clouds: dict[str, Cloud], tmp_path: Path
) -> None:
    clouds["kling"].faults.add("fails_later", "create", count=2)

    film = await studio.make_film(STORY, **wishes(tmp_path, model="kling-2.5-turbo@kling"))

    retried = [event.fact for event in await told(studio, film) if isinstance(event.fact, TakeRetried)]
    assert [fact.left for fact in retried] == [2, 1]
    assert (film.state, paid(clouds)) == (FilmState.READY, {"replicate": 0, "fal": 0, "kling": 3})
    assert film.cost_usd == sum((one.cost_usd for one in clouds["kling"].submissions), Decimal(0))


@pytest.mark.journey
async def test_an_empty_account_and_a_refused_key_are_passed_by(studio: Studio, clouds: dict[str, Cloud], tmp_path: Path) -> None:
    board = await studio.storyboard(STORY, shots=1)
    asked = wishes(tmp_path, model="kling-3", shots=None)
    order = studio.plan(board, **asked).order
    first, second, third = [route.partition("@")[2] for route in (order.model, *order.fallbacks)]
    clouds[first].faults.add("no_credit", "create")
    clouds[second].faults.add("unauthorised", "create")

    film = await studio.make_film(board, **asked)

    assert (film.state, paid(clouds)) == (FilmState.READY, {first: 0, second: 0, third: 1})


@pytest.mark.journey
@pytest.mark.parametrize("fault", ["moderation", "moderation_later"])
async def test_what_moderation_refuses_is_sent_once_and_to_nobody_else(
    studio: Studio, clouds: dict[str, Cloud], tmp_path: Path, fault: str
) -> None:
    clouds["kling"].faults.add(fault, "create", count=1)
    asked = wishes(tmp_path, model="kling-2.5-turbo@kling", fallbacks=["kling-2.5-turbo@replicate"], shots=2, joins="cuts")

    with pytest.raises(ContentRejected, match=r"Shot \d was refused .* storyreel retake"):
        await studio.make_film(STORY, **asked)

    [film] = await studio.films()
    made = [one.take for one in await studio.shots(film) if one.take is not None]
    assert sum((take.cost_usd for take in made), Decimal(0)) == sum(
        (one.cost_usd for one in clouds["kling"].submissions), Decimal(0)
    )
    assert sum(take.output is not None for take in made) == 1
    assert (paid(clouds)["fal"], paid(clouds)["replicate"]) == (0, 0)


@pytest.mark.journey
@pytest.mark.parametrize(("writer", "model"), [("rules", False), ("model", True)])
async def test_a_refused_prompt_is_reworded_once_by_the_writer_and_every_call_is_on_the_bill(
    studio: Studio, clouds: dict[str, Cloud], tmp_path: Path, writer: str, *, model: bool
) -> None:
    board = await studio.storyboard("A knight in blood stands in the snow.", shots=1)
    clouds["kling"].faults.add("moderation", "create", count=1)

    film = await studio.make_film(
        board, **wishes(tmp_path, model="kling-2.5-turbo@kling", rephrase=True, writer=writer, shots=None)
    )

    [said] = [event.fact for event in await told(studio, film) if isinstance(event.fact, PromptReworded)]
    assert ((said.by != "rules"), "blood" in said.before, "blood" in said.after) == (model, True, False)
    assert (film.state, paid(clouds)["kling"]) == (FilmState.READY, 1)
    assert film.cost_usd == sum((one.cost_usd for cloud in clouds.values() for one in cloud.submissions), Decimal(0))


async def test_the_worst_case_is_by_the_dearest_way_and_a_fallback_that_cannot_is_refused_first(
    studio: Studio, clouds: dict[str, Cloud], tmp_path: Path
) -> None:
    board = await studio.storyboard(STORY, shots=1)

    alone = studio.plan(board, **wishes(tmp_path, model="kling-2.5-turbo@kling", shots=None))
    plan = studio.plan(board, **wishes(tmp_path, model="kling-2.5-turbo@kling", fallbacks=["veo-3.1@fal"], shots=None, retakes=1))

    assert (plan.order.fallbacks, plan.quote.expected_usd) == (("veo-3.1@fal",), alone.quote.expected_usd)
    dearest = studio.plan(plan.storyboard, **wishes(tmp_path, model="veo-3.1@fal", shots=None)).quote.expected_usd
    assert dearest is not None
    assert plan.quote.worst_usd == dearest * 2
    assert any("veo-3.1@fal" in note for note in plan.notes)
    with pytest.raises(CapabilityMissing):
        studio.plan(board, **wishes(tmp_path, fallbacks=["flux-2-pro"], shots=None))
    with pytest.raises(StoryreelError):
        studio.plan(board, **wishes(tmp_path, fallbacks=["no-such-model"], shots=None))
    assert paid(clouds) == {"replicate": 0, "fal": 0, "kling": 0}
