"""Replicate's calls to a webhook: signed as Standard Webhooks, tried a few times, to addresses that exist."""

import asyncio
import base64
import contextlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp

from storyreel.domain.values import JSON
from storyreel.standins.refusals import Refusal, Refused

EVENTS = ("start", "output", "logs", "completed")
DEFAULT = ("output", "completed")
TRIES = 3
ANSWER_S = 5.0
NOWHERE = (".invalid", ".example", ".test")  # hosts that never exist


def checked_hook(body: Mapping[str, JSON]) -> tuple[str, tuple[str, ...]]:
    """A create's webhook and its events; empty: none. Raises Refused INVALID."""
    hook, events = body.get("webhook"), body.get("webhook_events_filter")
    if events is not None and (not isinstance(events, list) or not set(map(str, events)) <= set(EVENTS)):
        raise Refused(Refusal.INVALID, f"must be one of {', '.join(EVENTS)}", field="webhook_events_filter", problem="choices")
    if hook is None:
        return "", ()
    parts = urlsplit(hook) if isinstance(hook, str) else None
    # Here alone, an address on this machine may be without TLS, so that webhooks can be tried offline.
    if parts is None or not parts.hostname or not (parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"}):
        raise Refused(Refusal.INVALID, "webhook URL must be HTTPS", field="webhook", problem="address")
    return str(hook), tuple(map(str, events)) if events is not None else DEFAULT


def reachable(hook: str) -> bool:
    """Whether there can be anyone at an address."""
    host = urlsplit(hook).hostname or ""
    return bool(host) and not host.endswith(NOWHERE)


def signed(secret: str, id: str, when: datetime, body: bytes) -> dict[str, str]:
    """The headers of one call."""
    moment = str(int(when.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.digest(key, f"{id}.{moment}.".encode() + body, "sha256")).decode()
    return {"webhook-id": id, "webhook-timestamp": moment, "webhook-signature": f"v1,{signature}"}


async def call(hook: str, secret: str, id: str, when: datetime, told: JSON) -> bool:
    """Tell a prediction to its webhook; whether somebody took it."""
    body = json.dumps(told).encode()
    headers = {"Content-Type": "application/json", **signed(secret, id, when, body)}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S)) as session:
        for number in range(TRIES):
            with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
                async with session.post(hook, data=body, headers=headers, allow_redirects=False) as answer:
                    if answer.status < 300:
                        return True
            await asyncio.sleep(0.1 * 2**number)
    return False
