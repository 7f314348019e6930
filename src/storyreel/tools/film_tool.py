"""A tool that makes a film: its price is told first, it is accepted durably, and it may be waited for."""

import asyncio
from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from storyreel.domain.advice import recalled
from storyreel.domain.film import Film, FilmState
from storyreel.domain.model import Quote
from storyreel.domain.values import Value
from storyreel.tools.context import Context
from storyreel.tools.reaching import Teller
from storyreel.tools.tool import Tool

if TYPE_CHECKING:
    from storyreel.admission import Plan
    from storyreel.production.change import Change

A = TypeVar("A", bound=BaseModel)


class FilmResult(Value):
    """A film as it stands."""

    film: Annotated[str, Field(description="The film's id: by it film_status and retake_shot know it.")]
    title: str
    state: Annotated[FilmState, Field(description="Nothing more happens by itself unless it is queued or producing.")]
    path: Annotated[Path | None, Field(description="The film's file, where it was written to one.")] = None
    seconds: Annotated[float | None, Field(description="How long the finished film is.")] = None
    cost_usd: Annotated[float, Field(description="US dollars paid so far.")] = 0.0
    error: Annotated[str | None, Field(description="What ended it, and what to do.")] = None

    @classmethod
    def of(cls, film: Film, context: Context) -> "FilmResult":
        """The result that this film is; no path is told to a caller elsewhere."""
        return cls(
            film=film.id,
            title=film.title,
            state=film.state,
            path=film.delivered if context.local_files else None,
            seconds=film.seconds,
            cost_usd=float(film.cost_usd),
            error=recalled(film.error, film.id).worded(context.words) if film.error else None,
        )


class FilmTool(Tool[A, FilmResult], Generic[A]):
    """What makes a film. A front end that shows progress itself calls `quote`, then `begin`, and follows the film's events."""

    @abstractmethod
    async def quote(self, args: A, context: Context) -> Quote:
        """What it would cost, in US dollars, and take, in seconds; nothing is started. Raises StoryreelError."""

    @abstractmethod
    async def begin(self, args: A, context: Context) -> Film:
        """The film, accepted: it outlives this process. Raises StoryreelError before anything is paid."""

    async def agreed(self, args: A, context: Context) -> bool:  # noqa: ARG002  for those who have to look at a film
        """Whether what it costs was agreed to already: the arguments have a budget, or leave it for a later approval."""
        return getattr(args, "budget_usd", None) is not None or bool(getattr(args, "approve", False))

    async def run(self, args: A, context: Context) -> FilmResult:
        """The film once it has ended; at once where the arguments have `wait` and it is false. Raises what ended it."""
        film = await self.begin(args, context)
        if film.state.ended or not getattr(args, "wait", True):
            return FilmResult.of(film, context)
        return FilmResult.of(await waited(film.id, context), context)


async def quoted(plan: "Plan | Change", context: Context) -> Quote:
    """What a plan costs; what it would do otherwise than asked is logged."""
    for note in plan.notes:
        await context.log("info", note)
    return plan.quote


async def waited(film: str, context: Context) -> Film:
    """The film once it has ended, its events told meanwhile. Raises the StoryreelError that ended it."""
    if context.tell is None:
        return await context.studio.wait(film)
    told, ended = await asyncio.gather(_told(film, context.tell, context), context.studio.wait(film), return_exceptions=True)
    if isinstance(told, BaseException):
        raise told
    if isinstance(ended, BaseException):
        raise ended
    return ended


async def _told(film: str, tell: Teller, context: Context) -> None:
    async for event in context.studio.events(film):
        await tell(event)
