"""What the routes of videos work with while the server runs: offers, and the intake beside them."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from storyreel.doors.server.desk import Desk
from storyreel.doors.server.videos.accepting import Acceptance
from storyreel.doors.server.videos.intake import Intake
from storyreel.doors.server.videos.offer import Offers
from storyreel.doors.server.videos.purse import Purse


@asynccontextmanager
async def open_counter(desk: Desk) -> AsyncGenerator[Acceptance]:
    """What accepts videos, which are taken up while the block runs."""
    intake = Intake(desk)
    running = asyncio.create_task(intake.run())
    try:
        yield Acceptance(desk, Offers(desk.studio), Purse(desk, time.monotonic), intake)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
