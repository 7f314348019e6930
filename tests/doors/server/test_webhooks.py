"""Webhooks: signed as the standard says, told in order, tried again for three days, stopped with a reason, told once more."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from standardwebhooks import Webhook
from typing_extensions import override

from storyreel.accounts import accounts_of
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.events import CutStarted
from storyreel.doors.server.desk import Desk, open_desk
from storyreel.doors.server.hooks.sending import LASTING, LEASE, PATIENCE_S, Sender
from storyreel.fetcher import Fetcher
from storyreel.library import events, films, webhooks
from storyreel.library.webhooks import DeliveryState
from storyreel.settings import Settings
from storyreel.studio import Studio
from tests.doors.server.conftest import Serve, Served
from tests.production.conftest import board, film_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
VIDEOS = {"VIDEOS_API_KEY": "key", "VIDEOS_WEBHOOK_SECRET": "whsec_dGhlIGFjY291bnQncyBvd24="}


@dataclass(slots=True)
class Receiver:
    """Somebody who is told, and answers as the test says."""

    status: int = 200
    heard: list[tuple[dict[str, str], str]] = field(default_factory=list[tuple[dict[str, str], str]])
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append((dict(request.headers), await request.text()))
        return web.Response(status=self.status)

    @asynccontextmanager
    async def open(self) -> AsyncGenerator["Receiver"]:
        app = web.Application()
        app.router.add_post("/told", self.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/told"
        yield self
        await runner.cleanup()


async def until_told(server: Served, path: str, count: int, state: str) -> list[dict[str, Any]]:
    while True:
        page = await server.json("GET", path)
        if sum(one["state"] == state for one in page["data"]) == count:
            return page["data"]
        await asyncio.sleep(0.05)


async def heard(server: Served, provider: str, secret: str) -> int:
    """What the server answers to a webhook of a provider that has this secret."""
    body, now = '{"data": {"id": "video_1"}}', datetime.now(UTC)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", now, body),
    }
    async with server.client.post(f"/hooks/{provider}", data=body, headers=headers) as response:
        return response.status


async def test_a_webhook_is_told_what_it_asked_for_and_the_standards_own_library_believes_it(serve: Serve) -> None:
    server = await serve(works=False, fetch_inward=True, accounts=accounts_of(VIDEOS))
    async with Receiver().open() as receiver:
        wanted = {"url": receiver.url, "kinds": ["film.queued", "film.cancelled"]}
        made = await server.json("POST", "/v1/webhooks", status=201, json=wanted)
        at = f"/v1/webhooks/{made['id']}"
        for id in ("ships-0001", "ships-0002"):
            database = (await server.studio.line()).database
            await database.write(films.insert_film, film_of(board(1), id))
            await database.write(films.cancel_film, id, NOW)
        told = await until_told(server, f"{at}/deliveries", 4, "delivered")

        verified = [Webhook(made["secret"]).verify(body, headers) for headers, body in receiver.heard]
        assert [one["type"] for one in verified] == ["film.queued", "film.cancelled"] * 2
        assert [one["data"]["film"] for one in verified] == ["ships-0001"] * 2 + ["ships-0002"] * 2
        assert [one["event"] for one in told] == [one["data"]["number"] for one in reversed(verified)]
        assert (await server.json("GET", f"{at}/secret"))["secret"] == made["secret"]

        await server.json("POST", f"{at}/deliveries/{told[0]['id']}/redeliver")
        await until_told(server, f"{at}/deliveries", 4, "delivered")
        assert receiver.heard[-1][0]["webhook-id"] == told[0]["id"] == receiver.heard[3][0]["webhook-id"]

    assert await heard(server, "videos", VIDEOS["VIDEOS_WEBHOOK_SECRET"]) == 200
    assert await heard(server, "videos", "whsec_c29tZWJvZHkgZWxzZSdz") == 401
    assert await heard(server, "animatic", "whsec_c29tZWJvZHkgZWxzZSdz") == 404
    for body, named in (({**wanted, "kinds": ["film.reddy"]}, "kinds"), ({"url": "ftp://example.com"}, "url")):
        assert (await server.json("POST", "/v1/webhooks", status=422, json=body))["field"] == named
    async with server.client.delete(at) as response:
        assert response.status == 204
    assert (await server.json("GET", "/v1/webhooks"))["data"] == []
    await server.json("GET", f"{at}/deliveries", status=404)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncGenerator[Desk]:
    studio = Studio(tmp_path / "home", settings=Settings(fetch_inward=True))
    async with open_desk(studio, works=False, public_url="http://localhost") as opened:
        await opened.database.write(films.insert_film, film_of(board(1)))
        yield opened


async def told(sender: Sender, desk: Desk, after_s: float = 0) -> Desk:
    """Let time pass, and tell what is due then."""
    then = desk.now() + timedelta(seconds=after_s)
    sender.desk = replace(desk, now=lambda: then)
    await sender.round()
    await sender.told()
    return sender.desk


async def test_what_is_not_taken_is_tried_again_for_three_days_and_then_the_webhook_stops(desk: Desk) -> None:
    desk = replace(desk, now=lambda: NOW)
    sender = Sender(desk, chance=lambda: 0.0)
    async with Receiver(status=500).open() as receiver:
        made = await desk.database.write(webhooks.insert_webhook, "local", receiver.url, ["cut.started"], NOW, most=1)
        assert made is not None
        await desk.database.write(events.append, "ships-0001", CutStarted(clips=1), NOW)
        await desk.database.write(events.append, "ships-0001", CutStarted(clips=2), NOW)

        desk = await told(sender, desk)
        assert len(receiver.heard) == 2
        desk = await told(sender, desk, 4)
        assert len(receiver.heard) == 2
        desk = await told(sender, desk, 1)
        assert len(receiver.heard) == 4
        receiver.status = 200
        desk = await told(sender, desk, 300)
        assert len(receiver.heard) == 6
        receiver.status = 503
        await desk.database.write(events.append, "ships-0001", CutStarted(clips=3), NOW)
        for _ in range(10):
            desk = await told(sender, desk, 86_400)

        last, *others = await desk.database.read(webhooks.deliveries_of, made.id)
        assert (last.state, last.attempts, last.error) == (DeliveryState.FAILED, 10, "HTTP 503 Service Unavailable")
        assert {(one.state, one.attempts) for one in others} == {(DeliveryState.DELIVERED, 3)}
        [stopped] = await desk.database.read(webhooks.webhooks_of, "local")
        assert (stopped.reason or "").startswith(f"It took nothing for {LASTING.days} days; the last time: HTTP 503")

        await desk.database.write(webhooks.start_webhook, made.id, desk.now())
        receiver.status = 410
        await desk.database.write(events.append, "ships-0001", CutStarted(clips=4), NOW)
        desk = await told(sender, desk)
        [stopped] = await desk.database.read(webhooks.webhooks_of, "local")
        assert stopped.reason == "It answered that it is gone (HTTP 410)."


async def test_what_there_was_no_time_for_is_told_next_and_nothing_before_it(desk: Desk) -> None:
    now = NOW
    desk = replace(desk, now=lambda: now)

    class Slow(Receiver):
        @override
        async def answer(self, request: web.Request) -> web.Response:
            nonlocal now
            now += LEASE - timedelta(seconds=PATIENCE_S) if not self.heard else timedelta()
            return await Receiver.answer(self, request)

    sender = Sender(desk, chance=lambda: 0.0)
    async with Slow().open() as receiver:
        await desk.database.write(webhooks.insert_webhook, "local", receiver.url, ["cut.started"], NOW, most=1)
        for clips in (1, 2, 3):
            await desk.database.write(events.append, "ships-0001", CutStarted(clips=clips), NOW)
        for _ in range(10):
            await sender.round()
            await sender.told()
            now += timedelta(seconds=5)

    assert [json.loads(body)["data"]["fact"]["clips"] for _, body in receiver.heard] == [1, 2, 3]


async def test_of_a_receiver_that_is_down_one_attempt_is_made_for_all_that_waits(desk: Desk) -> None:
    desk = replace(desk, now=lambda: NOW)
    sender = Sender(desk, chance=lambda: 0.0)
    async with Receiver().open() as receiver:
        made = await desk.database.write(webhooks.insert_webhook, "local", receiver.url, ["cut.started"], NOW, most=1)
        assert made is not None
    for clips in (1, 2):
        await desk.database.write(events.append, "ships-0001", CutStarted(clips=clips), NOW)

    await told(sender, desk)

    waiting = await desk.database.read(webhooks.deliveries_of, made.id)
    assert [(one.attempts, one.state) for one in waiting] == [(0, DeliveryState.WAITING), (1, DeliveryState.WAITING)]
    assert {one.next_attempt for one in waiting} == {NOW + timedelta(seconds=5)}
    assert waiting[1].error == "it cannot be reached"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://2130706433/",
        "http://[::1]/",
        "ftp://example.com",
        "https://a:b@example.com/",
        "https://example.com/\0",
        "http://localhost/",
        "http://0x7f.1/",
    ],
)
async def test_a_webhook_cannot_be_within_this_machines_network(url: str) -> None:
    with pytest.raises(InvalidRequest, match="cannot be used"):
        await Fetcher().must_lead_out(url, field="url")
