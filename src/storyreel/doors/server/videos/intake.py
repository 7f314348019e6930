"""Accepted videos, taken up by the line at its own pace: a few at a time, each user's oldest first."""

import asyncio
from contextlib import suppress

from storyreel.domain.errors import StoreUnusable, StoryreelError
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.videos.making import film_for
from storyreel.library import videos
from storyreel.library.videos import Video

ROUND_S = 1.0  # how soon a video is seen that another process accepted
MOST_AT_ONCE = 256  # videos that the line has and that have not ended


class Intake:
    """Takes up what waits, as long as it runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """A video was accepted."""
        self._bell.set()

    async def run(self) -> None:
        """Take up videos until cancelled."""
        while True:
            self._bell.clear()
            with suppress(StoreUnusable):  # who asks for a video hears of it
                await self._round()
            with suppress(TimeoutError):
                async with asyncio.timeout(ROUND_S):
                    await self._bell.wait()

    async def _round(self) -> None:
        room = MOST_AT_ONCE - await self._desk.database.read(videos.under_way)
        for video in await self._desk.database.read(videos.waiting_videos, max(0, room)):
            await self._take(video)

    async def _take(self, video: Video) -> None:
        """A video's film, or why there is none."""
        write = self._desk.database.write
        try:
            film = await film_for(self._desk.studio, video)
        except StoryreelError as error:
            await write(videos.fail_video, video.id, error.code, str(error))
            return
        if await write(videos.take_up, video.id, film) and self._desk.works:
            await (await self._desk.studio.line()).resume(film.id)
