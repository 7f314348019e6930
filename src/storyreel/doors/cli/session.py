"""One command's time with the studio: opened, used, closed, whatever happens."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from storyreel.studio import Studio

T = TypeVar("T")


def with_studio(action: "Callable[[Studio], Awaitable[T]]") -> T:
    """What the action gives back, run to its end."""
    import asyncio

    return asyncio.run(_opened(action))


def leave_by(code: int) -> None:
    """Leave with an exit code that says how the work ended."""
    if code:
        raise typer.Exit(code)


async def _opened(action: "Callable[[Studio], Awaitable[T]]") -> T:
    from storyreel.studio import Studio

    async with Studio() as studio:
        return await action(studio)
