"""Long scripts in a chat, free drafts of their films, and lists that have several pages."""

import re
from pathlib import Path

import pytest

from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from tests.doors.bot.conftest import Bots, Journey
from tests.doors.bot.test_films import FREE, STORY

pytestmark = pytest.mark.journey


async def test_what_follows_a_script_is_no_part_of_it_once_its_last_part_came(
    telegram: Telegram, bots: Bots, tmp_path: Path
) -> None:
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "parts.txt")
    async with bots.running():
        await journey.go(["/start"], "🎬 A film from text", FREE, "Next →")
        await ann.sees_text("Describe the film")
        await journey.go([f"{'A dog sleeps. ' * 310}A ship answers."])  # leaves the app in two parts
        await ann.sees_text("How long is each shot")
        ann.says("thirty")
        number = await ann.sees_text("Write a number of shots")
        ann.says("Then the dog wakes up, and walks down to the harbour to see the ship.")
        late = await ann.sees_text("This was not added to the script")
        await journey.go("← Back")
        words = await ann.sees_text("So far")
        journey.tell()
    assert "not added" not in number.text
    assert "Write a number of shots" in late.text
    assert words.text.endswith("A ship answers.")


async def test_a_draft_is_told_from_the_film_by_its_title(telegram: Telegram, bots: Bots, tmp_path: Path) -> None:
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "draft.txt")
    async with bots.running():
        await journey.go(["/start"], "🎬 A film from text", FREE, "Next →")
        await ann.sees_text("Describe the film")
        await journey.go([STORY], "1", "4 s", "Next →", "▶️ A draft, free")
        draft = await ann.sees_video(within_s=30)
        await journey.go("Next →", "✅ Make it")
        film = await ann.sees_video(within_s=30)
        await journey.go(["/films"])
        films = await ann.sees_text("Your films")
        journey.tell()
    shown = ann.transcript(whole=True)
    assert "(draft)”, 0:04" in draft.text
    assert "(draft)" not in film.text
    assert ["(draft)" in label for label in films.labels[:2]] == [False, True]
    assert re.search(r"\(draft\)”\s+(Making it|Accepted|All shots)", shown)


async def test_the_last_page_of_models_leads_to_the_first(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    bots.knows(await standin(Kling))
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "pages.txt")
    async with bots.running():
        await journey.go(["/start"], "🎬 A film from text")
        first = await ann.sees_text("Which model")
        seen = first
        while more := next((label for label in seen.labels if label.startswith("More models")), ""):
            await journey.go(more)
            seen = await ann.waits_for(lambda now, more=more: more not in now.labels, "another page")
        await journey.go("← To the first models")
        again = await ann.sees_button(first.labels[0])
        journey.tell()
    assert first.labels != seen.labels
    assert again.labels == first.labels
