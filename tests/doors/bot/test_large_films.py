"""A film above what Telegram takes, at its real size: made smaller, by a link, or whole through a server of one's own."""

import asyncio
import io
import time
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from typing_extensions import override

from storyreel.standins.clips import MP4, Asked, Studio
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import Person
from storyreel.standins.telegram_rules import LOCAL
from tests.doors.bot.conftest import PACE, Bots, Journey

pytestmark = pytest.mark.journey

MB = 1024 * 1024
STANDS, LEAST = 6, 60 * MB
"""How many frames a picture stands, so that noise of five seconds has the size that is wanted."""
MOST_WAIT_S = 2.0  # for the answer to somebody else's button


class Noise(Studio):
    """Clips of noise, which no encoder makes small."""

    @override
    async def make(self, asked: Asked, media_type: str = MP4) -> bytes:
        return await asyncio.to_thread(noise, asked) if media_type == MP4 else await super().make(asked, media_type)


def noise(asked: Asked) -> bytes:
    width, height = asked.size
    random = np.random.default_rng(1)
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as writing:
        options = {"preset": "ultrafast", "qp": "16", "threads": "2"}
        stream = writing.add_stream("libx264", rate=asked.fps, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for _ in range(0, round(asked.seconds * asked.fps), STANDS):
            planes = random.integers(0, 256, (height * 3 // 2, width), dtype=np.uint8)
            for _ in range(STANDS):
                writing.mux(stream.encode(VideoFrame.from_ndarray(planes, format="yuv420p")))
        writing.mux(stream.encode(None))
    return file.getvalue()


async def asks(person: Person, waits: list[float]) -> None:
    """Press one button after the other, and note how long each answer takes."""
    person.says("/start")
    while True:
        for label in ("My films", "Menu"):
            await person.sees_button(label, within_s=30, ever=True)
            begun = time.monotonic()
            await person.sees_answer(person.presses(label), within_s=30)
            waits.append(time.monotonic() - begun)
            await asyncio.sleep(0.2)


@pytest.mark.timeout(300)
async def test_a_film_of_more_than_60_mb_is_made_to_fit_or_linked_or_sent_whole_by_a_server_of_ones_own(
    telegram: Telegram, bots: Bots, tmp_path: Path
) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    journey, waits = Journey(ann, tmp_path / "large.txt"), list[float]()
    async with Kling(speed=PACE, studio=Noise()) as kling:
        bots.knows(kling)
        async with bots.running(public_url="https://films.example.org"):
            await journey.go(["/start"], "🎬 A film from text")
            models = await ann.sees_text("Which model")
            await journey.go(next(label for label in models.labels if "Kling 2.5 Turbo" in label), "1080p")
            await ann.sees_button("✓ 1080p")
            await journey.go("Next →")
            await ann.sees_text("Describe the film")
            await journey.go(["A storm at sea."], "1", "5 s", "Next →")
            await ann.sees_button("✏️ Change the shots", within_s=20)
            await journey.go("Next →")
            summary = await ann.sees_text("no more than", within_s=20)
            asking = asyncio.ensure_future(asks(bob, waits))
            await journey.go(next(label for label in summary.labels if "Make it" in label))
            smaller = await ann.sees_video(within_s=200)  # 60 MB of noise are encoded anew
            asking.cancel()
            await journey.go("🎞 Original file")
            linked = await ann.sees_button("⬇️ Download")
        telegram.rules = LOCAL
        async with bots.running(telegram_local=True):
            await journey.go("🎞 Original file")
            whole = await ann.waits_for(lambda seen: seen.kind == "document", "the film's own file", within_s=30)
    journey.tell()
    assert (smaller.width_px, smaller.height_px, smaller.streams) == (1920, 1080, True)
    assert 40 * MB < smaller.size <= 50 * MB
    assert "this link leads to it" in linked.text
    assert whole.size > LEAST
    assert whole.name.endswith(".mp4")
    assert waits
    assert max(waits) < MOST_WAIT_S
