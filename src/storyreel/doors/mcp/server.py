"""The server of the protocol: which request is answered by whom, for which client, and how errors are told."""

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any, TypeAlias, TypeVar

from mcp.server.lowlevel import Server

from storyreel.doors.mcp.calls import Calls
from storyreel.doors.mcp.client import Client, Request
from storyreel.doors.mcp.completions import Completions
from storyreel.doors.mcp.faults import FORESEEN, as_protocol_error
from storyreel.doors.mcp.prompts import Prompts
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


def mcp_server(desk: Desk, toolbox: Toolbox, client_of: ClientOf, watching: Watching) -> "Server[Any]":
    """The server over a desk. `client_of`: who sent a request."""
    calls, resources, prompts = Calls(desk, toolbox), Resources(desk), Prompts(desk)
    completions = Completions(desk)

    def reading(handle: Callable[[Client, Request, P], Awaitable[R]]) -> Handler[P, R]:
        """For who may see; what was foreseen is told as an error of the protocol."""

        async def handler(request: Request, params: P) -> R:
            client = client_of(request)
            try:
                client.caller.must(Scope.READ)
                return await handle(client, request, params)
            except FORESEEN as error:
                raise as_protocol_error(error) from error

        return handler

    for problem in toolbox.problems:
        desk.observer.warn("tool.left_out", message=problem)
    return Server(
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
