"""The tools as the protocol lists and calls them: whatever is in the toolbox, its films begun at once and told as handles."""

import asyncio
import json
import os
from collections.abc import Coroutine, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakValueDictionary

from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    InputRequiredResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
)

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON
from storyreel.doors.mcp.agreeing import agreed
from storyreel.doors.mcp.assets import with_assets
from storyreel.doors.mcp.client import Client, Request
from storyreel.doors.mcp.contents import content_of
from storyreel.doors.mcp.described import WAIT, described
from storyreel.doors.mcp.faults import FORESEEN, as_protocol_error, failed, failed_by
from storyreel.doors.mcp.handed import handed
from storyreel.doors.mcp.progress import Progress
from storyreel.doors.mcp.reach import Reach, Rounds, Unanswered
from storyreel.doors.mcp.remedies import words_for
from storyreel.doors.mcp.told import film_address, with_path
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.once import kept_once
from storyreel.doors.server.refusals import NotFound
from storyreel.library.keys import Scope
from storyreel.tools.attachment import Attachment
from storyreel.tools.context import Context
from storyreel.tools.film_tool import FilmTool
from storyreel.tools.spec import ToolSpec
from storyreel.tools.toolbox import AnyTool, Toolbox

if TYPE_CHECKING:
    from storyreel.domain.film import Film
    from storyreel.studio import Studio

T = TypeVar("T")

LAST_S = 10.0  # for what was begun when the server stops


class Calls:
    """Lists the tools, and calls them for a client."""

    def __init__(self, desk: Desk, toolbox: Toolbox) -> None:
        self._desk, self._toolbox = desk, toolbox
        self._tools = [described(tool) for tool in toolbox.tools]
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._going_on: set[asyncio.Task[Any]] = set()

    async def listed(self, _client: Client, _request: Request, _params: PaginatedRequestParams | None) -> ListToolsResult:
        """Every tool."""
        return ListToolsResult(tools=self._tools)

    async def call(self, client: Client, request: Request, params: CallToolRequestParams) -> CallToolResult | InputRequiredResult:
        """What came of a call, or what its client is asked first. One that goes away ends the waiting, never what it began.

        Raises MCPError where there is no such tool.
        """
        try:
            tool = self._toolbox.tool(params.name)
        except InvalidRequest as error:
            raise as_protocol_error(error, client) from error
        try:
            client.caller.must(Scope.READ if tool.spec.read_only else Scope.MAKE)
            arguments = await with_assets(self._desk, client, params.arguments or {})
        except FORESEEN as error:
            return failed_by(error, client)
        try:
            return await self._in_turn(tool, client, arguments, Reach(request, Rounds.of(params)))
        except Unanswered as question:
            return question.result

    async def close(self) -> None:
        """Wait a while for what nobody waits for any more."""
        if self._going_on:
            await asyncio.wait(self._going_on, timeout=LAST_S)

    async def _to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of it; it goes on where nobody waits any more, since words that are paid must become a film that is kept."""
        going_on = asyncio.ensure_future(work)
        self._going_on.add(going_on)
        going_on.add_done_callback(self._going_on.discard)
        return await asyncio.shield(going_on)

    async def _in_turn(self, tool: AnyTool, client: Client, arguments: Mapping[str, object], reach: Reach) -> CallToolResult:
        studio, report = self._desk.studio, reach.request.session.report_progress
        shown: list[Attachment] = []

        async def attach(one: Attachment) -> None:
            shown.append(one)

        context = Context(
            studio=studio,
            user=client.user,
            api_key=client.caller.api_key,
            cwd=_folder(studio) if client.here else Path(),
            local_files=client.here,
            tell=Progress(report, reach.note, studio.film, self._desk.now()).hear,
            report=report,
            attach=attach,
            note=reach.note,
            answer=reach.ask if reach.asks else None,
            writer=reach.write if reach.lends else None,
            words=words_for(client),
        )
        turn = self._turns.setdefault((tool.spec.name, client.user), asyncio.Lock())
        try:
            if tool.spec.parallel:
                return _with(await self._called(tool, client, arguments, context, reach.rounds), shown)
            async with turn:
                return _with(await self._called(tool, client, arguments, context, reach.rounds), shown)
        except FORESEEN as error:
            return failed_by(error, client)
        except Exception as error:  # noqa: BLE001  perhaps somebody else's tool: the outermost edge of a call
            self._desk.observer.warn("tool.broke", tool=tool.spec.name, error=type(error).__name__, message=str(error))
            return failed(f"{tool.spec.name} broke, which it should not; the log says how. Please report it.", "error")

    async def _called(
        self, tool: AnyTool, client: Client, arguments: Mapping[str, object], context: Context, rounds: Rounds
    ) -> CallToolResult:
        if isinstance(tool, FilmTool):
            return await self._begun(tool, client, arguments, context, rounds)
        running = tool.done(tool.read(arguments), context)
        output = await (running if tool.spec.read_only else self._to_its_end(running))
        return await self._told(client, output)

    async def _begun(
        self, tool: "FilmTool[Any]", client: Client, arguments: Mapping[str, object], context: Context, rounds: Rounds
    ) -> CallToolResult:
        """A film that is accepted; with `wait`, once it has ended, or as it stands when the tool's time is over."""
        args = tool.read(arguments)
        quote = await tool.quote(args, context)
        context = await agreed(tool, args, quote, context)
        film = await self._to_its_end(self._accepted(tool.begin(args, context), client, rounds))
        try:
            if WAIT in arguments and getattr(args, WAIT, False) and not film.state.ended:
                film = await self._ended(film, tool.spec, context)
        except FORESEEN as error:
            return failed_by(error, client, film=film.id)
        return _answer((await handed(self._desk, client, film, quote)).model_dump(mode="json"))

    async def _accepted(self, begun: "Coroutine[Any, Any, Film]", client: Client, rounds: Rounds) -> "Film":
        """The film that is begun; where its call came in rounds, one film, however often the last of them comes."""
        if not rounds.told:
            return await begun

        async def begin() -> str:
            return (await begun).id

        try:
            _, film = await kept_once(self._desk, client.caller, f"mcp:{rounds.id}", rounds.id, begin, HTTPStatus.OK)
        finally:
            begun.close()  # where it was begun before
        return await self._desk.studio.film(film)

    async def _ended(self, film: "Film", spec: ToolSpec, context: Context) -> "Film":
        """The film at its end. Raises the StoryreelError that ended it."""
        studio = self._desk.studio
        try:
            async with asyncio.timeout(spec.timeout_s):
                async for event in studio.events(film):
                    if context.tell is not None:
                        await context.tell(event)
                return await studio.wait(film)
        except TimeoutError:
            return await studio.film(film.id)

    async def _told(self, client: Client, output: JSON) -> CallToolResult:
        """A tool's output; to who is elsewhere, with links instead of paths."""
        if not isinstance(output, dict):
            text = output if isinstance(output, str) else json.dumps(output, ensure_ascii=False)
            return CallToolResult(content=[TextContent(text=text)])
        if not client.here:
            film = await self._film_in(client, output)
            output = with_path(output, None if film is None else await film_address(self._desk, client, film))
        return _answer(output)

    async def _film_in(self, client: Client, output: dict[str, JSON]) -> "Film | None":
        """The client's film that an output tells of."""
        told = output.get("film")
        id = told.get("film") if isinstance(told, dict) else told
        try:
            return await self._desk.film(client.caller, id) if isinstance(id, str) else None
        except NotFound:  # a third party's tool, which means something else by the word
            return None


def _folder(studio: "Studio") -> Path:
    """Where films are written: where the process was started; clients start it anywhere, and then it is a folder of ours."""
    here = Path.cwd()
    return here if here != Path(here.anchor) and os.access(here, os.W_OK) else studio.home.root / "films"


def _with(result: CallToolResult, shown: Sequence[Attachment]) -> CallToolResult:
    """The result, and below it what the tool showed."""
    return result.model_copy(update={"content": [*result.content, *map(content_of, shown)]})


def _answer(output: dict[str, JSON]) -> CallToolResult:
    """An output as an object, and as text for clients that read no objects."""
    text = TextContent(text=json.dumps(output, ensure_ascii=False))
    return CallToolResult(content=[text], structured_content=output)
