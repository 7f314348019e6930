"""The bot fed by a webhook: Telegram posts what happens, with a secret that nobody else knows; it is answered at once."""

import asyncio
import contextlib

from aiogram.methods import DeleteWebhook, SetWebhook
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from storyreel.domain.errors import InvalidRequest, ProviderUnavailable
from storyreel.doors.bot.running import ALLOWED, Serving, tell_commands

PURPOSE = "telegram"
USUAL = ("127.0.0.1", 8080)
PATH = "/{tail:.*}"
"""Any: what the outside calls it is a proxy's business; the secret is what counts."""
AT_ONCE = 40  # deliveries of Telegram's side by side


async def hear(serving: Serving, url: str, listen: tuple[str, int] | None, stop: asyncio.Event) -> None:
    """Listen until `stop` is set. Raises InvalidRequest for an address that cannot be used, ProviderUnavailable."""
    api = serving.booth.api
    if not url.startswith(("https://", "http://")):
        raise InvalidRequest(f"TELEGRAM_WEBHOOK_URL cannot be {url!r}: give an https address.", field="TELEGRAM_WEBHOOK_URL")
    secret = serving.booth.seal.secret_for(PURPOSE, str(api.id)).hex()
    app = web.Application()
    handler = SimpleRequestHandler(serving.dispatcher, api, handle_in_background=True, secret_token=secret)
    app.router.add_post(PATH, handler.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, port = listen or USUAL
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        told = f"The bot cannot listen at {host}:{port} ({error.strerror}). Choose another --listen."
        raise InvalidRequest(told, field="listen") from error
    try:
        told_it = SetWebhook(url=url, secret_token=secret, allowed_updates=ALLOWED, max_connections=AT_ONCE)
        if not await serving.booth.outbox.free(told_it):
            raise ProviderUnavailable(provider="telegram", detail=f"it does not take the webhook {url}")
        await tell_commands(serving.booth)
        await stop.wait()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                await serving.booth.outbox.free(DeleteWebhook())
    finally:
        await runner.cleanup()
