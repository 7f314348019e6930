"""A tool as front ends with menus and messages have it, under the names of earlier plugins."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import ClassVar, TypeAlias, TypedDict

from storyreel.tools.context import Context
from storyreel.tools.conversation import Conversation, State, Turn
from storyreel.tools.dialog import BACK, CANCEL, SKIP, Accept, Dialog, Incoming
from storyreel.tools.spec import ToolSpec

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


class InMenus:
    """What a menu shows of a tool, and who answers there; all of it follows from its description."""

    spec: ClassVar[ToolSpec]
    dialog: ClassVar[Dialog | None] = None

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


def _pressed(tool: InMenus, action: str) -> Handler:
    async def handler(incoming: Incoming, state: State | None, context: Context, now: datetime) -> Turn:
        pressed = incoming.model_copy(update={"kind": Accept.CHOICE, "payload": action})
        return await tool.callback_handlers()["answer"](pressed, state, context, now)

    return handler
