"""A film changed from its chat: an agreed change is one change, of the film whose price was told. Requirement B1."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storyreel.domain.film import Film
from storyreel.library import chats
from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import Person
from storyreel.studio import Studio
from tests.doors.bot.conftest import Bots, Journey

if TYPE_CHECKING:
    from storyreel.doors.bot.booth import Booth

pytestmark = pytest.mark.journey


async def made(studio: Studio, ann: Person) -> Film:
    """A paid film of hers, begun elsewhere."""
    wishes = {"shots": 1, "seconds": 5.0, "model": "kling-2.5-turbo@kling", "deliver": False, "user": f"telegram:{ann.id}"}
    return await studio.make_film("A cat sleeps.", **wishes)  # pyright: ignore[reportArgumentType]  wishes are known by name


async def to_price(journey: Journey) -> str:
    """From /films to the price of another take; the label of the yes."""
    ann = journey.person
    await journey.go(["/films"])
    films = await ann.sees_text("Your films")
    await journey.go(films.labels[0], "🔁 Retake a shot")
    agreed = await ann.sees_text("A new take of shot 1")
    return next(label for label in agreed.labels if label.startswith("✅ Yes"))


async def broken_off_after(booth: "Booth", ann: Person, told: str) -> None:
    """The bot ended after the change was begun, and before it was kept that it was: what is kept is the yes."""
    from storyreel.doors.bot.talk import Talk

    talk = Talk.model_validate_json(told).at("change", working=True)
    await booth.database.write(chats.keep_talk, booth.place(ann.id, ann.id), talk.model_dump_json(), booth.now(), working=True)
    ann.sends("dice")  # what is seen from here on is new


async def test_a_change_that_was_begun_before_a_restart_is_not_begun_again(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "change.txt")
    async with bots.running() as bot:
        film = await made(bot.booth.studio, ann)
        yes = await to_price(journey)
        told = await bot.booth.database.read(chats.talk, bot.booth.place(ann.id, ann.id))
        assert told
        await journey.go(yes)
        await ann.sees_video(within_s=30)
        await broken_off_after(bot.booth, ann, told)
    async with bots.running() as bot:
        await ann.sees_video(within_s=30)
        (takes,) = (await bot.booth.studio.takes(film)).values()
        journey.tell()
    assert [take.number for take in takes] == [1, 2]
    assert len(kling.submissions) == 2


async def test_a_film_that_was_changed_elsewhere_since_the_price_was_told_is_not_changed_for_it(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "elsewhere.txt")
    async with bots.running() as bot:
        film = await made(bot.booth.studio, ann)
        yes = await to_price(journey)
        await bot.booth.studio.retake(film, "1")
        await journey.go(yes)
        await ann.sees_text("changed by somebody else meanwhile")
        journey.tell()
    assert len(kling.submissions) == 2
