"""Whole journeys through a chat, from /start to the film, told as a person sees them."""

from pathlib import Path

from storyreel.standins.telegram import Telegram
from tests.doors.bot.conftest import Bots, Journey

STORY = "An old keeper walks to the lighthouse."
FREE = "Animatic (embedded engine) · free"


async def test_a_film_from_words_comes_as_a_video(telegram: Telegram, bots: Bots, tmp_path: Path) -> None:
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "text.txt")
    async with bots.running():
        await journey.go(["/start"], "🎬 A film from text", FREE, "1:1", "Next →")
        await ann.sees_text("Describe the film")
        await journey.go([STORY], "1", "4 s", "Next →")
        await ann.sees_picture()
        await journey.go("Next →", "✅ Make it")
        film = await ann.sees_video(within_s=30)
        journey.tell()
    assert (film.streams, film.cover, film.thumbnail) == (True, True, True)
    assert (film.width_px, film.height_px, film.seconds) == (720, 720, 4)
    assert "It cost nothing." in film.text
    assert not telegram.floods
