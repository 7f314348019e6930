"""What the routes of videos work with while the server runs: offers, and the intake beside them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from storyreel.doors.server.desk import Desk
from storyreel.doors.server.videos.intake import Intake
from storyreel.doors.server.videos.offer import Offers


@dataclass(frozen=True, slots=True)
class Counter:
    """Where videos are asked for."""

    offers: Offers
    intake: Intake


@asynccontextmanager
async def open_counter(desk: Desk) -> AsyncGenerator[Counter]:
    """A counter, whose videos are taken up while the block runs."""
    intake = Intake(desk)
    running = asyncio.create_task(intake.run())
    try:
        yield Counter(Offers(desk.studio), intake)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
