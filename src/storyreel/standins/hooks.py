"""A cloud's calls to webhooks: when something happens to a job, a few times over, to addresses where somebody can be."""

import asyncio
import base64
import contextlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeAlias
from urllib.parse import urlsplit

import aiohttp

Told: TypeAlias = tuple[bytes, Mapping[str, str]]
"""A call's body, and its headers besides the type."""

TRIES = 3
ANSWER_S = 5.0
NOWHERE = (".invalid", ".example", ".test")  # hosts that never exist
AFTER_S = 0.005  # so that a look which follows at once sees what is told


class Caller:
    """The calls that are still to be made, and end with the cloud."""

    def __init__(self) -> None:
        self._calls: set[asyncio.Task[None]] = set()

    def call(self, hook: str, in_s: float, tell: Callable[[], Awaitable[Told | None]]) -> None:
        """Call a webhook in so many seconds with what is to be told then; None: nothing any more."""
        if reachable(hook):
            task = asyncio.create_task(self._call(hook, in_s, tell))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)

    async def stop(self) -> None:
        """Call nobody any more."""
        for task in tuple(self._calls):
            task.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def _call(self, hook: str, in_s: float, tell: Callable[[], Awaitable[Told | None]]) -> None:
        await asyncio.sleep(max(0.0, in_s) + AFTER_S)
        told = await tell()
        if told is not None:
            await post(hook, *told)


def reachable(hook: str) -> bool:
    """Whether there can be anyone at an address."""
    parts = urlsplit(hook)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not str(parts.hostname).endswith(NOWHERE)


def signed(secret: str, id: str, when: datetime, body: bytes) -> dict[str, str]:
    """The headers of one call by Standard Webhooks."""
    moment = str(int(when.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.digest(key, f"{id}.{moment}.".encode() + body, "sha256")).decode()
    return {"webhook-id": id, "webhook-timestamp": moment, "webhook-signature": f"v1,{signature}"}


async def post(hook: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Call a webhook until somebody takes it, or nobody did; whether somebody took it."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S)) as session:
        for number in range(TRIES):
            with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
                told = {"Content-Type": "application/json", **headers}
                async with session.post(hook, data=body, headers=told, allow_redirects=False) as answer:
                    if answer.status < 300:
                        return True
            await asyncio.sleep(0.1 * 2**number)
    return False
