"""Rounds of a task that must not end while the line runs: one that goes wrong is told, and the next is tried."""

from collections.abc import Generator
from contextlib import contextmanager

from storyreel.domain.errors import StoreUnusable
from storyreel.observing.observer import Observer


class Rounds:
    """One task's; what goes wrong in the same words round after round is told once."""

    def __init__(self, task: str) -> None:
        self._task = task
        self._told = ""

    @contextmanager
    def attempt(self, observer: Observer) -> Generator[None]:
        """A round, of which no error comes out; a store that cannot be reached is no news."""
        try:
            yield
        except StoreUnusable:
            return
        except Exception as error:  # noqa: BLE001  a task's outer edge
            message = f"{type(error).__name__}: {error}"
            if message != self._told:
                self._told = message
                observer.warn("round.failed", task=self._task, message=message)
        else:
            self._told = ""
