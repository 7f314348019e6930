"""The five verbs that every provider speaks, and how one is opened by its name."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, runtime_checkable

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.generation import Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import Digest

REGISTRY = {"animatic": "storyreel.providers.animatic.provider:Animatic"}
"""A provider's name in the catalogue: where its class is. Loaded when it is first used."""


class Assets(Protocol):
    """Where a provider finds the pictures that a request names."""

    async def path(self, digest: Digest) -> Path:
        """A file that holds them. Raises MediaUnusable where they are gone."""
        ...


class Provider(Protocol):
    """One API. It sends and translates; it never waits, retries or stores. Raises what the taxonomy names."""

    @property
    def name(self) -> str:
        """As the catalogue's routes call it."""
        ...

    @property
    def repeat(self) -> Repeat:
        """How it tells a repeated submit from a new one."""
        ...

    @property
    def edition(self) -> str:
        """Changes where the same request would give another result that should be made anew; empty: never."""
        ...

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One paid call, sent once. Raises SubmitOutcomeUnknown where no answer came."""
        ...

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the generation is now."""
        ...

    async def find(self, key: Key) -> RemoteId | None:
        """After a crash: the generation of this key; None: there is none. Raises SubmitOutcomeUnknown where it cannot know."""
        ...

    async def cancel(self, remote: RemoteId) -> None:
        """End it, if it has not ended."""
        ...

    def fetch(self, output: str) -> AsyncIterator[bytes]:
        """A result's bytes, as they come. Raises OutputExpired, ProviderUnavailable."""
        ...


@runtime_checkable
class Embedded(Protocol):
    """What a provider that works inside this installation also does."""

    async def warm(self, jobs: int) -> None:
        """Begin whatever is slow to start, for that many generations at once."""
        ...

    async def release(self, remote: RemoteId) -> None:
        """The result is in our own store: nothing of this generation is needed any more."""
        ...

    async def sweep(self, wanted: frozenset[RemoteId]) -> None:
        """Nothing but these generations is needed any more."""
        ...

    async def close(self) -> None:
        """Stop working. What is unfinished begins again when it is next looked at."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What a provider is given to work with."""

    assets: Assets
    work: Path  # a folder of its own, which outlives the process
    nudge: Callable[[RemoteId], None]  # to be called where a look would see something new
    processes: int | None = None  # how many of its own it may start; None: as many as there are cores


def open_provider(name: str, desk: Desk) -> Provider:
    """The provider of that name. Raises InvalidRequest for one that is not there."""
    where = REGISTRY.get(name)
    if where is None:
        raise InvalidRequest(f"There is no provider {name!r}. There are: {', '.join(sorted(REGISTRY))}.", field="provider")
    module, _, attribute = where.partition(":")
    return getattr(import_module(module), attribute)(desk)
