"""A tool: one thing that a person or an agent can have done, described once and offered by every door.

A tool of your own is a class: a `spec`, perhaps a `dialog`, and `run`. Beside it in this room: `spec` (ToolSpec), `dialog`
(Dialog, Step, Incoming, Question), `conversation` (who runs a dialog: State, Turn), `menu` (what front ends show of it),
`context` (for whom a tool works), `film_tool` (tools that make films), `toolbox` (all there are).
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Generic, Literal, TypeAlias, TypedDict, TypeVar, cast, final

from pydantic import BaseModel

from storyreel.domain.errors import StoryreelError, TimedOut
from storyreel.domain.values import JSON
from storyreel.tools.arguments import read_arguments
from storyreel.tools.context import Context, opened
from storyreel.tools.menu import InMenus
from storyreel.tools.remedies import BY_TOOLS

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


class Tool(InMenus, ABC, Generic[A, R]):
    """One thing that can be done, with arguments A and the result R."""

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
            words = ctx.words if isinstance(ctx, Context) else BY_TOOLS
            return Failed(success=False, error=error.worded(words), code=error.code)
        except Exception as error:  # an agent's loop is the outer edge
            log.exception("the tool %s broke", self.spec.name)  # there alone in its words: the caller may be elsewhere
            broke = f"{self.spec.name} broke, which it should not ({type(error).__name__}; the log says how). Please report it."
            return Failed(success=False, error=broke, code="error")
