"""Work done ahead: a thread makes the next few items while the present one is used."""

from collections.abc import Generator, Iterable
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")

DEPTH = 6  # items that wait; pictures are large
PATIENCE_S = 0.1  # between two looks whether anyone still wants them


class _End:
    """Nothing more comes; `failure` is why, where it broke."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.failure = failure


class _Offer(Generic[T]):
    """What the thread has made and nobody has taken yet."""

    def __init__(self) -> None:
        self._queue: Queue[T | _End] = Queue(DEPTH)
        self._unwanted = Event()

    def make(self, items: Iterable[T]) -> None:
        """The thread's work."""
        end = _End()
        try:
            for item in items:
                if not self._put(item):
                    return
        except BaseException as failure:  # noqa: BLE001 - it is raised where the items are used
            end = _End(failure)
        self._put(end)

    def take(self) -> T | _End:
        return self._queue.get()

    def leave(self) -> None:
        """Nobody wants any more."""
        self._unwanted.set()

    def _put(self, item: T | _End) -> bool:
        while not self._unwanted.is_set():
            try:
                self._queue.put(item, timeout=PATIENCE_S)
            except Full:
                continue
            return True
        return False


def ahead(items: Iterable[T]) -> Generator[T]:
    """The same items in the same order, made in a thread of their own; what breaks there is raised here. To be closed."""
    offer = _Offer[T]()
    thread = Thread(target=offer.make, args=(items,), name="ahead", daemon=True)
    thread.start()
    try:
        while not isinstance(item := offer.take(), _End):
            yield item
        if item.failure is not None:
            raise item.failure
    finally:
        offer.leave()
        thread.join()
