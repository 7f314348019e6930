"""Tools that make, tell, change and price films, by the embedded engine and at a stand-in. Requirement A5."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.domain.errors import Cancelled, UnknownFilm
from storyreel.domain.events import Event
from storyreel.domain.film import FilmState
from storyreel.settings import Settings
from storyreel.standins.fixtures import Standin
from storyreel.studio import Studio
from storyreel.tools import Context, FilmTool, Toolbox
from storyreel.tools.film_status import films
from storyreel.writing import storyboard_text

BOX = Toolbox.here([])
SMALL = {"seconds": 0.5, "resolution": "90p"}
SPEED = 5000.0


async def done(name: str, args: Mapping[str, object], context: Context) -> Any:
    """What a tool answers."""
    told = await BOX.tool(name).execute(args, context)
    assert told["success"] is True, told
    return told["output"]


@pytest.mark.journey
async def test_a_film_is_approved_called_off_gone_on_with_waited_for_and_changed(
    context: Context, drawers: None, tmp_path: Path
) -> None:
    heard: list[Event] = []

    async def tell(event: Event) -> None:
        heard.append(event)

    listening = replace(context, tell=tell)
    story = {"story": "A fox runs. It finds a lantern.", "shots": 2, **SMALL}
    begun = await done("make_film", {**story, "approve": True, "wait": False}, listening)
    film = {"film": begun["film"], "wait": False}
    early = await BOX.tool("resume_film").execute(film, context)
    approved = await done("approve_film", film, context)
    await done("cancel_film", {"film": begun["film"]}, context)
    with pytest.raises(Cancelled):
        await context.studio.wait(begun["film"])
    went_on = await done("resume_film", film, context)
    stands = await done("film_status", {"film": begun["film"], "wait_s": 60}, listening)
    again = await done("retake_shot", {"film": begun["film"], "shot": "2", "seed": 7}, context)

    assert (begun["state"], begun["path"], stands["film"]["state"]) == ("awaiting_approval", None, "ready")
    assert "waits for approval; approve it by `approve_film`" in str(early)
    assert (approved["state"], went_on["state"]) == ("queued", "queued")
    assert "is ready" in str(await BOX.tool("resume_film").execute(film, context))
    assert [(shot["shot"], shot["state"], shot["model"]) for shot in stands["shots"]] == [
        (1, "ready", "animatic"),
        (2, "ready", "animatic"),
    ]
    assert {"film.started", "take.ready", "film.ready"} <= {event.fact.kind for event in heard}
    assert again["path"] == str(tmp_path / begun["film"] / "film.mp4")
    takes = await context.studio.takes(begun["film"])
    assert [takes[shot][-1].request.seed == 7 for shot in ("s01", "s02")] == [False, True]

    board = storyboard_text((await context.film(begun["film"])).storyboard).replace("The fox finds a lantern.", "The fox sleeps.")
    quoted = cast("FilmTool[Any]", BOX.tool("edit_film"))
    assert (await quoted.quote(quoted.read({**film, "storyboard": board}), context)).expected_usd == 0
    await done("edit_film", {"film": begun["film"], "storyboard": board}, context)
    edited = await context.film(begun["film"])
    assert [shot.description for shot in edited.storyboard.shots] == ["A fox runs.", "The fox sleeps."]
    await a_take_is_chosen_and_locked_and_shots_change_their_places(context, begun["film"])

    await only_the_owner_sees(context, begun["film"])
    kept = (await context.film(begun["film"])).output
    assert isinstance(await context.picture(str(kept), field="image"), bytes)  # the digest of what is kept


async def a_take_is_chosen_and_locked_and_shots_change_their_places(context: Context, film: str) -> None:
    """As the pages and REST have it, and without a new picture."""
    made = await context.studio.takes(film)
    first, *_, last = (await done("film_status", {"film": film}, context))["shots"][1]["takes"]
    await done("choose_take", {"film": film, "shot": 2, "take": first, "lock": True}, context)
    refused = await BOX.tool("choose_take").execute({"film": film, "shot": "s02", "take": last}, context)
    moved = await done("edit_film", {"film": film, "order": [2, "s01"]}, context)
    stands = await done("film_status", {"film": film}, context)
    unlocked = await done("choose_take", {"film": film, "shot": "s02", "take": last, "lock": False}, context)

    assert moved["state"] == unlocked["state"] == "ready"
    told = [(shot["id"], shot["take"], shot["locked"]) for shot in stands["shots"]]
    assert (first < last, told) == (True, [("s02", first, True), ("s01", stands["shots"][1]["take"], False)])
    assert "is locked" in str(refused)
    assert await context.studio.takes(film) == made
    for wrong in ({"film": film}, {"film": film, "order": ["1"]}, {"film": film, "order": ["1", "2"], "storyboard": "x"}):
        assert (await BOX.tool("edit_film").execute(wrong, context))["success"] is False
    assert "Say which `take`" in str(await BOX.tool("choose_take").execute({"film": film, "shot": "1"}, context))


async def only_the_owner_sees(context: Context, film: str) -> None:
    """Another user does not even learn that there is such a film; the owner of the machine may name it in short."""
    assert (await context.film(film[:6])).id == film
    for name in (film, film[:6], "fox"):
        with pytest.raises(UnknownFilm) as unknown:
            await replace(context, user="ann").film(name)
        assert unknown.value.nearest == ()
    assert [one.value for one in await films({}, context)] == [film]
    assert await films({}, replace(context, user="ann")) == ()


async def test_a_film_that_is_not_there_is_told_so(context: Context) -> None:
    told = await BOX.tool("film_status").execute({"film": "nobody"}, context)

    assert told["success"] is False
    assert (told["code"], "There is no film 'nobody'" in told["error"]) == ("unknown_film", True)


async def test_an_estimate_needs_no_key_and_tells_the_price_of_each_shot_and_model(context: Context) -> None:
    asked = {"story": "A fox runs. It stops.", "shots": 2, "seconds": 4, "model": "ltx-2.5", "compare": True}
    told = await done("estimate", asked, context)

    assert told["needs"] == ["REPLICATE_API_TOKEN"]
    assert sum(Decimal(str(shot["price_usd"])) for shot in told["shots"]) == Decimal(str(told["price"]["expected_usd"]))
    assert [one["model"] for one in told["models"][:1]] == ["animatic@animatic"]


async def test_a_clip_may_be_asked_for_without_a_word(context: Context) -> None:
    tool = cast("FilmTool[Any]", BOX.tool("generate_video"))

    assert (await tool.quote(tool.read({"prompt": "🦊"}), context)).expected_usd == 0


async def test_the_models_are_found_by_what_they_start_from_and_by_their_keys(context: Context) -> None:
    every = await done("list_models", {"start": "references"}, context)
    usable = await done("list_models", {"usable": True}, context)

    assert len(every["models"]) > 5
    assert [(one["name"], one["ways"][0]["has_key"]) for one in usable["models"]] == [("animatic", True)]


@pytest.mark.journey
async def test_clips_from_words_pictures_and_references_at_a_provider(standin: Standin, tmp_path: Path) -> None:
    cloud = await standin("replicate", speed=SPEED)
    Image.new("RGB", (640, 360), "teal").save(tmp_path / "ring.png")
    accounts = accounts_of(cloud.environment(cloud.url))
    asked: dict[str, dict[str, Any]] = {
        "generate_video": {"prompt": "a kite, slowly", "seconds": 5},
        "animate_image": {"image": "ring.png", "prompt": "it turns", "seconds": 5},
        "video_from_references": {"images": ["ring.png"], "prompt": "a ring on velvet", "length": 5},
    }
    async with Studio(tmp_path / "home", settings=Settings(pace=SPEED), accounts=accounts) as studio:
        context = Context(studio, cwd=tmp_path)
        for name, args in asked.items():
            tool = cast("FilmTool[Any]", BOX.tool(name))
            read = tool.read({**args, "model": "seedance-1-lite", "resolution": "480p"})
            quote = await tool.quote(read, context)
            film = await studio.wait(await tool.begin(read, context))

            assert (film.state, film.cost_usd) == (FilmState.READY, quote.expected_usd)
            assert cloud.submissions[-1].cost_usd == film.cost_usd
    said = [job.asked.prompt for job in cloud.jobs.values()]
    assert said == ["a kite, slowly", "it turns", "a ring on velvet"]
