"""A bot's webhook: each update is told to its address, in order, again and again until it is taken."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp

from storyreel.domain.values import JSON
from storyreel.standins.telegram_params import Params
from storyreel.standins.telegram_refusals import bad
from storyreel.standins.telegram_rules import Rules
from storyreel.standins.telegram_updates import Updates, allowed_of

PORTS = (443, 80, 88, 8443)
ANSWER_S = 60.0
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


class Hook:
    """The webhook of one bot; empty address: it has none."""

    def __init__(self, updates: Updates, rules: Callable[[], Rules], now: Callable[[], datetime]) -> None:
        self._updates, self._rules, self._now = updates, rules, now
        self.url = self._secret = ""
        self._connections = 40
        self._failed: tuple[datetime, str] | None = None
        self._teller: asyncio.Task[None] | None = None
        self._more = asyncio.Event()
        updates.arrived = self._more.set

    async def set(self, params: Params) -> None:
        """Tell updates to this address from now on; an empty one: to none. Raises Refused."""
        url, secret = params.text("url"), params.text("secret_token")
        if url:
            _must_be_reachable(url, self._rules())
            if not SECRET.fullmatch(secret):
                raise bad("secret token contains unallowed characters" if len(secret) <= 256 else "secret token is too long")
            self._updates.end_poll("terminated by setWebhook request")
        await self.stop()
        if params.yes("drop_pending_updates"):
            self._updates.drop()
        self._updates.allow(allowed_of(params.text("allowed_updates")))
        self.url, self._secret, self._failed = url, secret, None
        self._connections = max(1, min(100_000 if self._rules().local else 100, params.whole("max_connections", 40)))
        if url:
            self._teller = asyncio.create_task(self._tell())

    async def remove(self, *, drop: bool) -> None:
        """Tell updates to no address any more."""
        await self.stop()
        self.url = self._secret = ""
        if drop:
            self._updates.drop()

    def told(self) -> dict[str, JSON]:
        """As a `WebhookInfo`."""
        body: dict[str, JSON] = {"url": self.url, "has_custom_certificate": False}
        body["pending_update_count"] = len(self._updates.pending)
        if self.url:
            body |= {"max_connections": self._connections, "ip_address": "127.0.0.1"}
        if self._failed:
            body |= {"last_error_date": int(self._failed[0].timestamp()), "last_error_message": self._failed[1]}
        if self._updates.allowed:
            body["allowed_updates"] = list(self._updates.allowed)
        return body

    async def stop(self) -> None:
        """Tell nobody any more."""
        teller, self._teller = self._teller, None
        if teller is not None:
            teller.cancel()
            await asyncio.gather(teller, return_exceptions=True)

    async def _tell(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        limits = aiohttp.ClientTimeout(total=ANSWER_S)
        async with aiohttp.ClientSession(headers=headers, timeout=limits) as session:
            first_s, most_s = self._rules().hook_backoff_s
            wait_s = first_s
            while True:
                self._more.clear()
                if not self._updates.pending:
                    await self._more.wait()
                    continue
                update = self._updates.pending[0]
                if wrong := await self._refused(session, update.told()):
                    self._failed = (self._now(), wrong)
                    await asyncio.sleep(wait_s)
                    wait_s = min(most_s, 2 * wait_s)
                else:
                    self._updates.confirm(update.id + 1)
                    wait_s = first_s

    async def _refused(self, session: aiohttp.ClientSession, update: dict[str, JSON]) -> str:
        """Why an update was not taken; empty: it was."""
        try:
            body, headers = json.dumps(update).encode(), {"Content-Type": "application/json"}
            async with session.post(self.url, data=body, headers=headers, allow_redirects=False) as answer:
                return "" if answer.status < 300 else f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection refused"


def _must_be_reachable(url: str, rules: Rules) -> None:
    """Raises Refused where Telegram would not call such an address."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise bad("invalid webhook URL specified") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad("invalid webhook URL specified")
    if rules.local:
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
