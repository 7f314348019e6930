"""A request under a key is worked on once, however long it takes, and who lost it answers nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from storyreel.doors.server.callers import AT_THIS_MACHINE
from storyreel.doors.server.desk import open_desk
from storyreel.doors.server.once import UnderWay, kept_once
from storyreel.library.replies import SILENCE
from storyreel.studio import Studio


class Clock:
    """Goes on by all that an attempt may be silent, each time it is looked at."""

    def __init__(self) -> None:
        self.time, self.an_hour = datetime(2026, 11, 21, 12, tzinfo=UTC), asyncio.Event()
        self._until = self.time + timedelta(hours=1)

    def now(self) -> datetime:
        self.time += SILENCE
        if self.time > self._until:
            self.an_hour.set()
        return self.time


async def test_a_request_of_an_hour_is_not_begun_again_and_one_that_was_taken_over_is_broken_off(tmp_path: Path) -> None:
    clock, answers, begun = Clock(), asyncio.Queue[str](), asyncio.Queue[None]()

    async def work() -> str:
        begun.put_nowait(None)
        return await answers.get()

    async with open_desk(Studio(tmp_path), works=False, public_url="") as opened:
        desk = replace(opened, now=clock.now)

        def asked(beat_s: float) -> asyncio.Task[tuple[HTTPStatus, str]]:
            return asyncio.create_task(kept_once(desk, AT_THIS_MACHINE, "one", "d", work, HTTPStatus.OK, beat_s=beat_s))

        first = asked(0.001)
        await clock.an_hour.wait()
        with pytest.raises(UnderWay):
            await asked(0.001)
        await begun.get()
        first.cancel()
        await asyncio.wait([first])

        silent = asked(0.1)
        await begun.get()
        clock.time += SILENCE
        second = asked(1)
        with pytest.raises(UnderWay):
            await silent
        answers.put_nowait("film")
        assert await second == await asked(1) == (HTTPStatus.OK, "film")
        await begun.get()
        assert begun.empty()
