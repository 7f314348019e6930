"""A bot on a home of the test's own, and Telegram's stand-in with persons who write to it."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storyreel.accounts import Account, accounts_of
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import Person
from storyreel.studio import Studio
from storyreel.tools import Toolbox
from tests.doors.server.conftest import serve
from tests.tools.test_toolbox import installed

if TYPE_CHECKING:
    from storyreel.doors.bot.booth import Limits
    from storyreel.doors.bot.running import Serving

__all__ = ["installed", "serve", "standin", "standin_studio"]

PACE = 50.0
"""How many times faster than the real world Telegram's limits, and the bot's patience, run here."""


@dataclass(slots=True)
class Bots:
    """Starts bots of one home, one after the other."""

    telegram: Telegram
    home: Path
    accounts: dict[str, Account] = field(default_factory=dict[str, Account])

    def knows(self, cloud: Cloud) -> None:
        """Bots from now on have an account there."""
        self.accounts |= {cloud.name: accounts_of(cloud.environment(cloud.url))[cloud.name]}

    @asynccontextmanager
    async def running(
        self, *, limits: "Limits | None" = None, toolbox: Toolbox | None = None, **settings: Any
    ) -> "AsyncGenerator[Serving]":
        """A bot while the block runs."""
        from storyreel.doors.bot.running import open_bot, poll

        usual: dict[str, Any] = {
            "telegram_bot_token": self.telegram.key,
            "telegram_api_url": self.telegram.url,
            "bot_users": "*",
            "pace": PACE,
        }
        studio = Studio(self.home, settings=Settings(**(usual | settings)), accounts=self.accounts)
        stop = asyncio.Event()
        async with open_bot(studio, limits=limits, toolbox=toolbox) as serving:
            polling = asyncio.create_task(poll(serving, stop))
            try:
                yield serving
            finally:
                stop.set()
                await polling


@dataclass(slots=True)
class Journey:
    """One person's way through a chat; where it is left is written down for who reads it."""

    person: Person
    written: Path

    async def go(self, *steps: str | Sequence[str]) -> None:
        """Press these buttons, each once it is there; a text in a list is written instead."""
        for step in steps:
            if isinstance(step, str):
                await self.person.sees_button(step, within_s=20, ever=True)
                self.person.presses(step)
            else:
                self.person.says(step[0])
                await asyncio.sleep(0)

    def tell(self) -> str:
        """The chat so far, kept as a file too."""
        text = self.person.transcript()
        self.written.write_text(self.person.transcript(whole=True))
        return text


@pytest.fixture
async def telegram(standin: Standin) -> Telegram:
    return await standin(Telegram, speed=PACE)


@pytest.fixture
async def bots(telegram: Telegram, tmp_path: Path, drawers: None) -> Bots:
    return Bots(telegram, tmp_path / "home")
