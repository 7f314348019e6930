"""The engine port: who keeps the order of work through a crash. Flows see `Flow` and nothing else of an engine.

Rules that every flow keeps, because history is replayed: a step's name is `noun:id:verb` and is never changed; arguments and
results are JSON (ids, digests, paths), never bytes; what runs side by side is a child; whatever waits does so within one step,
which may park its run.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from errno import ENOSPC
from typing import Protocol, TypeAlias

from storyreel.domain.errors import StoryreelError
from storyreel.domain.values import JSON

Work: TypeAlias = Callable[..., Awaitable[JSON]]
"""A step: takes and gives JSON. It may run again after a crash, so running it twice must be the same as once."""


class Branch(Protocol):
    """A child flow that was started."""

    async def result(self) -> JSON:
        """What the child's body gave. Raises StepFailed where it broke."""
        ...


class Flow(Protocol):
    """What the body of a flow may touch."""

    async def step(self, name: str, work: Work, *args: JSON) -> JSON:
        """The work's result, from history where it was done before. Raises StepFailed, from history too."""
        ...

    async def child(self, kind: str, key: str, *spec: JSON) -> Branch:
        """Start a flow of that kind beside this one; the same key is the same run."""
        ...

    async def changed(self, name: str) -> bool:
        """Whether this run goes by the change of that name: a run from before it goes on as it began.

        A change to a flow's steps stands behind this; asked from the flow's own task, never from two at once.
        """
        ...


Body: TypeAlias = Callable[..., Awaitable[JSON]]
"""A flow: `body(flow, *spec)`. Deterministic but for what its steps and children answer."""


class Engine(Protocol):
    """Runs flows to their end, in this process or, after a crash, in the next one."""

    async def open(self, flows: Mapping[str, Body], holds: Callable[[], bool] = lambda: True) -> None:
        """Begin to run flows of these kinds; every kind that may be in the history must be among them.

        While `holds` is False, this process has lost its place or is about to stop: what breaks off then ends no run and no step.
        """
        ...

    async def start(self, kind: str, key: str, *spec: JSON) -> bool:
        """See that this run is under way: begin it, or go on where a process that is gone left it. False where it has ended."""
        ...

    async def known(self, keys: Collection[str]) -> dict[str, bool]:
        """Of these runs those that were ever begun, and whether each still goes on."""
        ...

    async def take_over(self, processes: Sequence[str]) -> int:
        """Go on with what processes that are gone had under way; how many runs."""
        ...

    def wake(self, word: str) -> None:
        """Go on, soon, with the run that was parked by that word, or is being parked by it."""
        ...

    async def forget(self) -> None:
        """Remove the record of runs that ended long ago."""
        ...

    async def close(self) -> None:
        """Stop. What is unfinished goes on when it is started again."""
        ...


class Parked(BaseException):
    """Raised by a step that would wait for long while many others do: its run is let go, and nothing of it stays in memory.

    Once the engine is woken by that word, the run begins again from its history, and with this step. Not an error, which a flow
    could take for one.
    """

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class StepFailed(Exception):
    """A step ended in an error; kept in the history by its code and message, so that it reads the same after a crash.

    Nobody outside the line sees it: a film's row has its code and message.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    @classmethod
    def told_of(cls, error: Exception) -> "StepFailed":
        """The failure as the history tells it."""
        if isinstance(error, StoryreelError | StepFailed):
            return cls(error.code, str(error))
        if "disk is full" in str(error) or (isinstance(error, OSError) and error.errno == ENOSPC):
            return cls("store_unusable", "There is no space left in the home folder. Free some there, or move STORYREEL_HOME.")
        return cls(
            "error",
            f"Storyreel itself failed ({type(error).__name__}: {error}). `storyreel resume` tries again; please report it.",
        )
