"""Accepted videos, taken up by the line at its own pace: a few at a time, each user's oldest first, more slowly in a rush."""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from storyreel.domain.errors import RateLimited, StoryreelError
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.videos.fitting import MOST_AT_ONCE, fitting, provider_of
from storyreel.doors.server.videos.making import film_for
from storyreel.library import replies, videos
from storyreel.library.videos import Video
from storyreel.observing.observer import Level

ROUND_S = 1.0  # how soon a video is seen that another process accepted
TIDY_S = 30.0
RUSH, RUSH_S = 200, 1.0  # so many requests within that time are a rush
IN_A_RUSH = 19  # times as long as a video took to be taken up, the next one waits then
AWAY_S = 2.0  # how long a route is left alone whose provider could not be asked
BROKEN = "Something broke here; the server's log says what."


class Intake:
    """Takes up what waits, as long as it runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._bell = asyncio.Event()
        self._tidied_at = float("-inf")
        self._asked = deque[float](maxlen=RUSH)  # when, by the loop's clock
        self._taking: dict[str, tuple[Sequence[Video], asyncio.Task[None]]] = {}  # by provider, which may be asked and be slow
        self._away: dict[str, float] = {}  # until when, by the loop's clock, a route is left alone

    def ring(self) -> None:
        """A video was accepted."""
        self._bell.set()

    def note_request(self) -> None:
        """Somebody asks something of videos."""
        self._asked.append(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Take up videos until cancelled."""
        try:
            await self._rounds()
        finally:
            tasks = [task for _, task in self._taking.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _rounds(self) -> None:
        while True:
            self._bell.clear()
            try:
                await self._round()
                await self._tidy()
            except Exception as error:  # noqa: BLE001  a task's outer edge: what waits must be taken up once this has passed
                self._desk.observer.warn("videos.held_up", message=str(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(ROUND_S):
                    await self._bell.wait()

    async def _round(self) -> None:
        taken = Counter(await self._desk.database.read(videos.under_way))
        taken.update((video.user, video.route) for some, _ in self._taking.values() for video in some)
        if taken.total() >= MOST_AT_ONCE:
            await asyncio.sleep(ROUND_S)
            return
        waiting = await self._desk.database.read(videos.waiting_videos, MOST_AT_ONCE)
        by_provider: dict[str, list[Video]] = {}
        free = (one for one in waiting if provider_of(one.route) not in self._taking and not self._is_away(one.route))
        for video in fitting(free, taken):
            by_provider.setdefault(provider_of(video.route), []).append(video)
        for provider, some in by_provider.items():
            task = asyncio.create_task(self._take_all(some))
            self._taking[provider] = some, task
            task.add_done_callback(partial(self._taken, provider))

    def _taken(self, provider: str, task: asyncio.Task[None]) -> None:
        """What could not be taken up is tried again in the next round."""
        del self._taking[provider]
        if not task.cancelled() and (error := task.exception()):
            self._desk.observer.warn("videos.held_up", message=str(error))
        else:
            self._bell.set()

    async def _take_all(self, some: Sequence[Video]) -> None:
        for video in some:
            if self._is_away(video.route):  # since a moment ago
                continue
            began = asyncio.get_running_loop().time()
            await self._take(video)
            now = asyncio.get_running_loop().time()
            if len(self._asked) == RUSH and now - self._asked[0] < RUSH_S:
                await asyncio.sleep(IN_A_RUSH * (now - began))

    async def _tidy(self) -> None:
        """What was deleted goes, and requests of long ago are forgotten."""
        if (now := asyncio.get_running_loop().time()) - self._tidied_at > TIDY_S:
            self._tidied_at = now
            await self._desk.database.write(videos.delete_leftovers)
            await self._desk.database.write(replies.forget_replies, self._desk.now())

    def _is_away(self, route: str) -> bool:
        return asyncio.get_running_loop().time() < self._away.get(route, 0.0)

    def _leave_alone(self, route: str, error: StoryreelError) -> None:
        """Its videos wait a little, or as long as the provider asks; the others of that provider go on."""
        asked_s = (error.retry_after_s or 0.0) if isinstance(error, RateLimited) else 0.0
        now = asyncio.get_running_loop().time()
        self._away = {one: until for one, until in self._away.items() if until > now} | {route: now + max(AWAY_S, asked_s)}
        self._desk.observer.warn("videos.held_up", route=route, message=str(error))

    async def _take(self, video: Video) -> None:
        """A video's film, or why there is none."""
        write = self._desk.database.write
        try:
            film = await film_for(self._desk.studio, video)
        except StoryreelError as error:
            if error.retriable:  # it was accepted, and the same may work later
                self._leave_alone(video.route, error)
                return
            await write(videos.fail_video, video.id, error.code, str(error))
            return
        except Exception as error:  # noqa: BLE001  one video's outer edge: what breaks it must not hold up those behind it
            self._desk.observer.note("video.broken", Level.ERROR, video=video.id, error=type(error).__name__, message=str(error))
            await write(videos.fail_video, video.id, StoryreelError.code, BROKEN)
            return
        if await write(videos.take_up, video.id, film) and self._desk.works:
            await (await self._desk.studio.line()).resume(film.id)
