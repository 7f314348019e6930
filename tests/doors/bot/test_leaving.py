"""What stays when a person goes elsewhere: the dialog he was at, and the results he was given."""

from pathlib import Path

import pytest

from storyreel.standins.telegram import Telegram
from storyreel.tools import Toolbox
from tests.doors.bot.conftest import Bots, Journey
from tests.doors.bot.test_films import FREE, STORY
from tests.doors.bot.test_tools import Framer

pytestmark = pytest.mark.journey


async def test_a_look_at_films_or_settings_or_an_unknown_command_leaves_the_dialog_where_it_is(
    telegram: Telegram, bots: Bots, tmp_path: Path
) -> None:
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "aside.txt")
    async with bots.running():
        await journey.go(["/start"], "🎬 A film from text", FREE, "1:1", "Next →")
        await ann.sees_text("Describe the film")
        await journey.go(["/films"])
        await ann.sees_text("You have no films yet")
        await journey.go(["/settings"])
        await ann.sees_text("In which language")
        await journey.go("← Back to where I was")
        await ann.sees_text("Describe the film")
        await journey.go(["/settings"])
        await ann.sees_text("In which language")
        await journey.go([STORY])
        await ann.sees_text("How long is each shot")
        await journey.go("1", ["/strat"])
        await ann.sees_text("There is no command /strat here")
        await journey.go("← Back")
        await ann.sees_text("So far: An old keeper")
        await journey.go("← Back")
        await ann.sees_button("✓ 1:1")
        await journey.go(["/films"])
        await ann.sees_button("← Back to where I was")
        await journey.go("Menu")
        await ann.sees_text("I make films")
        await journey.go(["/films"])
        films = await ann.sees_text("You have no films yet")
        journey.tell()
    assert films.labels == ("Menu",)


async def test_what_a_tool_answered_stays_in_the_chat(telegram: Telegram, bots: Bots, tmp_path: Path) -> None:
    ann = telegram.person("Ann")
    journey, toolbox = Journey(ann, tmp_path / "result.txt"), Toolbox.of([("frames", Framer())])
    async with bots.running(toolbox=toolbox):
        ann.says("/start")
        for title, onward in (("Song", "/start"), ("Dance", "")):
            await journey.go("🧰 Tools", "Frame", "Scales")
            await ann.sees_text("What shall stand on it?")
            await journey.go([title], "Yes")
            await ann.sees_text("How many?")
            await journey.go(["1"])
            result = await ann.sees_text(f"{title} True 1 1")
            await journey.go([onward] if onward else "Menu")
            await ann.sees_text("I make films")
            await ann.until(
                lambda result=result: any(one.id == result.id and not one.labels for one in ann.sees()), "result left"
            )
        journey.tell()
    assert [one.text.splitlines()[-1] for one in ann.sees() if " True 1 1" in one.text] == ["Song True 1 1", "Dance True 1 1"]
