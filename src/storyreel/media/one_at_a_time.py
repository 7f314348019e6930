"""Work on pictures that takes much memory, so that however much of it is asked for, it takes no more than one piece does."""

import asyncio
import ctypes
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


class OneAtATime:
    """Does what it is called with in one thread, in the order of the calls; the loop goes on meanwhile.

    What a piece of work freed goes back to the system: glibc would keep it for its thread, and have as much again for the next.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "one-at-a-time")

    async def __call__(self, work: Callable[Asked, Made], *args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        """What the work returns; it raises what the work raises. Cancelled, it is not begun, or ends before the next begins."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(_done, partial(work, *args, **kwargs)))


def _done(work: Callable[[], Made]) -> Made:
    try:
        return work()
    finally:
        if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
            trim(0)  # musl has none, and needs none
