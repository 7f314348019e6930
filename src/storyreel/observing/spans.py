"""Spans as the line sees them: film, shot, call, submit, wait, fetch, check, cut. `telemetry.py` sends them somewhere."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol


class OpenSpan(Protocol):
    """A span whose work goes on."""

    def known_as(self, key: str, **ids: str) -> None:
        """From now on others find it by this key too; the ids are told with it."""
        ...

    def failed(self, code: str, message: str) -> None:
        """Its work came to nothing, by an error of that code."""
        ...


class Spans(Protocol):
    """Opens spans."""

    def span(
        self, name: str, *, key: str | None, under: str | None, known: Mapping[str, object]
    ) -> AbstractContextManager[OpenSpan]:
        """A span while the block runs; an error that leaves the block is recorded in it."""
        ...

    def close(self) -> None:
        """Send what has ended."""
        ...


class NoSpan:
    """What there is where nobody asked for spans."""

    def known_as(self, key: str, **ids: str) -> None:
        """Nobody looks for it."""

    def failed(self, code: str, message: str) -> None:
        """Nobody hears it."""
