"""What webhooks are told, as https://www.standardwebhooks.com says: signed, tried again for three days, in the order of events.

Each process of a shared database makes deliveries and tells them; no two tell the same one at a time.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from storyreel.domain.events import Event
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.events import event_view
from storyreel.doors.server.seal import Seal
from storyreel.fetcher import Answered, Fetcher
from storyreel.library import webhooks
from storyreel.library.webhooks import Delivery, Webhook
from storyreel.production.news import News

ROUND_S = 0.5  # between two looks for what is to be told
PATIENCE_S = 15.0  # for an answer
LEASE = timedelta(minutes=2)  # after which what a process that is gone was telling is told by another
PAUSES_S = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)  # three days, as the standard proposes
SPREAD = 0.1  # of a pause, so that what failed together does not come back together
LONGEST_PAUSE_S = 86_400.0
LASTING = timedelta(seconds=sum(PAUSES_S))
MOST = 100  # deliveries at once
GONE = 410
TIDIED = timedelta(hours=1)


def secret_text(seal: Seal, webhook: str) -> str:
    """A webhook's secret, as receivers are given it."""
    return f"whsec_{base64.b64encode(seal.secret_for('webhook', webhook)).decode()}"


def signed(secret: bytes, id: str, now: datetime, body: str) -> dict[str, str]:
    """The headers of a message."""
    stamp = str(int(now.timestamp()))
    signature = base64.b64encode(hmac.digest(secret, f"{id}.{stamp}.{body}".encode(), hashlib.sha256)).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "storyreel",
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }


def body_of(event: Event) -> str:
    """What a webhook is told of an event."""
    view = event_view(event).model_dump(mode="json")
    return json.dumps({"type": event.fact.kind, "timestamp": view["at"], "data": view}, ensure_ascii=False)


@dataclass(slots=True)
class Sender:
    """Tells one server's webhooks what there is to tell."""

    desk: Desk
    chance: Callable[[], float] = random.random
    _news: News = field(default_factory=News)
    _telling: dict[str, asyncio.Task[None]] = field(default_factory=dict[str, asyncio.Task[None]])  # by webhook
    _tidied: datetime | None = None

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                more = await self.round()
            except Exception as error:  # noqa: BLE001  a task's outer edge: what is due must be told once this has passed
                more = False
                self.desk.observer.warn("webhooks.held_up", message=str(error))
            await asyncio.sleep(0 if more else ROUND_S)

    async def close(self) -> None:
        """What is being told is broken off; it is told again later, under the same id."""
        for task in self._telling.values():
            task.cancel()
        await asyncio.gather(*self._telling.values(), return_exceptions=True)

    async def round(self) -> bool:
        """Make deliveries, and begin to tell those that are due; whether there is more to be made at once."""
        database, now = self.desk.database, self.desk.now()
        if not await database.read(webhooks.are_wanted):
            return False
        await self._news.look(database)
        more = False
        if await database.read(webhooks.behind, self._news.settled):
            more = await database.write(webhooks.make_deliveries, self._news.settled, body_of, now)
        if await database.read(webhooks.are_due, now):
            for webhook, due in await database.write(webhooks.claim_deliveries, now, LEASE, [*self._telling], MOST):
                task = asyncio.ensure_future(self._tell_all(webhook, due))
                self._telling[webhook.id] = task
                task.add_done_callback(partial(self._told, webhook.id))
        if self._tidied is None or now - self._tidied > TIDIED:
            self._tidied = now
            await database.write(webhooks.forget_deliveries, now)
        return more

    async def told(self) -> None:
        """Wait for what is being told."""
        await asyncio.gather(*self._telling.values())

    def _told(self, webhook: str, task: "asyncio.Task[None]") -> None:
        """What could not be noted is told again once its lease ends, under the same id."""
        self._telling.pop(webhook, None)
        if not task.cancelled() and (error := task.exception()):
            self.desk.observer.warn("webhooks.held_up", message=str(error))

    async def _tell_all(self, webhook: Webhook, due: Sequence[Delivery]) -> None:
        """One after another, until nobody answers; the rest then waits as long."""
        until = self.desk.now() + LEASE - timedelta(seconds=2 * PATIENCE_S)
        for place, delivery in enumerate(due):
            again, left = self.desk.now(), due[place:]
            if again < until:
                again, left = await self._tell(webhook, delivery), due[place + 1 :]
            if again is not None:
                await self.desk.database.write(webhooks.put_off, [one.id for one in left], again)
                return

    async def _tell(self, webhook: Webhook, delivery: Delivery) -> datetime | None:
        """None where the next one may be told; otherwise when."""
        desk, began = self.desk, self.desk.now()
        headers = signed(desk.seal.secret_for("webhook", webhook.id), delivery.id, began, delivery.body)
        fetcher = Fetcher(inward=desk.studio.settings.fetch_inward)
        answered = await fetcher.post(webhook.url, delivery.body.encode(), headers, patience_s=PATIENCE_S)
        now = desk.now()
        if answered.status is not None and 200 <= answered.status < 300:
            await desk.database.write(webhooks.delivered, delivery.id, answered.status, now)
            return None
        again = None if answered.status == GONE else self._again(delivery, answered, now)
        await desk.database.write(webhooks.refused, delivery.id, answered.status, answered.reason, now, again)
        if answered.status == GONE:
            await desk.database.write(webhooks.stop_webhook, webhook.id, "It answered that it is gone (HTTP 410).", now)
        elif again is None and not await desk.database.read(webhooks.took_lately, webhook.id, now - LASTING):
            reason = f"It took nothing for {LASTING.days} days; the last time: {answered.reason}."
            await desk.database.write(webhooks.stop_webhook, webhook.id, reason, now)
        return again or now if answered.status in {None, GONE} else None

    def _again(self, delivery: Delivery, answered: Answered, now: datetime) -> datetime | None:
        """When it is tried again; None: no more."""
        if delivery.attempts >= len(PAUSES_S):
            return None
        pause_s = PAUSES_S[delivery.attempts] * (1 + SPREAD * self.chance())
        return now + timedelta(seconds=min(max(pause_s, answered.retry_after_s or 0), LONGEST_PAUSE_S))


@asynccontextmanager
async def open_sending(desk: Desk) -> AsyncGenerator[None]:
    """Tell webhooks while the block runs."""
    sender = Sender(desk)
    running = asyncio.ensure_future(sender.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await sender.close()
