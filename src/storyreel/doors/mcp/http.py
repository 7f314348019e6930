"""The protocol at `/mcp` of a server: with its bounds and its keys; opened when somebody first asks for it.

Streamable HTTP: sessions for clients that begin with a handshake, single requests for those of the revision 2026-07-28.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING

from starlette.requests import Request as HttpRequest
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.mcp.client import Client, Request
from storyreel.doors.mcp.extra import must_be_here
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import CALLER, Desk, caller_of
from storyreel.doors.server.refusals import KeyMissing, Refused
from storyreel.library.keys import Scope as KeyScope

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from storyreel.tools.toolbox import Toolbox

PATH = "/mcp"
MOST_BODY_BYTES = 16_000_000  # a picture of 10 MB as a data URI, and words
LAST_S = 1.0  # for answers that are under way when the server stops
SESSIONS, SESSION_IDLE_S = 1_000, 1_800.0


class Endpoint:
    """Answers every request to `/mcp`, once it is open."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self._stopping, self._wanted = stopping, asyncio.Event()
        self._desk: Desk | None = None
        self._opened: asyncio.Future[StreamableHTTPSessionManager] | None = None

    @property
    def route(self) -> Route:
        """Where it is."""
        return Route(PATH, endpoint=self, include_in_schema=False)

    @asynccontextmanager
    async def open(self, desk: Desk) -> AsyncGenerator[None]:
        """It may be asked for while the block runs."""
        self._desk, self._opened = desk, asyncio.get_running_loop().create_future()
        serving = asyncio.ensure_future(self._serve(desk, self._opened))
        try:
            yield
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request. Raises KeyMissing, KeyUnknown, ScopeMissing, TooMany; Refused where the SDK is not installed."""
        if self._desk is None or self._opened is None:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "service_unavailable", "The server is not open yet.")
        caller = await caller_of(HttpRequest(scope), self._desk)
        caller.must(KeyScope.READ)
        self._wanted.set()
        try:
            manager = await asyncio.shield(self._opened)
        except InvalidRequest as error:
            raise Refused(HTTPStatus.NOT_IMPLEMENTED, "not_implemented", str(error)) from error
        scope[CALLER], scope["user"] = caller, _owner(caller)
        answer = _Answer(send)
        answering = asyncio.ensure_future(manager.handle_request(scope, receive, answer.send))
        try:
            await self._answered(answering)
        finally:
            answering.cancel()  # a stream does not keep a server that stops; what a call began goes on without it
            await asyncio.gather(answering, return_exceptions=True)
        if answering.cancelled():
            await answer.broken_off()
        else:
            answering.result()

    async def _answered(self, answering: asyncio.Task[None]) -> None:
        """Once it is answered; where the server stops meanwhile, a moment later at most."""
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((answering, stopped), return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait((answering,), timeout=LAST_S)
        finally:
            stopped.cancel()

    async def _serve(self, desk: Desk, opened: "asyncio.Future[StreamableHTTPSessionManager]") -> None:
        """Open it when it is first wanted: most servers are never asked, and the SDK takes a second to load."""
        await self._wanted.wait()
        try:
            must_be_here()
            await self._work(desk, await asyncio.to_thread(_loaded), opened)
        except Exception as error:
            if opened.done():
                raise
            opened.set_exception(error)  # who asked is told

    async def _work(self, desk: Desk, toolbox: "Toolbox", opened: "asyncio.Future[StreamableHTTPSessionManager]") -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from storyreel.doors.mcp.server import open_server

        async with open_server(desk, toolbox, _client) as served:
            manager = StreamableHTTPSessionManager(
                served.server, session_idle_timeout=SESSION_IDLE_S, max_sessions=SESSIONS, max_request_body_size=MOST_BODY_BYTES
            )
            async with manager.run():
                opened.set_result(manager)
                await self._stopping.wait()
                served.end_streams()
                await asyncio.Event().wait()  # until it is closed


class _Answer:
    """An answer while it is sent, so that one which is broken off ends as an answer does."""

    def __init__(self, send: Send) -> None:
        self._send, self._begun, self._whole = send, False, False

    async def send(self, message: Message) -> None:
        """Send on."""
        self._begun = True
        self._whole = message["type"] == "http.response.body" and not message.get("more_body", False)
        await self._send(message)

    async def broken_off(self) -> None:
        """End it. Raises Refused where it did not begin."""
        if not self._begun:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "service_unavailable", "The server stops; ask it again in a moment.")
        if not self._whole:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})


def _loaded() -> "Toolbox":
    """The tools, with everything that they and the protocol load; in a thread, since it takes a second."""
    for module in ("mcp.server.streamable_http_manager", "storyreel.doors.mcp.server"):
        import_module(module)
    from storyreel.tools.toolbox import Toolbox

    return Toolbox.here()


def _client(request: Request) -> Client:
    """Who sent it, as was found out before."""
    sent: HttpRequest | None = request.request
    if sent is None:
        raise KeyMissing
    return Client(sent.scope[CALLER], here=False)


def _owner(caller: Caller) -> object:
    """The caller as the SDK knows who began a session, so that nobody else goes on with it."""
    from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
    from mcp.server.auth.provider import AccessToken

    return AuthenticatedUser(AccessToken(token="", client_id=caller.name, scopes=sorted(caller.scopes), subject=caller.user))
