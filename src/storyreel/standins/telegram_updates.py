"""A bot's updates: kept for a day until they are confirmed, given to one consumer, by long polling."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storyreel.domain.values import JSON
from storyreel.standins.telegram_refusals import conflict
from storyreel.standins.telegram_rules import Rules

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "pre_checkout_query",
    "shipping_query",
    "chat_join_request",
)
"""Those that come where nothing else was asked; the real ones are more, of which none happens here."""


@dataclass(frozen=True, slots=True)
class Update:
    """Something that the bot is to be told."""

    id: int
    when: datetime
    kind: str
    body: dict[str, JSON]

    def told(self) -> dict[str, JSON]:
        """As the Bot API tells it."""
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The queue of one bot."""

    def __init__(self, now: Callable[[], datetime], rules: Callable[[], Rules], first: int) -> None:
        self._now, self._rules = now, rules
        self._waiting: list[Update] = []
        self._next = first
        self._poll: asyncio.Future[str] | None = None
        self._closed = False
        self.allowed: tuple[str, ...] = ()  # empty: all of KINDS
        self.arrived: Callable[[], None] = lambda: None  # called when there is more to tell

    def put(self, kind: str, body: dict[str, JSON]) -> None:
        """Something happened; the bot is told where it wants such news."""
        if kind not in (self.allowed or KINDS):
            return
        self._waiting.append(Update(self._next, self._now(), kind, body))
        self._next += 1
        self._wake("")
        self.arrived()

    def allow(self, told: JSON) -> None:
        """What the bot wants to hear of from now on; None: as before."""
        if isinstance(told, list):
            self.allowed = tuple(str(kind) for kind in told)

    @property
    def waited_for(self) -> bool:
        """Whether somebody polls now, and waits."""
        return self._poll is not None

    @property
    def pending(self) -> list[Update]:
        """Those that are not confirmed, of the last day."""
        since = self._now() - timedelta(seconds=self._rules().update_life_s)
        self._waiting = [update for update in self._waiting if update.when >= since]
        return self._waiting

    def confirm(self, before: int) -> None:
        """Those before this number were heard."""
        self._waiting = [update for update in self._waiting if update.id >= before]

    def drop(self) -> None:
        """Nothing that was is told any more."""
        self._waiting = []

    async def get(self, offset: int, limit: int, timeout_s: float) -> list[JSON]:
        """The next ones, at once or when something happens within the time. Raises Refused where another asks too."""
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        if offset < 0:
            self._waiting = self.pending[offset:]
        elif offset:
            self.confirm(offset)
        if not self.pending and timeout_s > 0 and not self._closed:
            self._poll = poll = asyncio.get_running_loop().create_future()
            try:
                words = await asyncio.wait_for(poll, timeout_s)
            except TimeoutError:
                words = ""
            finally:
                self._poll = None if self._poll is poll else self._poll
            if words:
                raise conflict(words)
        return [update.told() for update in self.pending[:limit]]

    def end_poll(self, words: str) -> None:
        """Whoever waits for updates is told these words, as a conflict."""
        self._wake(words)

    def close(self) -> None:
        """Nobody waits any more."""
        self._closed = True
        self._wake("")

    def _wake(self, words: str) -> None:
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_result(words)


def allowed_of(told: str) -> JSON:
    """`allowed_updates` as it was told; None: it was not, or is no list."""
    try:
        value: JSON = json.loads(told) if told else None
    except ValueError:
        return None
    return value if isinstance(value, list) else None
