"""The application: every route, what each passes before it, and how errors are told."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response

from storyreel.domain.errors import StoryreelError
from storyreel.doors.mcp import http as mcp
from storyreel.doors.server import (
    approval,
    assets,
    earlier,
    events,
    films,
    hooks,
    links,
    models,
    pages,
    shots,
    takes,
    usage,
    videos,
)
from storyreel.doors.server.connections import BODY_S
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.lane import Lane
from storyreel.doors.server.openapi import WholeAPI
from storyreel.doors.server.porter import Porter, limits
from storyreel.doors.server.problems import Shape, meanings, shaped
from storyreel.doors.server.refusals import NotFound, Refused
from storyreel.library.guard import ImpossibleChange

LARGER: dict[str, int] = {
    videos.PATH: videos.MOST_BODY_BYTES,
    assets.PATH: assets.MOST_BODY_BYTES,
    **earlier.LARGER,
    **hooks.LARGER,
    **pages.LARGER,
    mcp.PATH: mcp.MOST_BODY_BYTES,
}
"""Paths whose bodies may be larger than usual, in bytes."""
SHAPES: Mapping[str, Shape] = {videos.PATH: videos.error_answer}
"""Paths, by their beginning, whose errors are not told as problems."""

TITLE = "Storyreel"
ABOUT = "A sentence in, a film out, by whichever video model you choose. Money in US dollars, lengths in seconds, times in UTC."


def application(
    open_desk: Callable[[], AbstractAsyncContextManager[Desk]],
    names: Collection[str] = (),
    stopping: asyncio.Event | None = None,
    patience_s: float = BODY_S,
) -> Porter:
    """The server, as ASGI; the desk is opened when it starts and closed when it ends.

    `names`: the hosts it is called. `stopping`: is set once answers that go on are to end. `patience_s`: for a
    request's body.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with open_desk() as desk:
            app.state.desk = desk
            async with videos.open_counter(desk) as app.state.counter, hooks.open_sending(desk), for_agents.open(desk):
                yield

    app = WholeAPI(
        title=TITLE,
        summary=ABOUT,
        version=version("storyreel"),
        lifespan=lifespan,
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.stopping = stopping or asyncio.Event()
    for_agents = mcp.Endpoint(app.state.stopping)
    for kind in (Refused, StoryreelError, ImpossibleChange, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _told)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.router.routes.append(for_agents.route)  # asked often, and found without a look at every other route
    for part in (films, approval, shots, takes, events, videos, assets, links, earlier, hooks, models, usage):
        app.router.routes.extend(part.router.routes)  # `include_router` would make each of them a second time
    pages.add_pages(app)
    app.add_api_route("/healthz", _health, include_in_schema=False)
    app.add_api_route("/problems/{code}", _meaning, include_in_schema=False)
    lane = Lane(app, shaped(SHAPES), videos.OFTEN)
    return Porter(lane, frozenset(names), limits(LARGER), shaped(SHAPES), lambda: getattr(app.state, "desk", None), patience_s)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Who sent it is gone: nobody reads the answer, and nothing broke here."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _told(request: Request, error: Exception) -> Response:
    if pages.wants_page(request):
        return pages.told(request, error)
    return shaped(SHAPES)(request.url.path, error)


async def _health(request: Request) -> Response:
    """Whether the server can read what it keeps."""
    desk: Desk = request.app.state.desk
    await desk.callers.keys_exist()
    return PlainTextResponse("ok\n", HTTPStatus.OK)


async def _meaning(code: str) -> Response:
    """What a problem's code means."""
    meaning = meanings().get(code)
    if meaning is None:
        raise NotFound("problem", code)
    return PlainTextResponse(f"{code}: {meaning}\n")
