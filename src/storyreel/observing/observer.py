"""The one thing that the line tells what it does: notices, with the film, shot and call that are bound here, and spans."""

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from types import MappingProxyType
from typing import TypeAlias

from storyreel.observing.spans import NoSpan, OpenSpan, Spans

Known: TypeAlias = str | int | float | Decimal | bool | None
"""What a notice may tell."""


class Level(IntEnum):
    """How much a notice matters; of a level, it is written where that level or a lower one is asked for."""

    DEBUG = 10
    INFO = 20
    WARNING = 30
    ERROR = 40


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was done or happened, noun first: `call.accepted`."""

    what: str
    level: Level
    ids: Mapping[str, str]  # film, shot, call: what it is about
    known: Mapping[str, Known]


Sink: TypeAlias = Callable[[Notice], None]
"""Takes notices in; it never raises, and never waits."""

_NO_SPAN = NoSpan()
_IDS: ContextVar[Mapping[str, str]] = ContextVar("storyreel_ids", default=MappingProxyType({}))


class Observer:
    """Hands each notice to whoever asked for notices; with no sinks and no spans it does nothing."""

    def __init__(self, *sinks: Sink, spans: Spans | None = None, close: Callable[[], None] = lambda: None) -> None:
        self._sinks, self._spans, self._close = sinks, spans, close

    @property
    def active(self) -> bool:
        """Whether anybody hears of it, so that what is told may be asked for."""
        return bool(self._sinks) or self._spans is not None

    def note(self, what: str, level: Level = Level.INFO, /, **known: Known) -> None:
        """Tell that something happened, with what is known of it."""
        if self._sinks:
            notice = Notice(what, level, _IDS.get(), known)
            for sink in self._sinks:
                sink(notice)

    def detail(self, what: str, /, **known: Known) -> None:
        """The same for what only matters to who looks for a fault."""
        self.note(what, Level.DEBUG, **known)

    def warn(self, what: str, /, **known: Known) -> None:
        """The same for what went wrong and is dealt with."""
        self.note(what, Level.WARNING, **known)

    @contextmanager
    def about(self, **ids: str) -> Generator[None]:
        """While the block runs, notices are about these: film, shot, call."""
        if not self._sinks:
            yield
            return
        token = _IDS.set({**_IDS.get(), **ids})
        try:
            yield
        finally:
            _IDS.reset(token)

    def span(
        self, name: str, *, key: str | None = None, under: str | None = None, **known: Known
    ) -> AbstractContextManager[OpenSpan]:
        """A span while the block runs. `key`: by which others find it; `under`: the key of the one it is a part of."""
        if self._spans is None:
            return nullcontext(_NO_SPAN)
        return self._spans.span(name, key=key, under=under, known={name: one for name, one in known.items() if one is not None})

    def close(self) -> None:
        """Send and keep what still is to be."""
        if self._spans is not None:
            self._spans.close()
        self._close()


SILENT = Observer()
"""Nobody asked."""
