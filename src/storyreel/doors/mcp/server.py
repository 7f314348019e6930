"""The server of the protocol: which request is answered by whom, for which client, and how errors are told."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, TypeAlias, TypeVar

from mcp.server.lowlevel import Server
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp.types import SetLevelRequestParams

from storyreel.doors.mcp.calls import Calls
from storyreel.doors.mcp.client import Client, Request
from storyreel.doors.mcp.completions import Completions
from storyreel.doors.mcp.extras import Extras
from storyreel.doors.mcp.faults import FORESEEN, as_protocol_error
from storyreel.doors.mcp.prompts import Prompts
from storyreel.doors.mcp.reach import ANSWER_S, set_level
from storyreel.doors.mcp.resources import Resources
from storyreel.doors.mcp.watching import Watching
from storyreel.doors.server.desk import Desk
from storyreel.library.keys import Scope
from storyreel.tools.toolbox import Toolbox

NAME, TITLE = "storyreel", "Storyreel"
INSTRUCTIONS = (
    "Storyreel makes films: a sentence, a script, a picture or a storyboard in, a finished film out. Without a model the film is "
    "a free drawn animatic; models by name cost money, so tell the price (estimate) before you begin. A tool that makes a film "
    "answers at once with a handle; wait for it by film_status with wait_s. A film is also a resource, storyreel://films/FILM, "
    "with its storyboard, its shots' frames and a contact sheet below it: look at the sheet before you judge a film."
)

P = TypeVar("P")
R = TypeVar("R")
ClientOf: TypeAlias = Callable[[Request], Client]
Handler: TypeAlias = Callable[[Request, P], Awaitable[R]]


@dataclass(frozen=True, slots=True)
class Served:
    """The server, and how streams are ended that would go on."""

    server: "Server[Any]"
    end_streams: Callable[[], None]


@asynccontextmanager
async def open_server(desk: Desk, toolbox: Toolbox, client_of: ClientOf) -> "AsyncGenerator[Served]":
    """The server over a desk, while the block runs, with what other packages add. `client_of`: who sent a request."""
    extras = await asyncio.to_thread(Extras.here)
    calls, resources, watching = Calls(desk, toolbox), Resources(desk, extras), Watching(desk, extras)
    prompts = Prompts(desk, resources, extras)
    for problem in (*toolbox.problems, *extras.problems):
        desk.observer.warn("tool.left_out", message=problem)
    try:
        server = _server(desk, client_of, calls, resources, prompts, watching)
        server.middleware.append(_rounds_sealed(desk, client_of))
        yield Served(server, watching.close)
    finally:
        await calls.close()


def _server(
    desk: Desk, client_of: ClientOf, calls: Calls, resources: Resources, prompts: Prompts, watching: Watching
) -> "Server[Any]":
    completions = Completions(desk)

    def reading(handle: Callable[[Client, Request, P], Awaitable[R]]) -> Handler[P, R]:
        """For who may see; what was foreseen is told as an error of the protocol."""

        async def handler(request: Request, params: P) -> R:
            client = client_of(request)
            try:
                client.caller.must(Scope.READ)
                return await handle(client, request, params)
            except FORESEEN as error:
                raise as_protocol_error(error, client) from error

        return handler

    server = Server(
        NAME,
        title=TITLE,
        version=version("storyreel"),
        instructions=INSTRUCTIONS,
        on_list_tools=reading(calls.listed),
        on_call_tool=reading(calls.call),
        on_list_resources=reading(resources.listed),
        on_list_resource_templates=reading(resources.templates),
        on_read_resource=reading(resources.read),
        on_subscribe_resource=reading(watching.subscribe),
        on_unsubscribe_resource=reading(watching.unsubscribe),
        on_subscriptions_listen=reading(watching.listen),
        on_list_prompts=reading(prompts.listed),
        on_get_prompt=reading(prompts.told),
        on_completion=reading(completions.completed),
    )
    server.add_request_handler("logging/setLevel", SetLevelRequestParams, reading(set_level))
    return server


def _rounds_sealed(desk: Desk, client_of: ClientOf) -> RequestStateBoundary:
    """Sees that a client hands back, in the next round of a call, what it was given for that call, by any server of ours."""
    secret = desk.seal.secret_for("mcp", "rounds")

    def caller(request: Request) -> str:
        return client_of(request).caller.name

    return RequestStateBoundary(RequestStateSecurity(keys=[secret], ttl=ANSWER_S, bind_principal=caller), default_audience=NAME)
