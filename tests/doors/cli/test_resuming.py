"""`resume --budget`: a film that its own budget stopped is allowed more, and goes on where it was."""

import asyncio

import pytest

from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin
from tests.doors.conftest import Cli

pytestmark = pytest.mark.journey

SPEED = 5000.0
FILM = ("make", "A fox runs. It stops.", "--model", "seedance-1-lite", "--shots", 2, "--seconds", 2, "--size", "854x480")
DRAWN = ("--joins", "keyframes", "--keyframe-model", "gpt-image-2")


@pytest.fixture
async def clouds(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> tuple[Cloud, Cloud]:
    """Who makes the shots, and who draws their keyframes for more than they were quoted."""
    films, pictures = await standin("replicate", speed=SPEED), await standin("openai", speed=SPEED)
    told = {**films.environment(films.url), **pictures.environment(pictures.url), "STORYREEL_PACE": str(SPEED)}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return films, pictures


async def test_a_film_that_its_budget_stopped_goes_on_with_more_and_what_is_ready_is_not_paid_again(
    cli: Cli, clouds: tuple[Cloud, Cloud]
) -> None:
    price = (await asyncio.to_thread(cli, "estimate", *FILM[1:], *DRAWN, "--json")).json["expected_usd"]
    stopped = await asyncio.to_thread(cli, *FILM, *DRAWN, "--budget", price)
    [film] = (await asyncio.to_thread(cli, "films", "--json")).json
    paid = [len(cloud.submissions) for cloud in clouds]

    too_little = await asyncio.to_thread(cli, "resume", film["film"], "--budget", price)
    nameless = await asyncio.to_thread(cli, "resume", "--budget", 1)
    resumed = await asyncio.to_thread(cli, "resume", film["film"], "--budget", 1, "--json")

    costs = [one.cost_usd for cloud in clouds for one in cloud.submissions]
    assert (stopped.code, f"storyreel resume {film['film']} --budget USD" in stopped.out) == (3, True)
    assert (too_little.code, "The change is refused. The film would cost" in too_little.err) == (3, True)
    assert (nameless.code, "name the film" in nameless.err) == (2, True)
    assert (resumed.code, resumed.json["state"], resumed.json["cost_usd"]) == (0, "ready", float(sum(costs)))
    assert (paid, [len(cloud.submissions) for cloud in clouds]) == ([1, 2], [2, 2])
