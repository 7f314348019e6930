"""What the bot holds open while it runs: the studio, the way out to chats, who may do what."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from aiogram import Bot

from storyreel.domain.values import Language
from storyreel.doors.bot.guests import Guests
from storyreel.doors.bot.outbox import Outbox
from storyreel.doors.bot.voice import Voice
from storyreel.doors.server.seal import Seal
from storyreel.library.blobs import Blobs
from storyreel.library.chats import Place
from storyreel.library.database import Database
from storyreel.observing.observer import Observer
from storyreel.studio import Studio

if TYPE_CHECKING:
    from storyreel.doors.bot.questioning import Unanswered
    from storyreel.production.drawings import Drawings
    from storyreel.tools.toolbox import Toolbox

MB = 1024 * 1024
MOST_SHOTS = 20
"""Of a film that is put together in a chat: more would be a flood of drawings."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large files may be, in bytes."""

    upload_bytes: int = 50 * MB
    download_bytes: int = 20 * MB


CLOUD, OWN_SERVER = Limits(), Limits(2000 * MB, 2000 * MB)
"""Of Telegram's cloud, and of a Bot API server of one's own in its local mode."""


@dataclass(frozen=True, slots=True)
class Booth:
    """What every screen works with."""

    studio: Studio
    database: Database
    blobs: Blobs
    api: Bot
    outbox: Outbox
    guests: Guests
    drawings: "Drawings"
    toolbox: "Toolbox"
    seal: Seal
    now: Callable[[], datetime]
    observer: Observer
    public_url: str = ""  # where the outside reaches the server's pages; empty: nowhere
    limits: Limits = CLOUD
    local: bool = False  # the Bot API server reads our files by their paths
    encoding: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Who makes a film smaller waits for this."""
    asking: "dict[Place, Unanswered]" = field(default_factory=dict["Place", "Unanswered"])
    """What tools ask of whom just now; after a restart nothing is asked any more."""

    @property
    def most_shots(self) -> int:
        """Of a film that is put together in a chat."""
        return MOST_SHOTS

    @property
    def pace(self) -> float:
        """How many times faster than the real world everything runs."""
        return self.studio.settings.pace

    def place(self, chat: int, user: int) -> Place:
        """A person in a chat with this bot."""
        return Place(bot=self.api.id, chat=chat, user=user)

    def voice(self, language: Language) -> Voice:
        """Who speaks that language."""
        return Voice(language)


def owner(user: int) -> str:
    """Whose the films are that this person asks for, as the studio knows users."""
    return f"telegram:{user}"
