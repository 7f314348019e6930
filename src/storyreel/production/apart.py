"""Work in a thread of its own, for which neither a time limit nor the end of the process waits; a pool's threads are joined."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def apart(work: Callable[[], T]) -> T:
    """What the work returns. Raises what it raises; who gives up waiting leaves it to itself."""
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()  # so that its outcome has a place though nobody waits any more
    Thread(target=_carry_out, args=(work, done), name="storyreel-apart", daemon=True).start()
    return await asyncio.wrap_future(done)


def _carry_out(work: Callable[[], T], done: Future[T]) -> None:
    try:
        done.set_result(work())
    except BaseException as error:  # noqa: BLE001  a thread's outer edge: who waits gets it
        done.set_exception(error)
