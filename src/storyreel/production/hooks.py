"""Webhooks in: `POST /hooks/PROVIDER/NAME`. One that names a call in doubt settles it; any other makes the runner look sooner.

What a webhook says of a generation is never believed, only that there is one: looking remains the truth.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from http import HTTPStatus

from aiohttp import web

from storyreel.domain.errors import AuthenticationFailed, InvalidRequest, StoryreelError
from storyreel.domain.generation import CallState, Key, RemoteId
from storyreel.library import ledger, takes
from storyreel.library.ledger import Call
from storyreel.production import attention
from storyreel.production.floor import Floor
from storyreel.providers.port import Hooked, Namer, Provider
from storyreel.providers.sent import token_of
from storyreel.providers.webhooks import TOLERANCE_S, Forged, Heard, Incoming

MOST_BYTES = 4 * 1024 * 1024
IN_DOUBT = {CallState.SENDING, CallState.ATTENTION}


class Hooks:
    """What is done with the webhooks that come to one process."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._seen: dict[tuple[str, str], datetime] = {}

    async def hear(self, name: str, call_name: str, headers: Mapping[str, str], body: bytes) -> HTTPStatus:
        """Take a webhook in. The answer says whether it should be told again: SERVICE_UNAVAILABLE, as nothing was done yet."""
        floor = self._floor
        try:
            provider = floor.provider(name)
            if not isinstance(provider, Hooked):
                return HTTPStatus.NOT_FOUND
            heard = await provider.heard(Incoming(call_name, headers, body, floor.now))
        except Forged:
            return HTTPStatus.UNAUTHORIZED
        except (AuthenticationFailed, InvalidRequest):  # not a provider, or none of whom we have an account
            return HTTPStatus.NOT_FOUND
        except StoryreelError:
            return HTTPStatus.SERVICE_UNAVAILABLE
        self._forget()
        if (name, heard.delivery) not in self._seen:
            await self._act(provider, call_name.partition(".")[0], heard)
            self._seen[name, heard.delivery] = floor.now
        return HTTPStatus.OK

    def _forget(self) -> None:
        """Drop deliveries that are so old that they would be refused by their time."""
        since = self._floor.now - timedelta(seconds=2 * TOLERANCE_S)
        self._seen = {known: when for known, when in self._seen.items() if when > since}

    async def _act(self, provider: Provider, token: str, heard: Heard) -> None:
        call = await self._call(provider.name, token, heard.remote)
        if call is None or not heard.remote:
            return
        remote = await self._remote(provider, call, heard.remote)
        if call.state in IN_DOUBT:
            await self._adopt(call, remote)
        elif call.state is CallState.ACCEPTED and call.remote_id == remote:
            await self._floor.database.write(ledger.look_now, call.key, self._floor.now)
            self._floor.nudge(call.provider, remote)

    async def _adopt(self, call: Call, remote: RemoteId) -> None:
        """The generation is the call's; who waits for an answer to it need not any more."""
        floor = self._floor
        with suppress(InvalidRequest):  # it is another call's: no doubt of ours
            await floor.write(call.key.film, attention.adopt, call.key, remote, floor.now, by_webhook=True)
        if bell := floor.adoptions.get(call.key):
            bell.set()

    async def _call(self, provider: str, token: str, remote: str) -> Call | None:
        """The call that a webhook names by the end of its address, otherwise by its generation."""
        if not token:
            return await self._floor.database.read(ledger.call_of_remote, provider, remote)
        keys: list[Key] = await self._floor.database.read(ledger.open_keys, provider)
        key = next((key for key in keys if token_of(key) == token), None)
        return None if key is None else await self._floor.database.read(ledger.call, key)

    async def _remote(self, provider: Provider, call: Call, told: str) -> RemoteId:
        if not isinstance(provider, Namer):
            return told
        take = await self._floor.database.read(takes.take, call.take)
        _, route = self._floor.catalogue.known_route(take.route)
        return provider.remote_of(told, take.request, route)


@asynccontextmanager
async def serve_hooks(floor: Floor, host: str, port: int) -> AsyncGenerator[str]:
    """Listen for webhooks while the block runs; gives the address, to which a provider's name is added.

    Raises InvalidRequest for a port that cannot be used.
    """
    hooks = Hooks(floor)

    async def answer(request: web.Request) -> web.Response:
        provider, name = request.match_info["provider"], request.match_info.get("name", "")
        status = await hooks.hear(provider, name, request.headers, await request.read())
        return web.Response(status=status)

    app = web.Application(client_max_size=MOST_BYTES)
    app.router.add_post("/hooks/{provider}", answer)
    app.router.add_post("/hooks/{provider}/{name}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            message = f"Webhooks cannot be heard at {host}:{port}: {error.strerror}. Give another --hooks HOST:PORT."
            raise InvalidRequest(message, field="hooks") from error
        yield f"http://{host}:{runner.addresses[0][1]}/hooks"
    finally:
        await runner.cleanup()
