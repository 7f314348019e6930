"""A tool: one thing that a person or an agent can have done, described once and offered by every door.

A tool of your own is a class: a `spec`, perhaps a `dialog`, and `run`. Beside it in this room: `spec` (ToolSpec), `dialog`
(Dialog, Step, Incoming, Question), `conversation` (who runs a dialog: State, Turn), `context` (for whom a tool works),
`film_tool` (tools that make films), `toolbox` (all there are).
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import ClassVar, Generic, Literal, TypeAlias, TypedDict, TypeVar, cast, final

from pydantic import BaseModel

from storyreel.domain.errors import StoryreelError, TimedOut
from storyreel.domain.values import JSON
from storyreel.tools.arguments import read_arguments
from storyreel.tools.context import Context, opened
from storyreel.tools.conversation import Conversation, State, Turn
from storyreel.tools.dialog import BACK, CANCEL, SKIP, Accept, Dialog, Incoming
from storyreel.tools.spec import ToolSpec

A = TypeVar("A", bound=BaseModel)
R = TypeVar("R", bound=BaseModel)

log = logging.getLogger(__name__)


class Succeeded(TypedDict):
    """What `execute` answers where the tool did it."""

    success: Literal[True]
    output: JSON


class Failed(TypedDict):
    """What `execute` answers where it did not; `code` is the taxonomy's."""

    success: Literal[False]
    error: str
    code: str


Outcome: TypeAlias = Succeeded | Failed
Handler: TypeAlias = Callable[[Incoming, State | None, Context, datetime], Awaitable[Turn]]
"""Answers a message: given it, where the conversation stands, for whom, and when."""


class MenuAction(TypedDict):
    """A button of the tool's menu; its handler is `callback_handlers()[action]`."""

    label: str
    action: str


class Command(TypedDict):
    """A command that begins the tool's dialog."""

    command: str  # without the slash
    description: str
    handler: Handler
    add_to_menu: bool


class Tool(ABC, Generic[A, R]):
    """One thing that can be done, with arguments A and the result R."""

    spec: ClassVar[ToolSpec]
    dialog: ClassVar[Dialog | None] = None

    @abstractmethod
    async def run(self, args: A, context: Context) -> R:
        """What the tool does, and what comes of it. Raises StoryreelError."""

    def output(self, result: R) -> JSON:
        """A result as `execute` tells it."""
        return result.model_dump(mode="json")

    @final
    def read(self, args: Mapping[str, object] | BaseModel) -> A:
        """The arguments, checked. Raises InvalidRequest, which names the field."""
        return cast("A", read_arguments(self.spec, self.spec.arguments, args))

    @final
    async def done(self, args: A, context: Context) -> JSON:
        """What the tool answers. Raises StoryreelError; TimedOut where it takes longer than its spec allows."""
        limit = asyncio.timeout(self.spec.timeout_s)
        try:
            async with limit:
                return self.output(await self.run(args, context))
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise TimedOut(self.spec.name, after_s=self.spec.timeout_s) from error

    @final
    async def execute(self, args: Mapping[str, object] | A, ctx: Context | Mapping[str, object]) -> Outcome:
        """What came of it; nothing is raised, but that someone ended the task. `ctx` may be a mapping: {"cwd": "."} is enough."""
        try:
            arguments = self.read(args)
            async with opened(ctx) as context:
                return Succeeded(success=True, output=await self.done(arguments, context))
        except StoryreelError as error:
            return Failed(success=False, error=str(error), code=error.code)
        except Exception as error:  # an agent's loop is the outer edge
            log.exception("the tool %s broke", self.spec.name)  # there alone in its words: the caller may be elsewhere
            broke = f"{self.spec.name} broke, which it should not ({type(error).__name__}; the log says how). Please report it."
            return Failed(success=False, error=broke, code="error")

    # For front ends with menus and messages: all of it follows from `spec` and `dialog`.

    def get_source_name(self) -> str:
        """Who the tool says it is in a menu of tools."""
        return self.spec.title

    def get_spec(self) -> ToolSpec:
        """The tool's description for agents."""
        return self.spec

    def get_menu_label(self) -> str | None:
        """The tool's name in a menu; None: it is in none."""
        return self.dialog.menu_label if self.dialog else None

    def get_menu_actions(self) -> list[MenuAction]:
        """The buttons of the tool's menu."""
        return [MenuAction(label=self.dialog.action, action="start")] if self.dialog else []

    def get_commands(self) -> list[Command]:
        """The commands that begin the tool's dialog."""
        if not self.dialog:
            return []
        every = self.dialog.commands.items()
        return [Command(command=name, description=does, handler=self._start, add_to_menu=True) for name, does in every]

    def callback_handlers(self) -> dict[str, Handler]:
        """Who answers a button, by its action: `start` begins the dialog, `answer` takes a choice's payload."""
        if not self.dialog:
            return {}
        return {"start": self._start, "answer": self._hear, **{action: _pressed(self, action) for action in (BACK, SKIP, CANCEL)}}

    def dialog_steps(self) -> dict[str, Handler]:
        """Who answers a message, by the step that was asked."""
        return {step.name: self._hear for step in self.dialog.steps} if self.dialog else {}

    def step_hint(self, step: str) -> str:
        """What is told where a message does not fit that step."""
        steps = self.dialog.steps if self.dialog else ()
        return next((one.hint or one.ask for one in steps if one.name == step), "")

    def extra_message_filters(self) -> frozenset[Accept]:
        """The kinds of message that some step takes beside text and buttons."""
        steps = self.dialog.steps if self.dialog else ()
        return frozenset(kind for step in steps for kind in step.accepts) - {Accept.TEXT, Accept.CHOICE}

    def conversation(self, context: Context) -> Conversation:
        """The tool's dialog with one person. Raises ValueError for a tool that has none."""
        if self.dialog is None:
            raise ValueError(f"{self.spec.name} has no dialog")
        return Conversation(self.spec, self.dialog, context)

    async def _start(self, incoming: Incoming, state: State | None, context: Context, now: datetime) -> Turn:  # noqa: ARG002  a Handler
        return await self.conversation(context).start(now, "" if incoming.payload else incoming.text)

    async def _hear(self, incoming: Incoming, state: State | None, context: Context, now: datetime) -> Turn:
        talk = self.conversation(context)
        return await (talk.start(now, incoming.text) if state is None else talk.hear(state, incoming, now))


def _pressed(tool: "Tool[A, R]", action: str) -> Handler:
    async def handler(incoming: Incoming, state: State | None, context: Context, now: datetime) -> Turn:
        pressed = incoming.model_copy(update={"kind": Accept.CHOICE, "payload": action})
        return await tool.callback_handlers()["answer"](pressed, state, context, now)

    return handler
