"""Reference pictures by the command line: read, prompt edited, film made. Requirements D1, D2, D3 and D4."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from storyreel.accounts import accounts_of
from storyreel.domain.errors import CapabilityMissing, MediaUnusable
from storyreel.domain.film import FilmState
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin
from storyreel.studio import Studio
from tests.doors.conftest import Cli

SPEED = 5000.0

CASE = ("--use-case", "product_video")


@pytest.fixture
def ring(folder: Path) -> Path:
    """A red disc on beige."""
    picture = Image.new("RGB", (320, 320), "#e8d9c0")
    ImageDraw.Draw(picture).ellipse((90, 90, 230, 230), fill="#8a1c2b")
    picture.save(folder / "ring.png")
    return folder / "ring.png"


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin("replicate", speed=SPEED)


@pytest.fixture
async def studio(tmp_path: Path, cloud: Cloud) -> AsyncGenerator[Studio]:
    accounts = accounts_of(cloud.environment(cloud.url))
    async with Studio(tmp_path / "home", settings=Settings(pace=SPEED), accounts=accounts) as opened:
        yield opened


def test_read_tells_what_is_seen_and_a_prompt_and_makes_nothing(cli: Cli, ring: Path) -> None:
    ran = cli("read", ring, *CASE, "--model", "veo-3.1", "--instructions", "Keep it calm", "--json")

    assert "--use-case product_video --model veo-3.1 --prompt" in cli("read", ring, "--model", "veo-3.1", *CASE).out
    assert ran.code == 0
    assert ran.json["offline"] is True
    assert ran.json["use_case"] == "product_video"
    assert "red" in ran.json["pictures"][0]["palette"][1]
    assert "Keep it calm" in ran.json["prompt"]


@pytest.mark.journey
async def test_an_edited_prompt_reaches_the_model_word_for_word_with_the_pictures(
    studio: Studio, cloud: Cloud, ring: Path, tmp_path: Path
) -> None:
    reading = await studio.read([ring], use_case="product_video", model="veo-3.1")

    board = studio.board_of(reading, "A ring turns. Nothing else.", model="veo-3.1", length=8)
    film = await studio.make_film(board, model="veo-3.1", references=[ring], output=tmp_path / "film.mp4")

    assert film.state is FilmState.READY
    [job] = cloud.jobs.values()
    assert job.asked.prompt == "A ring turns. Nothing else."
    assert len(job.asked.references) == 1
    assert film.seconds == 8.0


async def test_a_film_longer_than_the_model_s_clips_goes_on_where_each_ended(studio: Studio, ring: Path) -> None:
    reading = await studio.read([ring])

    for length, shots in ((24, [8, 8, 8]), (20, [8, 6, 6]), (10, [8, 4])):  # with references Veo makes 8 s, without 4, 6 or 8
        plan = studio.plan(studio.board_of(reading, model="veo-3.1", length=length), model="veo-3.1", references=[ring])
        assert [shot.seconds for shot in plan.storyboard.shots] == shots
        assert plan.quote.expected_usd is not None


async def test_a_model_that_takes_no_references_is_refused_with_those_that_do(studio: Studio, ring: Path) -> None:
    reading = await studio.read([ring])

    with pytest.raises(CapabilityMissing, match=r"kling-2.5-turbo cannot .*references.*gemini-omni"):
        studio.plan(studio.board_of(reading, model="kling-2.5-turbo"), model="kling-2.5-turbo", references=[ring])


async def test_pictures_by_address_are_fetched_from_public_places_only(studio: Studio, cloud: Cloud) -> None:
    with pytest.raises(MediaUnusable, match="own network"):
        await studio.read([f"{cloud.url}/picture.png"])
