"""One command's time with the studio: opened, used, closed, whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from storyreel.studio import Studio

T = TypeVar("T")


def with_studio(action: "Callable[[Studio], Awaitable[T]]") -> T:
    """What the action gives back, run to its end."""
    return asyncio.run(_opened(action))


async def _opened(action: "Callable[[Studio], Awaitable[T]]") -> T:
    from storyreel.studio import Studio

    async with Studio() as studio:
        return await action(studio)
